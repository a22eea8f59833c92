import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Runs every `check:*` script of package.json, two at a time, and says of each how it went and how long it took. */
const root = resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const waiting = Object.entries(scripts).filter(([name]) => name.startsWith('check:'));
const failed: string[] = [];

const run = (script: string): Promise<{ passed: boolean; said: string }> =>
  new Promise((end) => {
    const child = spawn(script, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', (code) => end({ passed: code === 0, said: said.trimEnd() }));
  });

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s`;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, script] = next;
    const started = performance.now();
    const { passed, said } = await run(script);
    if (!passed) failed.push(name);
    // Of a step that passed, only how many tests it ran, and whether anybody was asked, is worth a line.
    const shown = passed ? (/^(Tests|Audit):.*$/m.exec(said)?.[0] ?? '') : said;
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(20)} ${seconds(started)}\n`);
    if (shown) process.stdout.write(`${shown.replaceAll(/^/gm, '       ')}\n`);
  }
}

const started = performance.now();
await Promise.all([work(), work()]);
process.stdout.write(
  `${failed.length > 0 ? `Failed: ${failed.join(', ')}` : 'All checks passed'} in ${seconds(started).trim()}\n`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
