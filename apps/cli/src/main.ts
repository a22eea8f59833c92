import { EnvironmentError } from '#libs/runtime';
import { commands } from './commands.js';

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];

if (!command) {
  const lines = Object.entries(commands).map(([key, { usage, does }]) => {
    const call = [key, usage].join(' ').trimEnd();
    return `  ${call.length > 18 ? `${call}\n${' '.repeat(20)}` : call.padEnd(18)} ${does}`;
  });
  process.stderr.write(`Usage: npm run cli -- <command>\n${lines.join('\n')}\n`);
  process.exit(name === '' ? 0 : 2);
}

try {
  await command.run(rest, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(
    `${error instanceof EnvironmentError || error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
