import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNames, formats, type EntryView, type ImportView } from '#libs/directory';
import { runCli } from '../harness/cli.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import type { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { verify } from '../harness/vouching.js';
import { refused, Walled } from '../harness/walled.js';

const head = 'body:en,body kind,level,role:en,person,languages,zone,channel,address,note';
const table = (...rows: string[]) => [head, ...rows].join('\r\n');
const good = 'Harbour CERT,cert,technical,Watch desk,A. Watch,en,Etc/UTC,mail,watch@xb.example,';
const second = 'Harbour CERT,cert,technical,Watch desk,A. Watch,en,Etc/UTC,telephone,+41 44 668 18 00,';
const noLevel = 'Harbour CERT,cert,,Second desk,,en,Etc/UTC,mail,second@xb.example,';
const rfc2350 = `<html><body><pre>
RFC&nbsp;2350 for PORT-CERT

1. Document Information
1.1 Date of Last Update
This is version 2, published 2026-01-02.
2. Contact Information
2.1 Name of the Team
PORT-CERT
2.3 Time Zone
Central European Time (GMT+01:00, GMT+02:00 in summer)
2.4 Telephone Number
+41 44 668 18 00
2.7 Electronic Mail Address
team [at] port.xb.example
3. Charter
3.1 Mission Statement
We help ports.
</pre></body></html>`;
interface Faulted {
  errors: { pointer?: string; parameter?: string }[];
}

