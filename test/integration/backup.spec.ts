import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { samplePassword } from '#libs/directory';
import { withNewSigningKey, type KeyFile } from '#libs/vault';
import { AckLink } from '../harness/ack-link.js';
import { ChildProcess } from '../harness/child-process.js';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { SmtpSink } from '../harness/smtp-sink.js';
import { TestDatabase } from '../harness/test-database.js';
import { freePort, waitUntil } from '../harness/waiting.js';

const words = 'We ask for help: canary-of-the-backup-test.';
const [id = '', key = ''] = settings.vaultKey.split(':');
const [ledgerId = '', ledgerKey = ''] = settings.ledgerKey.split(':');
const wrongKey = `${'A'.repeat(43)}=`;
/** Where the keys that sign are, beside those of the vault: `ledger-key.json`, `ledger-keys-1.json`. */
const ledgerBeside = (path: string) =>
  join(dirname(path), basename(path).replace(/^(vault-)?key/, 'ledger-key'));

describe('a backup', () => {
  let instance: Instance;
  let folder: string;
  let keyPath: string;
  let recovery: { key: string; identity: string };
  let copy: string;
  let filed: { told: string; waiting: string };
  const databases: TestDatabase[] = [];

  const operator = (database: TestDatabase, vaultKeyFile: string): Record<string, string> => ({
    ...database.operator,
    ...{ VAULT_KEY_FILE: vaultKeyFile, LEDGER_KEY_FILE: ledgerBeside(vaultKeyFile) },
  });
  const made = async (...more: string[]): Promise<string> => {
    const to = mkdtempSync(join(folder, 'copies-'));
    const run = await runCli(['backup', '--to', to, ...more], operator(instance.database, keyPath));
    expect([run.code, run.output]).toEqual([0, expect.stringContaining('tables') as string]);
    return join(to, readdirSync(to)[0] ?? '');
  };
  const empty = async (): Promise<TestDatabase> => {
    const database = await TestDatabase.empty();
    databases.push(database);
    return database;
  };
  let places = 0;
  const newPlace = () => join(folder, `keys-${++places}.json`);
  const restored = (database: TestDatabase, from: string, path = newPlace(), identity = recovery.identity) =>
    runCli(['restore', '--from', from, '--identity', identity], operator(database, path));
  const isEmpty = async (database: TestDatabase) => {
    const [row] = await database.rows<{ tables: number }>(
      `SELECT count(*)::int AS tables FROM pg_class WHERE relname = 'instance' AND relkind = 'r'`,
    );
    if (row?.tables === 0) return true;
    return (await database.rows('SELECT 1 FROM instance UNION ALL SELECT 1 FROM requests')).length === 0;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-backup-'));
    keyPath = join(folder, 'vault-key.json');
    writeFileSync(keyPath, JSON.stringify({ current: id, keys: { [id]: key } }), { mode: 0o600 });
    // One that was changed before: the public half of the key that it followed comes along.
    const signing = withNewSigningKey({ current: ledgerId, keys: { [ledgerId]: ledgerKey } });
    writeFileSync(ledgerBeside(keyPath), JSON.stringify(signing), { mode: 0o600 });
    instance = await Instance.start({
      env: { VAULT_KEY_FILE: keyPath, LEDGER_KEY_FILE: ledgerBeside(keyPath) },
    });
    const officer = await instance.officer('officer@xa.example');
    const told = await officer.files({ sentence: { text: words, language: 'en' } });
    await AckLink.in(await instance.sink.mailTo('cert@xb.example')).submit('A. Duty');
    await waitUntil('all is delivered', async () => {
      const rows = await instance.database.rows('SELECT 1 FROM notices WHERE settled_at IS NULL');
      return rows.length === 0;
    });
    await waitUntil('there is a checkpoint', async () =>
      (await instance.database.rows('SELECT 1 FROM checkpoints')).at(0),
    );
    await instance.stopWorker();
    const waiting = await officer.files({
      to: ['XC'],
      text: { text: 'tab\there\nline\\end é', language: 'en' },
    });
    filed = { told: told.id, waiting: waiting.id };
    const identity = join(folder, 'identity.txt');
    const pair = await runCli(['keys', 'recovery', '--identity', identity], {});
    const [recipient = ''] = /^age1\w+$/m.exec(pair.output) ?? [];
    writeFileSync(join(folder, 'recovery-key.txt'), `# for the backups\n\n${recipient}\n`);
    recovery = { key: join(folder, 'recovery-key.txt'), identity };
    copy = await made('--recovery-key', recovery.key);
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  it('holds every table and the keys, for its owner alone, and nothing of it can be read', async () => {
    const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8')) as {
      tables: { table: string; rows: number; file: string }[];
      keys: { file: string };
      encryptedTo: string;
    };
    const named = await instance.database.rows<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname IN ('public', 'app') AND tablename <> 'migrations' ORDER BY 1`,
    );
    expect(manifest.tables.map(({ table }) => table).sort()).toEqual(named.map(({ name }) => name).sort());
    for (const { table, rows } of manifest.tables) {
      const [row] = await instance.database.rows<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table}`,
      );
      expect([table, row?.count]).toEqual([table, rows]);
    }
    const files = readdirSync(copy);
    expect(files).toHaveLength(manifest.tables.length + 3);
    for (const file of files) {
      expect([file, statSync(join(copy, file)).mode & 0o777]).toEqual([file, 0o600]);
      const bytes = readFileSync(join(copy, file));
      if (file !== 'manifest.json') expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
      for (const secret of [key, ledgerKey, 'canary-of-the-backup', 'officer@xa'])
        expect(bytes.includes(secret)).toBe(false);
    }
    expect([manifest.encryptedTo.slice(0, 4), statSync(copy).mode & 0o777]).toEqual(['age1', 0o700]);
  });

  it('makes an instance that serves: the same accounts and views, and what waited is sent once', async () => {
    const database = await empty();
    const path = newPlace();
    const record = await recordIn(instance.database);
    const run = await restored(database, copy, path);
    expect([run.code, run.output]).toEqual([
      0,
      expect.stringContaining('each compared with the copy') as string,
    ]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ current: id, keys: { [id]: key } });
    const signing = JSON.parse(readFileSync(ledgerBeside(keyPath), 'utf8')) as KeyFile;
    expect(JSON.parse(readFileSync(ledgerBeside(path), 'utf8'))).toEqual(signing);
    expect(signing.retired).toHaveLength(1);
    for (const file of [path, ledgerBeside(path)]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await recordIn(database)).toEqual(record);

    const sink = await SmtpSink.start();
    const port = String(await freePort());
    const { owner: _, ...urls } = database.urls;
    const env = {
      ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: port, VAULT_KEY_FILE: path, SMTP_URL: sink.url },
      ...{ DATABASE_URL_API: urls.api, DATABASE_URL_WORKER: urls.worker, PUBLIC_URL: instance.url },
      LEDGER_KEY_FILE: ledgerBeside(path),
    };
    const parts = await Promise.all([ChildProcess.start('api', env), ChildProcess.start('worker', env)]);
    try {
      const url = `http://localhost:${port}`;
      for (const email of ['officer@xa.example', 'officer@xb.example', 'officer@xc.example']) {
        const [before, after] = [
          await instance.officer(email),
          await Officer.signIn(url, email, samplePassword),
        ];
        for (const request of Object.values(filed)) {
          const [was, is] = [
            await before.get(`/requests/${request}`),
            await after.get(`/requests/${request}`),
          ];
          expect([email, is.status]).toEqual([email, was.status]);
          // What is sent meanwhile is told to the requester; all that there was is there.
          expect((is.body as { sentence?: object }).sentence).toEqual(
            (was.body as { sentence?: object }).sentence,
          );
          expect((is.body as { text?: object }).text).toEqual((was.body as { text?: object }).text);
        }
      }
      const requester = await Officer.signIn(url, 'officer@xa.example', samplePassword);
      expect(await requester.sees(filed.told)).toEqual(
        await (await instance.officer('officer@xa.example')).sees(filed.told),
      );
      const mail = await sink.mailTo('cert@xc.example');
      await waitUntil('all is settled', async () => {
        const rows = await database.rows('SELECT 1 FROM notices WHERE settled_at IS NULL');
        return rows.length === 0;
      });
      expect(sink.mailsTo('cert@xc.example')).toHaveLength(1);
      // What had been delivered before the copy is not sent again.
      expect(sink.mailsTo('cert@xb.example')).toEqual([]);
      const link = AckLink.in(mail);
      expect(link.code).toMatch(/^\d{3} \d{3}$/);
      const page = await fetch(`${url}${link.path}`, {
        method: 'POST',
        body: new URLSearchParams({ name: 'C. Duty', code: link.code }),
      });
      expect(page.status).toBe(200);
      expect((await requester.sees(filed.waiting)).addressees[0]?.state).toBe('acknowledged');
      await requester.files();
      const published = await (await fetch(`${url}/api/v1/ledger/key`)).json();
      expect(published).toEqual((await instance.anyone.get('/api/v1/ledger/key')).body);
      writeFileSync(join(folder, 'published.json'), JSON.stringify(published));
      const latest = await fetch(`${instance.url}/api/v1/ledger/checkpoints/latest`);
      writeFileSync(join(folder, 'checkpoint.json'), await latest.text());
      const walked = await runCli(
        [
          ...['verify', 'ledger', '--contents', '--key', join(folder, 'published.json')],
          ...['--checkpoint', join(folder, 'checkpoint.json')],
        ],
        { DATABASE_URL_LEDGER: urls.ledger, VAULT_KEY_FILE: path },
      );
      expect([walked.code, walked.output]).toEqual([
        0,
        expect.stringContaining('Nothing was changed, removed or put in between') as string,
      ]);
    } finally {
      await Promise.all(parts.map((part) => part.stop()));
      await sink.stop();
    }
    for (const table of ['request_events', 'ledger_entries', 'checkpoints'])
      await expect(database.rows(`DELETE FROM ${table}`)).rejects.toThrow('only ever grows');
    const again = await restored(database, copy, path);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('an instance already') as string]);
  });

  it('is a picture of one moment, though requests are filed meanwhile', async () => {
    const officer = await instance.officer('officer@xa.example');
    let running = true;
    const file = async () => {
      while (running) await officer.files();
    };
    const [later] = await Promise.all([
      made('--recovery-key', recovery.key).finally(() => (running = false)),
      file(),
    ]);
    const database = await empty();
    expect((await restored(database, later)).code).toBe(0);
    // Each request of that moment has all that belongs to it.
    const torn = await database.rows(
      `SELECT 1 FROM requests r WHERE state <> 'draft' AND (NOT EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = r.id)
         OR NOT EXISTS (SELECT 1 FROM request_keys k WHERE k.request_id = r.id AND k.party_code = r.party_code)
         OR NOT EXISTS (SELECT 1 FROM request_events e WHERE e.request_id = r.id))`,
    );
    expect(torn).toEqual([]);
  });

  it.each([
    [
      'a byte more',
      (path: string) => appendFileSync(join(path, 'public.requests.copy.gz.age'), 'x'),
      'damaged',
    ],
    ['a file less', (path: string) => rmSync(join(path, 'public.accounts.copy.gz.age')), 'missing'],
    ['no manifest', (path: string) => rmSync(join(path, 'manifest.json')), 'ENOENT'],
    [
      'half a manifest',
      (path: string) => writeFileSync(join(path, 'manifest.json'), '{"format":'),
      'damaged',
    ],
    ['another version', (path: string) => change(path, '"version": 1', '"version": 2'), 'does not fit'],
    ['another schema', (path: string) => change(path, '"Walls', '"Halls'), 'another version'],
    [
      'a digest that is not its own',
      (path: string) => change(path, /"digest": "..../, '"digest": "0000'),
      'not what was copied',
    ],
  ])('with %s restores nothing', async (_, harm, said) => {
    const harmed = mkdtempSync(join(folder, 'harmed-'));
    cpSync(copy, harmed, { recursive: true });
    harm(harmed);
    const database = await empty();
    const path = newPlace();
    const run = await restored(database, harmed, path);
    expect([run.code, run.output]).toEqual([1, expect.stringContaining(said) as string]);
    expect([await isEmpty(database), existsSync(path)]).toEqual([true, false]);
  });

  it('opens with its own identity and keys alone', async () => {
    const other = join(folder, 'other-identity.txt');
    await runCli(['keys', 'recovery', '--identity', other], {});
    const database = await empty();
    expect((await restored(database, copy, newPlace(), other)).code).toBe(1);
    const wrong = newPlace();
    writeFileSync(wrong, JSON.stringify({ current: id, keys: { [id]: wrongKey } }));
    const run = await restored(database, copy, wrong);
    expect([run.code, run.output]).toEqual([
      1,
      expect.stringContaining('not those of this backup') as string,
    ]);
    const right = newPlace();
    writeFileSync(ledgerBeside(right), JSON.stringify({ current: 's9', keys: { s9: wrongKey } }));
    const signs = await restored(database, copy, right);
    expect([signs.code, signs.output]).toEqual([
      1,
      expect.stringContaining('The ledger keys that') as string,
    ]);
    const none = await runCli(['restore', '--from', copy], operator(database, newPlace()));
    expect([none.code, none.output]).toEqual([1, expect.stringContaining('--identity') as string]);
    expect(await isEmpty(database)).toBe(true);
  });

  it('without a recovery key leaves the vault keys out, and says so', async () => {
    const plain = await made();
    expect(readdirSync(plain).filter((name) => name.includes('-key.json'))).toEqual([]);
    const found = spawnSync('grep', ['-rc', key, plain], { encoding: 'utf8' }).stdout;
    expect(found.split('\n').filter((line) => line !== '' && !line.endsWith(':0'))).toEqual([]);
    const database = await empty();
    const run = await runCli(['restore', '--from', plain], operator(database, newPlace()));
    expect([run.code, run.output]).toEqual([1, expect.stringContaining('not in this backup') as string]);
    const wrong = newPlace();
    writeFileSync(wrong, JSON.stringify({ current: id, keys: { [id]: wrongKey } }));
    const unopened = await runCli(['restore', '--from', plain], operator(database, wrong));
    expect([unopened.code, unopened.output]).toEqual([1, expect.stringContaining('do not open') as string]);
    expect(await isEmpty(database)).toBe(true);
    const whole = await runCli(['restore', '--from', plain], operator(database, keyPath));
    expect([whole.code, whole.output]).toEqual([0, expect.not.stringContaining('WARNING') as string]);
    const unsigned = { ...operator(await empty(), keyPath), LEDGER_KEY_FILE: newPlace() };
    const told = await runCli(['restore', '--from', plain], unsigned);
    expect([told.code, told.output]).toEqual([
      0,
      expect.stringContaining('WARNING: the keys that signed') as string,
    ]);
  });

  it('is not begun with a recovery key that is none, and leaves nothing behind', async () => {
    const to = mkdtempSync(join(folder, 'copies-'));
    for (const path of [recovery.identity, join(folder, 'nowhere')]) {
      const run = await runCli(
        ['backup', '--to', to, '--recovery-key', path],
        operator(instance.database, keyPath),
      );
      expect(run.code).toBe(1);
    }
    const unsigned = { ...operator(instance.database, keyPath), LEDGER_KEY_FILE: '' };
    const without = await runCli(['backup', '--to', to, '--recovery-key', recovery.key], unsigned);
    expect([without.code, without.output]).toEqual([1, expect.stringContaining('LEDGER_KEY_FILE') as string]);
    const dead = {
      ...operator(instance.database, keyPath),
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    };
    expect((await runCli(['backup', '--to', to], dead)).code).toBe(1);
    expect(readdirSync(to)).toEqual([]);
  });
});

/** The record as it lies in the tables, whole. */
async function recordIn(database: TestDatabase): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const table of [
    ...['access_events', 'request_events', 'ledger_heads', 'ledger_entries', 'journal_entries'],
    ...['journal_batches', 'checkpoints', 'checkpoint_places'],
  ])
    found[table] = await database.rows(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`);
  return found;
}

function change(folder: string, what: string | RegExp, to: string): void {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(what, to));
}
