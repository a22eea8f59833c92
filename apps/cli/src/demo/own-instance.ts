import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standalone = fileURLToPath(new URL('../../../standalone/src/main.js', import.meta.url));

export interface OwnInstance {
  url: string;
  stop(): Promise<void>;
}

/** A whole instance of its own on a free port, in a folder that is removed afterwards. Raises when it does not start. */
export async function startOwnInstance(): Promise<OwnInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'aldis-demo-'));
  const child = spawn(process.execPath, [standalone], {
    // Nothing of the caller's own set-up: the demo must not touch a real database or mail server.
    env: { PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await addressIn(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressIn(child: ReturnType<typeof spawn>): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const [, address] = /Web and API\s+(http:\/\/\S+?)\/?\s/.exec(said) ?? [];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`The instance did not start:\n${said}`)));
  });
}
