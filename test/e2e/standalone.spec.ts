import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../harness/bare-environment.js';
import { AckLink } from '../harness/ack-link.js';
import { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

const main = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));

/** `npm start` as a process, in a folder of its own whose name has a space. */
class Started {
  output = '';
  readonly process: ChildProcess;

  constructor(readonly folder: string) {
    this.process = spawn(process.execPath, [main], {
      env: { ...bareEnvironment, HOME: process.env.HOME, PORT: '0', DATA_DIR: join(folder, 'the data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
  }

  async ready(): Promise<string> {
    return waitUntil(
      `it is ready:\n${this.output}`,
      () => /Web and API\s+(http:\/\/[^\s/]+)/.exec(this.output)?.[1],
      40_000,
    );
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }
}

const mailbox = async (url: string) =>
  (await (await fetch(`${url}/mailbox`, { headers: { accept: 'application/json' } })).json()) as {
    envelope: { to: string[] };
    subject: string;
    text: string;
  }[];

/** The database goes on working: a file of its own that is gone meanwhile holds nothing. */
function whatIsIn(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aldis start '));
  chmodSync(folder, 0o711);
  let started: Started;

  beforeAll(() => {
    started = new Started(folder);
  });
  afterAll(async () => {
    await started.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves the thread from an empty folder: file, read the mail, acknowledge', async () => {
    const url = await started.ready();
    const officer = await Officer.signIn(url, 'officer@xa.example', 'sample-world-2026');
    const filed = await officer.files({ text: { text: 'canary-of-the-standalone-test', language: 'en' } });
    const mail = await waitUntil('the mail is in the mailbox', async () =>
      (await mailbox(url)).find((one) => one.envelope.to.includes('cert@xb.example')),
    );
    expect(mail.subject).toContain(filed.reference);
    expect((await AckLink.in(mail).submit('A. Duty')).status).toBe(200);
    expect((await officer.sees(filed.id)).addressees[0]?.state).toBe('acknowledged');
    const page = await (await fetch(`${url}/mailbox`)).text();
    expect(page).toContain('cert@xb.example');
    expect(started.output).toContain('officer@xa.example');
    expect(started.output).toContain('embedded PostgreSQL');
  });

  it('leaves no word of a request in any file of its data folder', () => {
    // A mail that is being written stands under another name for a moment, sealed like the others.
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.tmp'),
    );
    expect(files.some((file) => file.parentPath.endsWith('mailbox'))).toBe(true);
    expect(files.some((file) => file.name === 'api.log')).toBe(true);
    const canaries = ['canary-of-the-standalone-test', 'ransomware spreading', 'cert@xb.example'];
    const found = files.flatMap((file) => {
      const content = whatIsIn(join(file.parentPath, file.name));
      return canaries
        .filter((canary) => content.includes(canary))
        .map((canary) => `${canary} in ${file.name}`);
    });
    expect(found).toEqual([]);
  });

  it('says that one is running when it is started a second time, and leaves it alone', async () => {
    const url = await started.ready();
    const second = new Started(folder);
    const [code] = (await once(second.process, 'exit')) as [number];
    expect(code).toBe(1);
    expect(second.output).toContain(url);
    expect((await fetch(`${url}/api/v1/ready`)).status).toBe(200);
  });

  it('recovers after kill -9 of the parent, with everything that was there', async () => {
    const before = await mailbox(await started.ready());
    await started.end('SIGKILL');
    started = new Started(folder);
    const url = await started.ready();
    expect((await mailbox(url)).length).toBeGreaterThanOrEqual(before.length);
    const officer = await Officer.signIn(url, 'officer@xa.example', 'sample-world-2026');
    const { body } = (await officer.get('/requests')) as { body: { items: { state: string }[] } };
    expect(body.items).toHaveLength(1);
  });

  it('stops everything on Ctrl-C', async () => {
    const url = await started.ready();
    expect(await started.end('SIGINT')).toBe(0);
    await expect(fetch(`${url}/api/v1/health`)).rejects.toThrow();
    const left = spawnSync('pgrep', ['-f', join(folder, 'the data')], { encoding: 'utf8' });
    expect(left.stdout.trim()).toBe('');
  });
});
