import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePassword } from '#libs/directory';
import { faultOfReceipt, type AnyReceipt, type PublicKey } from '#libs/ledger';
import type { RequestView } from '#libs/requests';
import { backup } from '../../apps/cli/src/backup/backup.js';
import { restore } from '../../apps/cli/src/backup/restore.js';
import { erase as eraseAsked } from '../../apps/cli/src/erase.js';
import { rotateKeys } from '../../apps/cli/src/keys/rotate-keys.js';
import { verifyLedger } from '../../apps/cli/src/verify-ledger.js';
import { AckLink } from '../harness/ack-link.js';
import { Authenticator } from '../harness/authenticator.js';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';

const day = 86_400_000;
const why = { text: { text: 'Proceedings before a court: canary-of-the-hold.', language: 'en' } };
const cannot = { act: 'determine', answer: 'cannot', answers: { refusal: { reasons: ['no-capacity'] } } };
const [keyId = '', key = ''] = settings.vaultKey.split(':');
const [ledgerId = '', ledgerKey = ''] = settings.ledgerKey.split(':');

describe('retention', () => {
  let instance: Instance;
  let folder: string;
  const restored: TestDatabase[] = [];
  /** Closed; held by XB. Closed for XB and open for XC. A draft. */
  let held: RequestView;
  let half: RequestView;
  let draft: RequestView;
  let ended: string;

  beforeAll(async () => {
    instance = await Instance.start();
    folder = mkdtempSync(join(tmpdir(), 'aldis-retention-'));
    for (const [name, current, of] of [
      ['vault-key.json', keyId, key],
      ['ledger-key.json', ledgerId, ledgerKey],
    ] as const)
      writeFileSync(join(folder, name), JSON.stringify({ current, keys: { [current]: of } }), {
        mode: 0o600,
      });
  });
  afterAll(async () => {
    for (const database of restored) await database.drop();
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const as = (name: string) => instance.officer(`${name}.example`);
  const [xa, xb, xc] = [() => as('officer@xa'), () => as('officer@xb'), () => as('officer@xc')];
  const operator = (database: TestDatabase = instance.database) => ({
    ...database.operator,
    VAULT_KEY_FILE: join(folder, 'vault-key.json'),
    LEDGER_KEY_FILE: join(folder, 'ledger-key.json'),
  });
  /** What a command says in this process, as it would by itself: a story of many commands is told faster. */
  const says = async (run: (print: (line: string) => void) => Promise<unknown>) => {
    const lines: string[] = [];
    const code = await run((line) => lines.push(line)).then(
      () => 0,
      (error: unknown) => (lines.push(String(error)), 1),
    );
    return { code, output: lines.join('\n') };
  };
  const erase = (...words: string[]) =>
    says((print) => eraseAsked(operator(), instance.database.urls, words, print));
  const days = async (count: number) => {
    await untilQuiet(instance);
    await instance.forward(count * day);
  };
  /** The worker begins anew, and with its first sweep looks for what is due. */
  const worked = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
  };
  const keysOf = async (id: string) =>
    (
      await instance.database.rows<{ party: string }>(
        'SELECT party_code AS party FROM request_keys WHERE request_id = $1 ORDER BY 1',
        [id],
      )
    ).map(({ party }) => party);
  /** Filed, refused by XB and closed for it. */
  const closed = async (to = ['XB']) => {
    const requester = await xa();
    const request = await requester.files({ to, text: { text: 'More of it: canary-text.', language: 'en' } });
    await untilQuiet(instance);
    expect((await (await xb()).acts(request.id, cannot)).status).toBe(200);
    expect((await requester.acts(request.id, { act: 'close', addressee: 'XB' })).status).toBe(200);
    return request;
  };
  const compared = async (database?: TestDatabase) => {
    const run = await says((print) => verifyLedger(operator(database), ['--contents'], print));
    expect([run.code, run.output]).toEqual([
      0,
      expect.stringContaining('Nothing was changed, removed or put in between') as string,
    ]);
    return Number(/(\d+) are erased/.exec(run.output)?.[1]);
  };

  it('is set by the secretariat, read by every member, and recorded', async () => {
    const secretariat = await as('secretariat@network');
    expect((await (await xa()).get('/retention-policy')).body).toEqual({
      ...{ policy: null, inForce: { days: null, draftDays: null }, noticeDays: 30 },
    });
    expect((await (await xa()).put('/retention-policy', { days: 30 })).status).toBe(403);
    for (const wrong of [{ days: 29 }, { days: 3651 }, {}, { days: 30, draftDays: 1 }])
      expect((await secretariat.put('/retention-policy', wrong)).status).toBe(400);
    const set = await secretariat.put('/retention-policy', { days: 40, draftDays: 30, version: 0 });
    expect([set.status, set.body]).toEqual([
      200,
      expect.objectContaining({
        policy: expect.objectContaining({ version: 1, days: 40, draftDays: 30 }) as object,
        inForce: { days: null, draftDays: null },
      }) as object,
    ]);
    expect((await secretariat.put('/retention-policy', { days: 30, version: 0 })).status).toBe(409);
    const recorded = await instance.database.rows(
      `SELECT 1 FROM access_events WHERE act = 'retention-changed' AND about = (SELECT network_id FROM instance)`,
    );
    expect(recorded).toHaveLength(1);
  });

  it('shows both sides from when on what is closed may be erased, and an addressee nothing of the others', async () => {
    held = await closed();
    half = await closed(['XB', 'XC']);
    draft = await (await xa()).files({ draft: true, sentence: { text: 'Not yet.', language: 'en' } });
    const after = (since: string | undefined) =>
      new Date(new Date(since ?? '').getTime() + 40 * day).toISOString();
    for (const officer of [await xa(), await xb()]) {
      const seen = await officer.sees(held.id);
      const end = seen.timeline.findLast(({ act }) => act === 'close')?.at;
      expect([seen.eraseAfter, seen.erasedAt, seen.hold]).toEqual([after(end), null, null]);
    }
    // Of the requester's request another line is open; for XB it is over.
    expect((await (await xa()).sees(half.id)).eraseAfter).toBeNull();
    expect((await (await xc()).sees(half.id)).eraseAfter).toBeNull();
    expect((await (await xb()).sees(half.id)).eraseAfter).not.toBeNull();
  });

  it('is stopped by a hold for one side alone, of which nobody else learns', async () => {
    const path = `/requests/${held.id}/hold`;
    const before = await (await xa()).sees(held.id);
    expect((await (await as('duty@xb')).post(path, why)).status).toBe(403);
    expect((await (await xc()).post(path, why)).status).toBe(404);
    expect((await (await xb()).post(`${path}/release`, why)).status).toBe(409);
    expect((await (await xb()).post(path, { ...why, until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    const placed = await (await xb()).post(path, why);
    expect([placed.status, placed.body]).toEqual([
      200,
      { hold: { since: expect.any(String) as string, until: null } },
    ]);
    const own = await (await xb()).sees(held.id);
    expect([own.hold, own.timeline.at(-1)]).toEqual([
      (placed.body as { hold: object }).hold,
      expect.objectContaining({ act: 'hold', said: why }) as object,
    ]);
    expect(await (await xa()).sees(held.id)).toEqual(before);
    const document = await (await xb()).get(`/requests/${held.id}/document.txt`);
    expect(document.text).not.toContain('canary-of-the-hold');
  });

  it('erases nothing before its time', async () => {
    await days(29);
    await worked();
    expect((await erase('--due', '--dry-run')).output).toContain('0 sides of requests');
    expect(await keysOf(held.id)).toEqual(['XA', 'XB']);
    expect(await compared()).toBe(0);
  });

  it('destroys the keys of what is due and not held, side by side, and records it', async () => {
    await days(12);
    const counted = await runCli(['erase', '--due', '--dry-run'], operator());
    expect([counted.code, counted.output]).toEqual([0, expect.stringContaining('3 sides') as string]);
    await worked();
    expect(await keysOf(held.id)).toEqual(['XB']);
    expect(await keysOf(half.id)).toEqual(['XA', 'XC']);
    expect(await keysOf(draft.id)).toEqual([]);
    expect((await erase('--due')).output).toContain('0 sides of requests');
    const events = await instance.database.rows(
      `SELECT party_code AS party, audience, from_state || ' ' || to_state AS states, actor, assurance FROM request_events
       WHERE act = 'erase' ORDER BY audience, from_state`,
    );
    const common = { actor: 'worker', assurance: 'system' };
    expect(events).toEqual([
      { party: 'XB', audience: 'addressee', states: 'closed closed', ...common },
      { party: 'XA', audience: 'requester', states: 'closed closed', ...common },
      { party: 'XA', audience: 'requester', states: 'draft withdrawn', ...common },
    ]);
  });

  it('leaves the request to be read without its words, on every page', async () => {
    const requester = await xa();
    const seen = await requester.sees(held.id);
    const gone = { erased: true, at: seen.erasedAt };
    expect(seen).toMatchObject({
      ...{ reference: held.reference, state: 'closed', urgency: 'U1', hold: null, eraseAfter: null },
      ...{ sentence: gone, text: gone, answers: gone, completeness: null },
      template: { key: 'assistance-request', version: 1 },
    });
    expect(seen.timeline.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['send', 'determine', 'close', 'erase']) as string[],
    );
    expect(seen.timeline.find(({ act }) => act === 'determine')).toMatchObject({ by: gone, said: gone });
    expect(seen.timeline.at(-1)).toMatchObject({ act: 'erase', by: { kind: 'system' }, said: null });
    expect(seen.allowedActs.filter(({ allowed }) => allowed)).toEqual([]);
    expect(JSON.stringify(seen)).not.toMatch(/canary|ransomware|Officer of/);
    for (const path of ['', '/document.html', '/document.txt', '/document.pdf', '/clocks', '/deliveries'])
      expect([path, (await requester.get(`/requests/${held.id}${path}`)).status]).toEqual([path, 200]);
    const document = (await requester.get(`/requests/${held.id}/document.txt`)).text;
    expect(document).toContain('Contents erased at');
    const french = await requester.get(`/requests/${held.id}/document.txt?lang=fr`);
    expect(french.text).toContain('Contenu effacé le');
    const listed = (await requester.get('/requests')).body as { items: RequestView[] };
    expect(listed.items.find(({ id }) => id === held.id)).toMatchObject({ sentence: gone });
    expect(listed.items.find(({ id }) => id === draft.id)).toMatchObject({ state: 'withdrawn', to: [] });
    const clocks = (await requester.get(`/requests/${held.id}/clocks`)).body as { items: object[] };
    expect(clocks.items).toHaveLength(1);
    const link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    expect((await link.open()).status).toBe(200);
  });

  it('answers what can no longer be done with one problem, whoever held what', async () => {
    const requester = await xa();
    for (const [id, act] of [
      [held.id, { act: 'reopen' }],
      [half.id, { act: 'reopen', addressee: 'XB' }],
      [draft.id, { act: 'send' }],
    ] as const) {
      const { status, body } = await requester.acts(id, act);
      expect([status, (body as { type?: string }).type]).toEqual([410, 'urn:aldis:problem:erased']);
    }
    const reopen = (await requester.sees(half.id)).allowedActs.find(
      ({ act, addressee }) => act === 'reopen' && addressee === 'XB',
    );
    expect(reopen).toMatchObject({ allowed: false, because: expect.stringContaining('over') as string });
    expect((await requester.post(`/requests/${held.id}/hold`, why)).status).toBe(410);
  });

  it('leaves to the side that holds it all there was', async () => {
    const seen = await (await xb()).sees(held.id);
    expect(seen.sentence).toMatchObject({ text: expect.stringContaining('ransomware') as string });
    expect(JSON.stringify(seen.timeline)).not.toContain('"erase"');
  });

  it('leaves a record that verifies, and receipts that hold', async () => {
    // A draft that nobody can open is erased to the last word; what XB holds is still compared.
    expect(await compared()).toBe(1);
    const { keys } = (await instance.anyone.get('/api/v1/ledger/key')).body as { keys: PublicKey[] };
    const answer = await (await xa()).get(`/requests/${held.id}/receipts`);
    const { items } = answer.body as { items: AnyReceipt[] };
    for (const one of items) expect(faultOfReceipt(one, keys)).toBeUndefined();
    expect(items.filter((one) => 'opening' in one && one.opening !== null)).toEqual([]);
    expect(items.length).toBeGreaterThan(2);
  });

  it('counts again when the hold is released', async () => {
    const released = await (await xb()).post(`/requests/${held.id}/hold/release`, why);
    expect([released.status, released.body]).toEqual([200, { hold: null }]);
    expect((await erase('--due')).output).toContain('1 sides of requests were');
    expect(await keysOf(held.id)).toEqual([]);
    expect(await compared()).toBeGreaterThan(5);
    expect((await (await xb()).sees(held.id)).timeline.at(-1)).toMatchObject({ act: 'erase' });
  });

  it('yields to an order before the term, not to one that is early, held, unsure or without a reason', async () => {
    const { id, reference } = await closed();
    const order = (...more: string[]) =>
      erase('--request', reference, '--reason', 'Order 7/2026 of the court', ...more);
    const confirmed = ['--confirm', reference];
    const refused = async (said: string, ...more: string[]) => {
      const { code, output } = await order(...more);
      expect([code, output]).toEqual([1, expect.stringContaining(said) as string]);
      expect(await keysOf(id)).toEqual(['XA', 'XB']);
    };
    await refused('has not been over for seven days', ...confirmed);
    await days(8);
    await refused(`add: --confirm ${reference}`);
    await refused(`add: --confirm ${reference}`, '--confirm', 'AR-2026-000000');
    expect((await order('--dry-run')).output).toContain('Nothing was erased');
    await (await xb()).post(`/requests/${id}/hold`, why);
    await refused('Held by XB', ...confirmed);
    const one = await order('--party', 'XA', ...confirmed);
    expect([one.code, one.output]).toEqual([0, expect.stringContaining('1 sides') as string]);
    expect(await keysOf(id)).toEqual(['XB']);
    expect((await (await xa()).sees(id)).timeline.at(-1)).toMatchObject({
      act: 'erase',
      said: { text: { text: 'Order 7/2026 of the court' } },
    });
    expect((await erase('--request', 'AR-2026-000000', '--reason', 'x')).code).toBe(1);
    expect((await erase()).output).toContain('Say what');
    await compared();
  });

  it('erases who somebody was, a time after the account has ended', async () => {
    const administrator = await as('administrator@xb');
    const { items } = (await administrator.get('/accounts')).body as {
      items: { id: string; email: string }[];
    };
    ended = items.find(({ email }) => email === 'policy@xb.example')?.id ?? '';
    // It was shared with, asked for emergency access, and a mail told others so.
    const { id } = await (await xa()).files();
    const shares = async () =>
      (await xb()).post(`/requests/${id}/sharing`, { account: ended, reason: why.text });
    expect((await shares()).status).toBe(201);
    await new Authenticator(instance.url).register(await as('policy@xb'));
    const body = { email: 'policy@xb.example', password: samplePassword };
    const waiting = Officer.bearing(instance.url, await instance.anyone.post('/api/v1/sessions').send(body));
    expect((await waiting.post('/emergency-access', { reason: why.text })).status).toBe(201);
    expect((await erase('--account', ended, '--confirm', ended)).output).toContain('has not ended');
    expect((await administrator.delete(`/accounts/${ended}`)).status).toBe(200);
    await days(6);
    const early = await erase('--account', ended, '--confirm', ended);
    expect([early.code, early.output]).toEqual([1, expect.stringContaining('seven days') as string]);
    await days(35);
    await worked();
    const after = (await (await as('administrator@xb')).get('/accounts')).body as { items: { id: string }[] };
    expect(after.items.find(({ id }) => id === ended)).toMatchObject({
      ...{ name: null, email: null, erasedAt: expect.any(String) as string },
    });
    expect((await erase('--account', ended, '--confirm', ended)).output).toContain('It was erased at');
    // What named it is listed without its name.
    const access = (await (await as('administrator@xb')).get('/emergency-access')).body as {
      items: object[];
    };
    expect(access.items).toMatchObject([{ who: { account: ended, name: null }, reason: null }]);
    const sharing = (await (await xb()).get(`/requests/${id}/sharing`)).body as { shares: object[] };
    expect(sharing.shares).toMatchObject([{ account: { id: ended, name: null } }]);
    const again = await shares();
    expect([again.status, again.body]).toMatchObject([400, { errors: [{ pointer: '#/account' }] }]);
    const told = await instance.database.rows(
      `SELECT DISTINCT m.body ->> 'key_id' AS body, n.recipient ->> 'key_id' AS recipient FROM messages m
         JOIN notices n ON n.emergency_access_id = m.emergency_access_id`,
    );
    expect(told).toEqual([{ body: 'erased', recipient: 'erased' }]);
    expect((await says((print) => rotateKeys(operator(), [], print))).code).toBe(0);
  });

  it('stays so in what is restored, which verifies too', async () => {
    const to = mkdtempSync(join(folder, 'copy-'));
    await backup(operator(), ['--to', to], () => undefined);
    const database = await TestDatabase.empty();
    restored.push(database);
    const from = ['--from', join(to, readdirSync(to)[0] ?? '')];
    const run = await says((print) => restore(operator(database), database.urls, from, print));
    expect([run.code, run.output]).toEqual([0, expect.stringContaining('each compared') as string]);
    expect(await compared(database)).toBe(await compared());
    const [row] = await database.rows<{ held: number }>('SELECT count(*)::int AS held FROM request_holds');
    expect(row?.held).toBe(1);
  });
});
