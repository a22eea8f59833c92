import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { samplePassword } from '#libs/directory';
import { bareEnvironment } from '../harness/bare-environment.js';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { SmtpSink } from '../harness/smtp-sink.js';
import { freePort, waitUntil } from '../harness/waiting.js';

const main = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));

describe('npm start in production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aldis-production-'));
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'data');
  let sink: SmtpSink;
  let port: number;
  let running: ChildProcess | undefined;
  let output = '';

  const start = (words: string[], env: Record<string, string>): ChildProcess => {
    output = '';
    const child = spawn(process.execPath, [main, ...words], {
      env: { ...bareEnvironment, HOME: process.env.HOME, DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    return child;
  };
  const whole = () => ({
    ...{ PORT: String(port), SMTP_URL: sink.url, PUBLIC_URL: 'https://aldis.example' },
    ...{ BACKUP_RECOVERY_KEY: join(folder, 'recovery-key.txt'), RATE_LIMIT_PER_MINUTE: '100000' },
  });
  const backups = () => readdirSync(join(dataDir, 'backups')).filter((name) => /Z$/.test(name));

  beforeAll(async () => {
    sink = await SmtpSink.start();
    port = await freePort();
    const pair = await runCli(['keys', 'recovery', '--identity', join(folder, 'identity.txt')], {});
    writeFileSync(join(folder, 'recovery-key.txt'), /^age1\w+$/m.exec(pair.output)?.[0] ?? '');
  });
  afterAll(async () => {
    if (running?.exitCode === null) {
      running.kill('SIGTERM');
      await once(running, 'close');
    }
    await sink.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['it is not said on purpose', [], { NODE_ENV: 'production' }, /--embedded-production/],
    ['there is no mail server', ['--embedded-production'], { SMTP_URL: '' }, /Give SMTP_URL/],
    [
      'its address is not https',
      ['--embedded-production'],
      { PUBLIC_URL: 'http://aldis.example' },
      /PUBLIC_URL must/,
    ],
  ])('refuses to begin when %s', async (_, words, env, said) => {
    const child = start(words, { ...whole(), ...env });
    const [code] = (await once(child, 'close')) as [number];
    expect([code, output]).toEqual([1, expect.stringMatching(said) as string]);
  });

  it('serves with the embedded database, empty, with a backup at once and its warnings said', async () => {
    running = start(['--embedded-production'], whole());
    await waitUntil('it is ready', () => output.includes('Aldis is ready'), 40_000);
    expect(output).toContain('WARNING\n  This machine serves alone');
    expect(output).not.toContain('Sample accounts');
    const ready = await fetch(`http://127.0.0.1:${port}/api/v1/ready`);
    expect([ready.status, ready.headers.get('strict-transport-security')]).toEqual([
      503,
      'max-age=63072000; includeSubDomains',
    ]);
    await waitUntil('there is a backup', () => backups().length === 1, 20_000);
    expect(readdirSync(join(dataDir, 'backups', backups()[0] ?? ''))).toEqual(
      expect.arrayContaining(['vault-key.json.gz.age', 'ledger-key.json.gz.age']),
    );
    expect(statSync(join(dataDir, 'operator.json')).mode & 0o777).toBe(0o600);
  });

  it('takes a backup of another instance while it runs, and serves what was in it', async () => {
    const keyPath = join(folder, 'other-key.json');
    const [id = '', key = ''] = settings.vaultKey.split(':');
    writeFileSync(keyPath, JSON.stringify({ current: id, keys: { [id]: key } }));
    const other = await Instance.start({ worker: false, env: { VAULT_KEY_FILE: keyPath } });
    try {
      const { id: request } = await (await other.officer('officer@xa.example')).files();
      const { owner, api, worker, ledger } = other.database.urls;
      const env = {
        ...{ DATABASE_URL: owner, DATABASE_URL_API: api, DATABASE_URL_WORKER: worker },
        ...{ DATABASE_URL_LEDGER: ledger, VAULT_KEY_FILE: keyPath },
        LEDGER_KEY: settings.ledgerKey,
      };
      const to = join(folder, 'copies');
      const made = await runCli(
        ['backup', '--to', to, '--recovery-key', join(folder, 'recovery-key.txt')],
        env,
      );
      expect(made.code).toBe(0);
      const words = [
        'restore',
        '--from',
        join(to, readdirSync(to)[0] ?? ''),
        '--identity',
        join(folder, 'identity.txt'),
      ];
      const refused = await runCli(words, { DATA_DIR: dataDir });
      expect([refused.code, refused.output]).toEqual([
        1,
        expect.stringContaining('--replace-keys') as string,
      ]);
      const before = readFileSync(join(dataDir, 'vault-key.json'), 'utf8');
      const restored = await runCli([...words, '--replace-keys'], { DATA_DIR: dataDir });
      expect([restored.code, restored.output]).toEqual([
        0,
        expect.stringContaining('Restored as of') as string,
      ]);
      expect(readFileSync(join(dataDir, 'vault-key.json.before-restore'), 'utf8')).toBe(before);
      const officer = await Officer.signIn(`http://localhost:${port}`, 'officer@xa.example', samplePassword);
      expect((await officer.sees(request)).state).toBe('sent');
      // The record goes on under the key of the backup, which the running processes have taken up.
      const published = await (await fetch(`http://127.0.0.1:${port}/api/v1/ledger/key`)).json();
      expect(published).toEqual((await other.anyone.get('/api/v1/ledger/key')).body);
      expect(statSync(join(dataDir, 'ledger-key.json.before-restore')).mode & 0o777).toBe(0o600);
      expect((await sink.mailTo('cert@xb.example')).text).toContain('https://aldis.example/ack/');
    } finally {
      await other.stop();
    }
  });

  it('is examined and verified by commands that name nothing but the data folder', async () => {
    const examined = await runCli(['doctor'], { DATA_DIR: dataDir });
    expect(examined.output).toContain('The mail relay answers');
    expect(examined.output).toContain('https://aldis.example');
    const walked = await runCli(['verify', 'ledger', '--contents'], { DATA_DIR: dataDir });
    expect([walked.code, walked.output]).toEqual([
      0,
      expect.stringContaining('Nothing was changed, removed or put in between') as string,
    ]);
  });

  it('has its keys changed by a command that names nothing but the data folder', async () => {
    const rotated = await runCli(['rotate-keys'], { DATA_DIR: dataDir });
    expect([rotated.code, rotated.output]).toEqual([
      0,
      expect.stringContaining('k2 is the current key') as string,
    ]);
    const officer = await Officer.signIn(`http://localhost:${port}`, 'officer@xb.example', samplePassword);
    expect((await officer.get('/me')).status).toBe(200);
    running?.kill('SIGTERM');
    const [code] = (await once(running!, 'close')) as [number];
    expect(code).toBe(0);
  });
});
