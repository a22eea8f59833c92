import {
  CheckpointQueries,
  Checkpoints,
  Journal,
  Verification,
  type Findings,
  type SignedCheckpoint,
} from '#libs/ledger';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { LocalKeys, SigningKeys, Vault } from '#libs/vault';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import { untilQuiet } from '../harness/quiet.js';
import { settings } from '../harness/settings.js';
import { Tamperer, type Cell } from '../harness/tamper.js';

const tables = [
  ...(['ledger_entries', 'ledger_heads', 'request_events', 'access_events'] as const),
  ...(['journal_entries', 'journal_batches', 'attempts', 'views', 'observations'] as const),
  ...(['checkpoints', 'checkpoint_places'] as const),
];
const contents = 'request_event_contents';
const keys = 'request_keys';

describe('the record', () => {
  let instance: Instance;
  let tamperer: Tamperer;
  let verify: (more?: { vault?: Vault; checkpoint?: SignedCheckpoint }) => Promise<Findings>;
  let kept: SignedCheckpoint;
  let end: () => Promise<void>;
  let request: string;
  const signing = SigningKeys.fromEnvironment({ LEDGER_KEY: settings.ledgerKey });
  const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));

  beforeAll(async () => {
    instance = await Instance.start();
    const requester = await instance.officer('officer@xa.example');
    const addressee = await instance.officer('officer@xb.example');
    const note = { act: 'note', text: { text: 'For ourselves alone.', language: 'en' } };
    request = (await requester.files({ to: ['XB', 'XC'] })).id;
    await untilQuiet(instance);
    for (const act of [{ act: 'acknowledge' }, { act: 'take' }, note]) await addressee.acts(request, act);
    await requester.acts(request, { ...note, addressee: 'XB' });
    await AckLink.in(await instance.sink.mailTo('cert@xb.example')).open();
    await addressee.sees(request);
    await (await instance.officer('secretariat@network.example')).get('/parties/XB');
    for (const email of ['nobody@xa.example', 'officer@xa.example', 'secretariat@network.example'])
      await instance.anyone.post('/api/v1/sessions').send({ email, password: 'wrong' });
    await untilQuiet(instance);
    await instance.stopWorker();
    kept = await carriedOn();
    const database = createDatabase({ url: instance.database.urls.ledger, application: 'verify' });
    await database.initialize();
    const verification = new Verification(new UnitOfWork(database));
    verify = (more) => verification.run({ keys: signing.published, ...more });
    end = () => database.destroy();
    tamperer = await Tamperer.of(instance.database, [...tables, contents, keys]);
  });
  afterEach(() => tamperer.restores());
  afterAll(async () => {
    await tamperer.end();
    await end();
    await instance.stop();
  });

  /** The journal folded in batches of two, and a checkpoint, as the worker does it. */
  const carriedOn = async () => {
    await instance.forward(301_000);
    const database = createDatabase({ url: instance.database.urls.worker, application: 'carry on' });
    await database.initialize();
    const units = new UnitOfWork(database);
    const journal = new Journal(units);
    while ((await journal.fold(2)) > 0);
    await new Checkpoints(units, signing).make();
    const atWork = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
    const latest = await units.run(atWork, (tx) => new CheckpointQueries().latest(tx));
    await database.destroy();
    return latest;
  };
  const chains = () =>
    instance.database.rows<{ chain: string; kinds: string[] }>(
      `SELECT split_part(chain, ':', 1) || coalesce(':' || a.party_code, '') AS chain, array_agg(kind ORDER BY seq) AS kinds
       FROM ledger_entries LEFT JOIN addressees a ON a.id::text = split_part(chain, ':', 2)
       WHERE chain !~ '^(party|journal)' GROUP BY 1 ORDER BY 1`,
    );
  const firstFault = async () => {
    const [first] = (await verify()).faults;
    return first ?? { table: '', row: '', what: 'nothing was found' };
  };

  it('has a chain for each line, for what one side alone sees, for each party and for the network', async () => {
    const line = ['request.send', 'request.accepted-by-relay'];
    expect(await chains()).toEqual([
      {
        chain: 'line:XB',
        kinds: [...line, 'request.acknowledge', 'request.take'],
      },
      { chain: 'line:XC', kinds: line },
      { chain: 'network', kinds: ['access.sign-in', 'access.sign-in-refused', 'access.sign-in-refused'] },
      { chain: 'request', kinds: ['request.save', 'request.note'] },
      { chain: 'side:XB', kinds: ['request.note'] },
    ]);
    const party = await instance.database.rows<{ kind: string }>(
      `SELECT kind FROM ledger_entries WHERE chain = 'party:XA' ORDER BY seq`,
    );
    expect(party.map(({ kind }) => kind)).toEqual(['access.sign-in', 'access.sign-in-refused']);
  });

  it('is whole as it was written, and what was said is what was committed to', async () => {
    const findings = await verify({ vault });
    expect(findings).toMatchObject({ chains: 8, waiting: 0, faults: [], erased: 0 });
    const journalled = await Promise.all(
      ['attempts', 'views', 'observations'].map((table) => tamperer.count(table)),
    );
    expect(journalled.slice(1)).toEqual([2, 2]);
    expect(findings.journal).toBe(journalled.reduce((sum, count) => sum + count, 0));
    expect([findings.entries, findings.contents]).toEqual([
      await tamperer.count('ledger_entries'),
      await tamperer.count('request_events'),
    ]);
  });

  it.each(tables)('shows a change of any field of any row of %s', async (table) => {
    const cells = await tamperer.cells(table);
    const missed: Cell[] = [];
    for (const cell of cells) {
      await tamperer.changes(cell);
      if ((await verify()).faults.length === 0) missed.push(cell);
      await tamperer.restores([table]);
    }
    expect(cells.length).toBeGreaterThan(3);
    expect(missed).toEqual([]);
  });

  it.each(tables)('shows that any row of %s is gone', async (table) => {
    const missed: number[] = [];
    for (let row = 0; row < (await tamperer.count(table)); row++) {
      await tamperer.removes(table, row);
      if ((await verify()).faults.length === 0) missed.push(row);
      await tamperer.restores([table]);
    }
    expect(missed).toEqual([]);
  });

  it('names the row that was changed', async () => {
    const [line] = await instance.database.rows<{ chain: string }>(
      `SELECT chain FROM ledger_entries WHERE kind = 'request.take'`,
    );
    await tamperer.does(`UPDATE ledger_entries SET kind = 'request.assess' WHERE kind = 'request.take'`);
    expect((await verify()).faults).toEqual([
      {
        ...{ table: 'ledger_entries', row: `${line?.chain} 4` },
        what: 'is not what its digest says: the entry was changed',
      },
    ]);
    await tamperer.restores();
    await tamperer.does(`UPDATE request_events SET to_state = 'closed' WHERE act = 'take'`);
    expect(await firstFault()).toMatchObject({
      row: `${line?.chain} 4`,
      what: expect.stringMatching(/^says another commitment/) as string,
    });
  });

  it('shows tails that were cut off with their head moved back, and whole chains that are gone', async () => {
    await tamperer.does(`
      DELETE FROM ledger_entries WHERE kind = 'request.take';
      UPDATE ledger_heads h SET seq = l.seq, prev_hash = l.prev_hash, hash = l.hash
        FROM ledger_entries l WHERE l.chain = h.chain AND l.kind = 'request.acknowledge'`);
    expect(await firstFault()).toMatchObject({ table: 'request_events', what: 'has no entry in any chain' });
    await tamperer.restores();
    await tamperer.does(
      `DELETE FROM ledger_entries WHERE chain ~ '^side'; DELETE FROM ledger_heads WHERE chain ~ '^side'`,
    );
    expect(await firstFault()).toMatchObject({ table: 'request_events' });
    await tamperer.restores();
    await tamperer.does(`DELETE FROM ledger_entries WHERE chain = 'party:XA'`);
    expect((await verify()).faults.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['ledger_heads', 'access_events']),
    );
  });

  it('shows rows that changed places, within a chain and between chains', async () => {
    const columns = 'kind, at, actor_code, assurance, subject_id, commitment, digest';
    const swap = (one: string, other: string) =>
      tamperer.does(`UPDATE ledger_entries l SET (${columns}) = (SELECT ${columns} FROM app.kept_ledger_entries o
        WHERE o.chain ~ '^(line|side)' AND o.kind = CASE l.kind WHEN '${one}' THEN '${other}' ELSE '${one}' END)
        WHERE l.chain ~ '^(line|side)' AND l.kind IN ('${one}', '${other}')`);
    await swap('request.take', 'request.acknowledge');
    expect(await firstFault()).toMatchObject({ what: expect.stringMatching(/place/) as string });
    await tamperer.restores();
    await swap('request.take', 'request.note');
    expect(await firstFault()).toMatchObject({ what: expect.stringMatching(/digest/) as string });
    await tamperer.restores();
    await tamperer.does(`UPDATE ledger_entries l SET seq = 7 - seq WHERE chain = (SELECT chain FROM app.kept_ledger_entries
      WHERE kind = 'request.take') AND seq IN (3, 4)`);
    expect(await firstFault()).toMatchObject({ table: 'ledger_entries' });
  });

  it('shows words that were moved, changed or taken away', async () => {
    await tamperer.does(`UPDATE ${contents} c SET content = (SELECT o.content FROM app.kept_${contents} o
      WHERE o.event_id <> c.event_id LIMIT 1) WHERE event_id = (SELECT min(event_id::text)::uuid FROM ${contents})`);
    expect((await verify({ vault })).faults).toMatchObject([{ table: contents }]);
    expect((await verify()).faults).toEqual([]);
    await tamperer.restores();
    await tamperer.does(
      `DELETE FROM ${contents} WHERE event_id = (SELECT min(event_id::text)::uuid FROM ${contents})`,
    );
    const what = 'is not there: words stay, sealed, also when their key is destroyed';
    expect((await verify({ vault })).faults).toMatchObject([{ table: contents, what }]);
  });

  it('shows that a key is gone without a word, and that one is there in spite of one', async () => {
    await tamperer.does(`DELETE FROM request_keys WHERE party_code = 'XC'`);
    const row = `${request} XC`;
    expect((await verify()).faults).toEqual([
      { table: 'request_keys', row, what: 'is not there, and its erasure is not on the record' },
    ]);
    await tamperer.restores();
    await tamperer.does(`UPDATE request_events SET act = 'erase' WHERE act = 'take'`);
    expect((await verify()).faults).toContainEqual({
      ...{ table: 'request_keys', row: `${request} XB` },
      what: 'is there, though its erasure is on the record',
    });
  });

  it('shows words that somebody with the key wrote anew', async () => {
    const [event] = await instance.database.rows<{ id: string; request: string; wrapped: never }>(
      `SELECT e.id, e.request_id AS request, k.wrapped FROM request_events e
       JOIN request_keys k ON k.request_id = e.request_id AND k.party_code = 'XA' WHERE e.act = 'take'`,
    );
    if (!event) throw new Error('nobody took the request');
    const key = await vault.unwrap(event.request, 'XA', event.wrapped);
    const place = { table: contents, row: event.id, field: 'content' };
    const forged = vault.seal(key, place, { salt: '00', content: { by: { kind: 'system' } } });
    await tamperer.does(
      `UPDATE ${contents} SET content = '${JSON.stringify(forged)}' WHERE event_id = '${event.id}'`,
    );
    expect((await verify({ vault })).faults).toEqual([
      { table: contents, row: event.id, what: 'is not what was committed to' },
    ]);
  });

  const lastActCutOff = `
    DELETE FROM request_events WHERE act = 'take';
    DELETE FROM ledger_entries WHERE kind = 'request.take';
    UPDATE ledger_heads h SET seq = l.seq, prev_hash = l.prev_hash, hash = l.hash
      FROM ledger_entries l WHERE l.chain = h.chain AND l.kind = 'request.acknowledge';`;
  const lineGone = `
    DELETE FROM ledger_heads h USING ledger_entries l WHERE l.chain = h.chain AND l.subject_id IN
      (SELECT id FROM request_events WHERE addressee_code = 'XC' AND audience = 'both');
    DELETE FROM ledger_entries WHERE subject_id IN (SELECT id FROM request_events WHERE addressee_code = 'XC');
    DELETE FROM request_events WHERE addressee_code = 'XC';`;
  const checkpointsGone = 'DELETE FROM checkpoint_places; DELETE FROM checkpoints;';

  it.each([
    ['the newest entry with its event and its head', lastActCutOff],
    ['a whole chain with its events and its head', lineGone],
  ])('shows by its checkpoints that somebody took away %s', async (_, sql) => {
    await tamperer.does(sql);
    const { faults } = await verify();
    expect(faults.map(({ table }) => table)).toContain('checkpoints');
    expect(faults.find(({ table }) => table === 'checkpoints')?.what).toMatch(/is not there any more$/);
  });

  it.each([
    ['cut off its newest entry', lastActCutOff],
    ['took away a whole chain', lineGone],
    ['made its checkpoints anew, with the key', ''],
  ])('shows to who kept a checkpoint, and to nobody else, that somebody %s and hid it', async (_, sql) => {
    expect((await verify({ checkpoint: kept })).faults).toEqual([]);
    await tamperer.does(`${sql}${checkpointsGone}`);
    await carriedOn();
    expect((await verify()).faults).toEqual([]);
    expect((await verify({ checkpoint: kept })).faults).toMatchObject([
      { table: 'checkpoints', row: String(kept.checkpoint.number) },
    ]);
  });
});
