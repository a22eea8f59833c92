import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckLink } from '../harness/ack-link.js';
import { ChildProcess } from '../harness/child-process.js';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { freePort, waitUntil } from '../harness/waiting.js';

const emails = ['officer@xa.example', 'officer@xb.example', 'secretariat@network.example'];
const day = 86_400_000;

describe('changing the vault key', () => {
  let instance: Instance;
  let folder: string;
  let path: string;
  let operator: Record<string, string>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-rotation-'));
    path = join(folder, 'vault-key.json');
    const [id = '', key = ''] = settings.vaultKey.split(':');
    writeFileSync(path, JSON.stringify({ current: id, keys: { [id]: key } }), { mode: 0o600 });
    instance = await Instance.start({ env: { VAULT_KEY_FILE: path } });
    operator = { ...instance.database.operator, VAULT_KEY_FILE: path };
  });
  afterEach(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const rotate = (...words: string[]) => runCli(['rotate-keys', ...words], operator);
  const keysIn = () => {
    const { current, keys } = JSON.parse(readFileSync(path, 'utf8')) as {
      current: string;
      keys: Record<string, string>;
    };
    return { current, ids: Object.keys(keys) };
  };

  /** How many values each column has under each root key, of those that lie under a party's key. */
  const under = async (): Promise<Record<string, number>> => {
    const columns = 'accounts.person channels.address idempotent_answers.answer request_keys.wrapped'.split(
      ' ',
    );
    const found: Record<string, number> = {};
    for (const name of columns) {
      const [table = '', column = ''] = name.split('.');
      const rows = await instance.database.rows<{ key: string; count: number }>(
        `SELECT split_part(${column} ->> 'key_id', '/', 1) AS key, count(*)::int AS count FROM ${table}
         WHERE ${column} IS NOT NULL GROUP BY 1`,
      );
      for (const { key, count } of rows) found[key] = (found[key] ?? 0) + count;
    }
    return found;
  };
  const signsIn = async () => {
    for (const email of emails) expect((await (await instance.officer(email)).get('/me')).status).toBe(200);
  };

  it('goes on beside requests in flight: nobody is locked out, nothing is lost, links stay good', async () => {
    const requester = await instance.officer('officer@xa.example');
    const before = await requester.files({ text: { text: 'from before', language: 'en' } });
    const first = await requester.post('/requests', fiveFields, 'a-key');
    const link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    await instance.forward(1_000);

    let running = true;
    const filed: { id: string }[] = [];
    const work = async () => {
      while (running) {
        filed.push(await requester.files());
        expect((await (await instance.officer('officer@xb.example')).get('/me')).status).toBe(200);
        expect((await requester.sees(before.id)).text).toMatchObject({ text: 'from before' });
      }
    };
    const [rotated] = await Promise.all([rotate().finally(() => (running = false)), work()]);
    expect([rotated.code, rotated.output]).toEqual([
      0,
      expect.stringContaining('k2 is the current key') as string,
    ]);
    expect(rotated.output).toMatch(/request_keys\.wrapped +\d+/);
    expect(keysIn()).toEqual({ current: 'k2', ids: ['k1', 'k2'] });
    expect(statSync(path).mode & 0o777).toBe(0o600);

    expect(filed.length).toBeGreaterThan(0);
    expect(Object.keys(await under())).toEqual(['k2']);
    await signsIn();
    for (const { id } of [before, ...filed]) expect((await requester.sees(id)).state).toBe('sent');
    const again = await requester.post('/requests', fiveFields, 'a-key');
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await requester.post('/requests', { ...fiveFields, urgency: 'U4' }, 'a-key')).status).toBe(422);
    expect((await link.submit('A. Duty')).status).toBe(200);
    const key = 'SELECT DISTINCT key_id AS id FROM ack_links ORDER BY 1';
    expect(await instance.database.rows(key)).toContainEqual({ id: 'k1' });

    // A mail of the new time works as well, and the key it needs is the new one.
    const sent = instance.sink.mailsTo('cert@xc.example').length;
    await requester.files({ to: ['XC'] });
    await waitUntil('the mail has come', () => instance.sink.mailsTo('cert@xc.example').length > sent);
    const latest = AckLink.in(instance.sink.mailsTo('cert@xc.example').at(-1)!);
    expect((await latest.submit('B. Duty')).status).toBe(200);
    expect(await instance.database.rows(key)).toContainEqual({ id: 'k2' });
  });

  it.each(['key-made', 'batch-moved'])(
    'that is killed (%s) leaves all readable, and the next run ends what was begun',
    async (point) => {
      const requester = await instance.officer('officer@xa.example');
      const { id } = await requester.files();
      const all = Object.values(await under()).reduce((sum, count) => sum + count);
      const killed = await runCli(['rotate-keys'], { ...operator, FAIL_AT: point });
      expect(killed.signal).toBe('SIGKILL');
      expect(keysIn()).toEqual({ current: 'k2', ids: ['k1', 'k2'] });
      expect((await under())['k1']).toBeGreaterThan(0);
      await signsIn();
      expect((await requester.sees(id)).state).toBe('sent');
      expect((await rotate('--retire', 'k1')).output).toMatch(
        /still needed:\n(.*\n)* +accounts\.sign_in_token/,
      );

      const resumed = await rotate();
      expect([resumed.code, resumed.output]).toEqual([
        0,
        expect.stringContaining('An earlier change to k2 had not come to its end') as string,
      ]);
      expect(keysIn().ids).toEqual(['k1', 'k2']);
      const now = await under();
      expect([Object.keys(now), (now['k2'] ?? 0) >= all]).toEqual([['k2'], true]);
      await signsIn();
    },
  );

  it('takes an old key away only when nothing needs it, and then nothing does', async () => {
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files();
    await requester.post('/requests', fiveFields, 'a-key');
    expect((await rotate('--retire', 'k1')).output).toContain('"k1" is the current key');
    expect((await rotate('--retire', 'k9')).output).toContain('no key "k9"');
    expect((await rotate()).code).toBe(0);
    // Somebody's own key for a call that looks like a hash under the old key keeps nothing in force.
    await requester.post('/requests', fiveFields, `k1:${'0a'.repeat(32)}`);
    const early = await rotate('--retire', 'k1');
    expect(early.code).toBe(1);
    expect(early.output).toMatch(/ack_links\.key_id +\d+/);
    expect(early.output).toMatch(/idempotent_answers\.fingerprint +\d+/);
    expect(keysIn().ids).toEqual(['k1', 'k2']);

    await instance.forward(7 * day + 60_000);
    const late = await rotate('--retire', 'k1');
    expect([late.code, late.output]).toEqual([0, expect.stringContaining('k1 is gone') as string]);
    expect(keysIn()).toEqual({ current: 'k2', ids: ['k2'] });
    await signsIn();
    const requesterNow = await instance.officer('officer@xa.example');
    expect((await requesterNow.sees(id)).state).toBe('sent');
    // A process that starts now has never seen the old key.
    const port = String(await freePort());
    const fresh = await ChildProcess.start('api', { ...instance.env, PORT: port });
    try {
      const officer = await Officer.signIn(
        `http://localhost:${port}`,
        'officer@xb.example',
        'sample-world-2026',
      );
      expect((await officer.sees(id)).state).toBe('sent');
    } finally {
      await fresh.stop();
    }
    expect((await rotate()).output).toContain('k3 is the current key');
  });

  it('says which values do not open, moves the rest, and keeps their key', async () => {
    const [one] = await instance.database.rows<{ id: string }>('SELECT id FROM channels ORDER BY id LIMIT 1');
    await instance.database.rows(
      `UPDATE channels SET address = jsonb_set(address, '{ciphertext}', '"${'A'.repeat(64)}"') WHERE id = $1`,
      [one?.id],
    );
    const rotated = await rotate();
    expect([rotated.code, rotated.output]).toEqual([
      1,
      expect.stringMatching(/channels\.address +1\n/) as string,
    ]);
    expect((await under())['k1']).toBe(1);
    await signsIn();
    await instance.forward(8 * day);
    expect((await rotate('--retire', 'k1')).output).toMatch(/still needed:\n +channels\.address +1/);
    expect(keysIn().ids).toEqual(['k1', 'k2']);
  });

  it('is refused where the key is no file, or the file cannot be replaced, and changes nothing', async () => {
    const { VAULT_KEY_FILE: _, ...noFile } = operator;
    const variable = await runCli(['rotate-keys'], { ...noFile, VAULT_KEY: settings.vaultKey });
    expect([variable.code, variable.output]).toEqual([
      1,
      expect.stringContaining('VAULT_KEY_FILE') as string,
    ]);
    const other = join(folder, 'elsewhere');
    const missing = await runCli(['rotate-keys'], { ...operator, VAULT_KEY_FILE: other });
    expect([missing.code, missing.output]).toEqual([1, expect.stringContaining('ENOENT') as string]);
    chmodSync(path, 0o600);
    expect(keysIn()).toEqual({ current: 'k1', ids: ['k1'] });
    expect(Object.keys(await under())).toEqual(['k1']);
  });

  it('is done by one at a time', async () => {
    const outcomes = await Promise.all([rotate(), rotate()]);
    expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(outcomes.map(({ output }) => output).join()).toContain('Another command is changing the keys');
    expect(keysIn().ids).toEqual(['k1', 'k2']);
  });
});
