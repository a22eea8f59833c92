import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../harness/bare-environment.js';
import { waitUntil } from '../harness/waiting.js';

const cli = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
const atMost = 150_000;

/** `npm run demo` as a process, with a place of its own for what it leaves and for what it must not leave. */
class Demo {
  readonly folder = mkdtempSync(join(tmpdir(), 'aldis-played-'));
  output = '';
  errors = '';
  private readonly process: ChildProcess;
  private readonly ended: Promise<unknown[]>;

  constructor(words: string[] = []) {
    // The database's user must be able to walk through it.
    chmodSync(this.folder, 0o711);
    this.process = spawn(process.execPath, [cli, 'demo', ...words], {
      cwd: this.folder,
      env: { ...bareEnvironment, TMPDIR: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.process, 'exit');
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString('utf8')));
  }

  get url(): string {
    return /serves at (http:\/\/\S+?)\/ /.exec(this.output)?.[1] ?? '';
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  async code(): Promise<unknown> {
    return (await this.ended)[0];
  }

  files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).sort();
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'latin1');
  }

  /** Processes that run on its data. */
  left(): string {
    return spawnSync('pgrep', ['-f', join(this.folder, 'aldis-demo-')], { encoding: 'utf8' }).stdout.trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe('npm run demo', () => {
  let demo: Demo;
  afterEach(() => demo.remove());

  it(
    'plays three incidents, writes their documents, and leaves nothing else behind',
    async () => {
      demo = new Demo(['--out', 'papers']);
      expect([await demo.code(), demo.errors]).toEqual([0, '']);
      const { output } = demo;
      expect(output).toContain('The clock of this instance is moved ahead between steps');
      expect(output.match(/AR-\d{4}-\w{6}: X[AC] asks XB/g)).toHaveLength(3);
      for (const row of [
        /\+0:14 {2}Receipt acknowledged +XB: Duty officer of CERT XB \(self-stated\)/,
        /\+25:00 {2}Closed +XA: Officer of CERT XA/,
        /\+1:00 {2}XC {2}Reminder/,
        /\+47:40 {2}Answered: We can assist +XB: Policy officer of XB/,
        /first answer +4:00 +3:10 {2}met +2:07 {2}met/,
        /XB, National cybersecurity authority {2}acknowledge +8:00 +3:00 {2}met/,
      ])
        expect(output).toMatch(row);
      expect(output).toMatch(/Net of XB paused .* \(\+0:32\) until .* \(\+1:35\)/);
      expect(output).toMatch(/XC \(cert\) could not see that XB was asked too/);
      expect(output).toMatch(/TLP:AMBER\+STRICT keeps content out of mail/);
      expect(output).toContain('Every step was seen to happen');
      expect(output.split('\n').filter((line) => line.length > 100)).toEqual([]);

      const files = demo.files();
      const documents = files.filter((file) => file.startsWith('papers/'));
      expect(files.filter((file) => file !== 'papers' && !documents.includes(file))).toEqual([]);
      expect(documents).toHaveLength(24);
      const pdfs = documents.filter((file) => file.endsWith('.pdf'));
      expect(pdfs.map((file) => demo.read(file).slice(0, 4))).toEqual(Array(8).fill('%PDF'));
      for (const file of documents) expect(output).toContain(file.replace(/\.\w+$/, ''));
      expect(demo.left()).toBe('');
      await expect(fetch(`${demo.url}/api/v1/health`)).rejects.toThrow();
    },
    atMost,
  );

  it(
    'stops on Ctrl-C, says so, and leaves nothing behind',
    async () => {
      demo = new Demo();
      await waitUntil('the first incident is filed', () => /AR-\d{4}-/.test(demo.output), 60_000);
      const { url } = demo;
      demo.signal('SIGINT');
      expect(await demo.code()).toBe(1);
      expect(demo.errors).toMatch(/^Stopped before the end/);
      expect(demo.files()).toEqual(['demo-out']);
      expect(demo.left()).toBe('');
      await expect(fetch(`${url}/api/v1/health`)).rejects.toThrow();
    },
    atMost,
  );

  it('refuses an option that it does not know, before it starts anything', async () => {
    demo = new Demo(['--out']);
    expect(await demo.code()).toBe(1);
    expect(demo.errors).toBe('The demo takes one option: npm run demo -- --out <folder>\n');
    expect(demo.files()).toEqual([]);
  });
});
