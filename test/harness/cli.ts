import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.js';

const main = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));

export interface CliRun {
  /** The exit code; null when it was killed. */
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** With these variables and no others; what it prints is added to `said`. */
function startCli(words: readonly string[], env: Record<string, string>, said: string[] = []): ChildProcess {
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...bareEnvironment, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  return child;
}

/** Runs an operator's command to its end. */
export async function runCli(words: readonly string[], env: Record<string, string>): Promise<CliRun> {
  const said: string[] = [];
  const child = startCli(words, env, said);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, output: said.join('') };
}