describe('documents that come and go', () => {
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let colleague: Officer;
  let officer: Officer;
  let secretariat: Officer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-exchange-'));
    walled = await Walled.start();
    ({ instance } = walled);
    [administrator, officer, secretariat] = (await Promise.all(
      ['administrator@xb', 'officer@xa', 'secretariat@network'].map((name) =>
        instance.officer(`${name}.example`),
      ),
    )) as [Officer, Officer, Officer];
    const email = 'second@xb.example';
    const body = walled.bodies['XB agency'];
    await administrator.post('/invitations', { email, role: 'party-administrator', body });
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    colleague = await Officer.signIn(instance.url, email, chosenPassword);
  });
  afterAll(async () => {
    await walled.stop();
    rmSync(folder, { recursive: true });
  });

  const brought = (text: string, more: object = {}, by = administrator) =>
    by.post('/imports', { content: Buffer.from(text).toString('base64'), ...more });
  const previewed = async (text: string, more: object = {}): Promise<ImportView> => {
    const answer = await brought(text, more);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as ImportView;
  };
  const acts = (id: string, act: object, by = administrator) => by.post(`/imports/${id}/acts`, act);
  const own = async () =>
    ((await administrator.get('/own-points-of-contact')).body as { items: EntryView[] }).items;
  const operator = () => ({
    ...instance.database.operator,
    VAULT_KEY: instance.env.VAULT_KEY ?? '',
    LEDGER_KEY: instance.env.LEDGER_KEY ?? '',
    PUBLIC_URL: instance.url,
  });

  it('are looked at first: each line is accepted, doubted or refused, and nothing is entered', async () => {
    const before = await own();
    const bad = good.replace('watch@xb.example', 'watch@ministry.int').replace('Watch desk', 'Third desk');
    const { format, state, total, plan } = await previewed(table(good, second, noLevel, bad));
    expect([format, state, total]).toEqual(['csv', 'previewed', 2]);
    const said = plan?.findings.map(({ severity, detail }) => `${severity}: ${detail}`).join('\n') ?? '';
    expect(said).toContain('accept: "Watch desk" (technical) becomes a nomination with 2 channels.');
    expect(said).toContain('refuse: "Second desk" has no level: say at which level those without one are.');
    expect(said).toMatch(/warn: watch@ministry\.int of "Third desk" .*; it is left out\./);
    expect(plan?.counts.refuse).toBe(1);
    expect(await own()).toEqual(before);
    expect((await previewed(table(noLevel), { level: 'policy' })).plan?.counts.refuse).toBe(0);
  });

  it('say in which line everything stands that is decided, also where an operator looks at them', async () => {
    const bad = 'Harbour CERT,cert,technical,Watch desk,A. Watch,en,Etc/UTC,mail,watch@ministry.int,';
    const text = table(noLevel, good, bad);
    const { plan } = await previewed(text);
    const placed = plan?.findings.map(({ severity, line, detail }) => [severity, line, detail]);
    expect(placed).toEqual(
      expect.arrayContaining([
        ['refuse', 2, '"Second desk" has no level: say at which level those without one are.'],
        ['accept', 3, '"Watch desk" (technical) becomes a nomination with 1 channels.'],
        ['warn', 4, expect.stringMatching(/^watch@ministry\.int of "Watch desk" .*; it is left out\.$/)],
      ]),
    );
    expect(JSON.stringify([plan?.bodies, plan?.contacts])).not.toContain('"line"');
    const path = join(folder, 'lines.csv');
    writeFileSync(path, text);
    const { output } = await runCli(['import', path, '--party', 'XB'], operator());
    expect(output).toMatch(/^refuse line 2: "Second desk" has no level/m);
    expect(output).toMatch(/^accept line 3: "Watch desk" \(technical\) becomes a nomination/m);
    expect(output).toMatch(/^warn {3}line 4: watch@ministry\.int of "Watch desk"/m);
    const page = join(folder, 'team.html');
    writeFileSync(page, rfc2350);
    const told = await runCli(['import', page, '--party', 'XB'], operator());
    expect(told.output).toMatch(/^accept draft 1: .* becomes a nomination/m);
  });

  it('are entered all or nothing, as nominations that a second administrator verifies', async () => {
    const { id, version } = await previewed(table(good, second, noLevel));
    const left = await acts(id, { act: 'apply', version });
    expect([left.status, left.body]).toMatchObject([
      ...[409, { detail: expect.stringContaining('withoutRefused') as string }],
    ]);
    expect((await acts(id, { act: 'apply', version: 7, withoutRefused: true })).status).toBe(409);
    const twin = await previewed(table(good, second));
    const applied = await acts(id, { act: 'apply', version, withoutRefused: true });
    expect([applied.status, applied.body]).toMatchObject([200, { state: 'applied', total: 1, done: 1 }]);
    const [entry] = (applied.body as ImportView).madeEntries;
    const seen = (await own()).find((one) => one.id === entry);
    expect(seen).toMatchObject({ state: 'nominated', person: { name: 'A. Watch' }, zone: 'Etc/UTC' });
    expect(seen?.channels.map(({ kind, address, state }) => [kind, address, state])).toEqual([
      ['mail', 'watch@xb.example', 'unproven'],
      ['telephone', '+41446681800', 'unproven'],
    ]);
    const meanwhile = await acts(twin.id, { act: 'apply', version: twin.version });
    expect([meanwhile.status, (meanwhile.body as { detail: string }).detail]).toEqual([
      409,
      'The directory has changed since the preview: make a new one.',
    ]);
    const again = await previewed(table(good, second));
    expect([again.total, again.plan?.counts.warn]).toEqual([0, 1]);
    expect((await acts(again.id, { act: 'apply', version: again.version })).status).toBe(409);
    expect((await acts(again.id, { act: 'discard', version: again.version })).body).toMatchObject({
      ...{ state: 'discarded', plan: null },
    });
    expect((await verify(colleague, entry ?? '')).body).toMatchObject({ state: 'verified' });
    const late = await acts(id, { act: 'undo', version: version + 1 });
    expect([late.status, (late.body as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining('cannot be undone any more'),
    ]);
  });

  it('are taken back whole as long as nobody relies on what came of them', async () => {
    const row = 'Airport CERT,cert,policy,Airport desk,,fr,Etc/UTC,mail,airport@xb.example,Ring twice';
    const { id, version } = await previewed(table(row));
    const applied = (await acts(id, { act: 'apply', version })).body as ImportView;
    expect([applied.madeBodies.length, applied.madeEntries.length]).toEqual([1, 1]);
    const undone = await acts(id, { act: 'undo', version: applied.version });
    expect([undone.status, undone.body]).toMatchObject([200, { state: 'undone', plan: null }]);
    const entry = (await own()).find((one) => one.id === applied.madeEntries[0]);
    expect([entry?.state, entry?.channels.map(({ state }) => state)]).toEqual(['retired', ['ended']]);
    expect((await administrator.get(`/bodies/${applied.madeBodies[0]}`)).body).toMatchObject({
      state: 'retired',
    });
    expect((await acts(id, { act: 'undo', version: applied.version + 1 })).status).toBe(409);
  });

  it('may be messy: the best draft is made, and what was not understood is said', async () => {
    const { format, plan, total, id, version } = await previewed(rfc2350);
    expect([format, total]).toEqual(['rfc2350', 1]);
    expect(plan?.bodies).toMatchObject([{ names: { en: 'PORT-CERT' }, kind: 'cert' }]);
    const applied = (await acts(id, { act: 'apply', version, withoutRefused: true })).body as ImportView;
    const entry = (await own()).find((one) => one.id === applied.madeEntries[0]);
    expect(entry).toMatchObject({ level: 'technical', state: 'nominated' });
    expect(entry?.channels.map(({ address }) => address).sort()).toEqual([
      ...['+41446681800', 'team@port.xb.example'],
    ]);
    expect(entry?.zone).not.toBe('Etc/UTC');
    const strange = await brought('\u0000\u0001\u0002');
    expect([strange.status, (strange.body as Faulted).errors[0]?.pointer]).toEqual([400, '#/content']);
    const nothing = await brought('no base64 at all', { content: '***' });
    expect([nothing.status, (nothing.body as Faulted).errors[0]?.pointer]).toEqual([400, '#/content']);
  });

  it('belong to one party: others neither bring them in nor see that they are there', async () => {
    for (const by of [officer, secretariat]) expect((await brought(table(good), {}, by)).status).toBe(403);
    for (const by of [officer, secretariat]) expect((await by.get('/imports')).status).toBe(403);
    const foreign = `party,${head}\r\nXC,${good}`;
    const { total, plan } = await previewed(foreign);
    expect([total, plan?.findings.find(({ severity }) => severity === 'refuse')?.detail]).toEqual([
      0,
      'It is of XC, and you import for XB.',
    ]);
    const { api } = walled;
    const others = { ...walled.of('XC', 'cert') };
    expect(await api.outcome('SELECT FROM imports', others)).toBe(0);
    const insert = `INSERT INTO import_progress (import_id, party_code, traffic, done) SELECT id, 'XB', 'actual', 1 FROM imports`;
    expect([0, refused]).toContain(await api.outcome(insert, others));
  });

  it.each(formatNames)('go out as %s, and come back as they went', async (name) => {
    const format = formats.find((one) => one.name === name);
    const { body = '' } = { body: walled.bodies['XB cert'] };
    const answer = await administrator.get(`/exports/${name}?party=XB&body=${body}`);
    expect([answer.status, answer.headers['content-disposition']]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="points-of-contact\.\w+"$/),
    ]);
    const text = answer.text || (answer.body as Buffer).toString();
    const { drafts } = (await format?.read(new TextEncoder().encode(text), { at: new Date() })) ?? {
      drafts: [],
    };
    const addresses = drafts.flatMap(({ pointsOfContact }) =>
      pointsOfContact.flatMap(({ channels }) => channels.map(({ address }) => address)),
    );
    expect(addresses).toContain('cert@xb.example');
    expect(text).not.toContain('cert@xc.example');
  });

  it('go out to those alone who may read in bulk, and where a party lets them', async () => {
    expect((await officer.get('/exports/csv')).status).toBe(403);
    expect((await officer.get('/exports/csv?party=XB')).status).toBe(403);
    expect((await officer.get('/exports/csv?party=XA')).status).toBe(200);
    const several = await administrator.get('/exports/rfc2350?party=XB');
    expect([several.status, (several.body as Faulted).errors[0]?.parameter]).toEqual([400, 'body']);
    expect((await administrator.get('/exports/xlsx')).status).toBe(400);
    expect((await secretariat.get('/exports/csv?party=XB')).text).toContain('cert@xb.example');
    await administrator.put('/export-consent', { consent: 'nothing', version: 0 });
    expect((await secretariat.get('/exports/csv?party=XB')).status).toBe(404);
    expect((await administrator.get('/exports/csv?party=XB')).text).toContain('cert@xb.example');
    await administrator.put('/export-consent', { consent: 'whole', version: 1 });
    const acts_ = await instance.database.rows<{ act: string }>(
      `SELECT DISTINCT act FROM access_events WHERE act ~ '^(import|directory)-' ORDER BY 1`,
    );
    expect(acts_.map(({ act }) => act)).toEqual([
      ...['directory-exported', 'import-applied', 'import-discarded', 'import-previewed', 'import-undone'],
    ]);
  });

  it('are brought in and taken out by an operator, who sees how far it is and takes it back', async () => {
    const rows = Array.from(
      { length: 25 },
      (_, index) => `Rail CERT,cert,technical,Rail desk ${index},,en,Etc/UTC,mail,rail${index}@xb.example,`,
    );
    const path = join(folder, 'rail.csv');
    writeFileSync(path, table(...rows));
    const looked = await runCli(['import', path, '--party', 'XB'], operator());
    expect([looked.code, looked.output]).toEqual([0, expect.stringContaining('25 points of contact.')]);
    expect(looked.output).toContain('Nothing is entered yet');
    const applied = await runCli(['import', path, '--party', 'XB', '--apply'], operator());
    expect([applied.code, applied.output]).toEqual([0, expect.stringContaining('Entered: 25 nominations')]);
    expect(applied.output).toMatch(/ {2}10 of 25 …\n {2}20 of 25 …/);
    const entries = (await own()).filter(({ body }) => body.names.en === 'Rail CERT');
    expect(entries.map(({ state }) => state)).toEqual(Array(25).fill('nominated'));
    const [, id = ''] = /--undo (\S+)/.exec(applied.output) ?? [];
    const undone = await runCli(['import', '--undo', id, '--party', 'XB'], operator());
    expect([undone.code, undone.output]).toEqual([0, expect.stringContaining('25 nominations')]);
    const to = join(folder, 'xb.vcf');
    const out = await runCli(['export', '--format', 'vcard', '--to', to, '--party', 'XB'], operator());
    expect([out.code, out.output]).toEqual([0, expect.stringContaining('Written')]);
    expect(readFileSync(to, 'utf8')).toContain('cert@xb.example');
    expect((statSync(to).mode & 0o777).toString(8)).toBe('600');
    const wrong = await runCli(['import', path, '--party', 'QQ'], operator());
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('QQ')]);
  });
});
