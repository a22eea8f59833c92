import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { faultOfSnapshot, type SignedSnapshot } from '#libs/directory';
import type { PublicKey } from '#libs/ledger';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';

const arabicName = 'مركز طوارئ الحاسوب';
const chineseName = '国家计算机网络应急技术处理协调中心';
const cyrillicName = 'Дежурный центр';
const bare = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** All text of a PDF, as it is copied, without spaces; and how many pages it has. */
async function textOf(bytes: Uint8Array): Promise<{ text: string; pages: number }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const file = await task.promise;
  const found: string[] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const { items } = await (await file.getPage(number)).getTextContent();
    found.push(...items.map((item) => ('str' in item ? item.str : '')));
  }
  const pages = file.numPages;
  await task.destroy();
  return { text: bare(found.join('')), pages };
}

describe('a snapshot of the directory', () => {
  let instance: Instance;
  let officer: Officer;
  /** Keeps the entries of XA, and of XB. */
  let reader: Officer;
  let administrator: Officer;
  let secretariat: Officer;
  let keys: PublicKey[];
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-snapshot-'));
    instance = await Instance.start();
    [officer, administrator, secretariat] = (await Promise.all(
      ['officer@xa.example', 'administrator@xb.example', 'secretariat@network.example'].map((email) =>
        instance.officer(email),
      ),
    )) as [Officer, Officer, Officer];
    const [cert] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM bodies WHERE party_code = 'XA' AND kind = 'cert'`,
    );
    const email = 'administrator@xa.example';
    const invited = { email, role: 'party-administrator', party: 'XA', body: cert?.id };
    await secretariat.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Administrator of XA');
    reader = await Officer.signIn(instance.url, email, chosenPassword);
    ({ keys } = (await instance.anyone.get('/api/v1/ledger/key')).body as { keys: PublicKey[] });
    const names = JSON.stringify({ ar: arabicName, zh: chineseName, ru: cyrillicName });
    await instance.database.rows(
      `UPDATE points_of_contact SET role_names = role_names || '${names}' WHERE party_code = 'XB' AND level = 'technical'`,
    );
  });
  afterAll(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const taken = async (by: Officer): Promise<SignedSnapshot> => {
    const answer = await by.get('/snapshot');
    expect(answer.status).toBe(200);
    return answer.body as SignedSnapshot;
  };
  const partyIn = ({ snapshot }: SignedSnapshot, code: string) =>
    snapshot.parties.find((party) => party.code === code);
  const consentsTo = (consent: string, version: number, by = administrator) =>
    by.put('/export-consent', { consent, version });
  const operator = () => ({
    ...instance.database.operator,
    VAULT_KEY: instance.env.VAULT_KEY ?? '',
    LEDGER_KEY: instance.env.LEDGER_KEY ?? '',
    PUBLIC_URL: instance.url,
  });

  it('holds every party and how it is reached, and verifies with the published keys alone', async () => {
    const given = await taken(reader);
    expect(faultOfSnapshot(given, keys)).toBeUndefined();
    expect(given.snapshot).toMatchObject({ network: 'sample', for: 'XA', tlp: 'AMBER', instance: 'sample' });
    expect(given.snapshot.parties).toHaveLength(196);
    const [desk] = partyIn(given, 'XB')?.pointsOfContact ?? [];
    expect(desk).toMatchObject({ level: 'technical', position: 1, channels: [{ kind: 'mail' }] });
    expect(desk?.channels.map(({ address }) => address)).toEqual(['cert@xb.example']);
    const days = (Date.parse(given.snapshot.expiresAt) - Date.parse(given.snapshot.takenAt)) / 86_400_000;
    expect(days).toBe(30);
    expect(
      await instance.database.rows(`SELECT act FROM access_events WHERE act = 'snapshot-taken'`),
    ).toEqual([{ act: 'snapshot-taken' }]);
  });

  it('has the communication plans that its reader obeys, and prints how to follow them', async () => {
    const ways = [
      { place: 'alternate', means: { text: 'By the embassy.', language: 'en' } },
      { place: 'primary', level: 'technical', kind: 'mail' },
    ];
    const bridge = { text: 'Dial 22 and say the word.', language: 'en' };
    const proposed = await officer.post('/plans', {
      with: 'XB',
      ways,
      only: true,
      bridge,
      reportEvery: { crisis: 60 },
    });
    const { id } = proposed.body as { id: string };
    const agreed = await (
      await instance.officer('officer@xb.example')
    ).post(`/plans/${id}/acts`, { act: 'agree', version: 1 });
    expect([proposed.status, agreed.status]).toEqual([201, 200]);
    const ofNetwork = await secretariat.post('/plans', { ways: [ways[1]] });
    expect(ofNetwork.status).toBe(201);
    const given = await taken(reader);
    expect(faultOfSnapshot(given, keys)).toBeUndefined();
    const pair = { kind: 'pair', network: 'sample', number: 1, mode: 'normal', only: true, ways, bridge };
    expect(partyIn(given, 'XB')?.plans).toEqual([{ ...pair, reportEvery: { crisis: 60 } }]);
    expect(partyIn(given, 'XA')?.plans).toMatchObject([{ kind: 'network', network: 'sample' }]);
    expect(partyIn(given, 'XC')?.plans).toEqual([]);
    const ofStaff = await taken(secretariat);
    expect(ofStaff.snapshot.parties.flatMap(({ plans }) => plans)).toEqual([]);
    const { text } = await reader.get('/snapshot/booklet.html');
    for (const said of [
      'Communication plan with this party',
      bridge.text,
      'By the embassy.',
      'nothing is used',
      'every 60 minutes',
    ])
      expect(text).toContain(said);
    // Who runs the system is no party to a plan.
    const to = mkdtempSync(join(tmpdir(), 'aldis-snapshot-'));
    const ran = await runCli(['snapshot', '--party', 'XA', '--to', to], operator());
    expect(ran.code).toBe(0);
    const [file = ''] = readdirSync(to).filter((name) => name.endsWith('.json'));
    const byOperator = JSON.parse(readFileSync(join(to, file), 'utf8')) as SignedSnapshot;
    expect(byOperator.snapshot.parties.flatMap(({ plans }) => plans)).toEqual([]);
    rmSync(to, { recursive: true });
    const act = { act: 'end', version: 2 };
    expect((await officer.post(`/plans/${id}/acts`, act)).status).toBe(200);
    const { id: network } = ofNetwork.body as { id: string };
    expect((await secretariat.post(`/plans/${network}/acts`, { ...act, version: 1 })).status).toBe(200);
  });

  it('has the same digest as long as nothing changes, whenever it is taken', async () => {
    const first = await taken(reader);
    await instance.forward(60_000);
    const second = await taken(reader);
    expect(second.snapshot.takenAt).not.toBe(first.snapshot.takenAt);
    expect(second.snapshot.digest).toBe(first.snapshot.digest);
  });

  it('does not hold when a word in it was changed, or it is signed by another key', async () => {
    const given = await taken(reader);
    const moved = structuredClone(given);
    const channel = partyIn(moved, 'XB')?.pointsOfContact[0]?.channels[0];
    if (channel) channel.address = 'cert@xc.example';
    expect(faultOfSnapshot(moved, keys)).toBe('it is not signed by the published key');
    expect(faultOfSnapshot(given, [])).toBe('it is not signed by the published key');
  });

  it('is taken by those alone who may read in bulk', async () => {
    for (const other of [officer, await instance.officer('duty@xb.example')])
      for (const path of ['/snapshot', '/snapshot/booklet.pdf', '/snapshot/booklet.html'])
        expect([path, (await other.get(path)).status]).toEqual([path, 403]);
    expect((await instance.anyone.get('/api/v1/snapshot')).status).toBe(401);
    expect((await taken(secretariat)).snapshot.for).toBeNull();
  });

  it('prints as a booklet whose Arabic, Chinese and Cyrillic can be searched and copied', async () => {
    const { snapshot } = await taken(reader);
    const answer = await reader.get('/snapshot/booklet.pdf?lang=fr').buffer(true);
    expect([answer.status, answer.type]).toEqual([200, 'application/pdf']);
    const { text, pages } = await textOf(answer.body as Uint8Array);
    expect(pages).toBeGreaterThan(20);
    // What reads a PDF gives words that run right to left one by one.
    const wanted = [...arabicName.split(' '), chineseName, cyrillicName, 'cert@xb.example', snapshot.digest];
    wanted.push('Comment se servir de ce livret');
    expect(wanted.filter((word) => !text.includes(bare(word)))).toEqual([]);
    const page = await reader.get('/snapshot/booklet.html');
    expect(page.text.includes(arabicName)).toBe(true);
  });

  it('says on paper what a channel is for, where it is not for everything', async () => {
    const meant = (purpose: string) =>
      instance.database.rows(
        `UPDATE channels SET purpose = $1 WHERE id = (SELECT id FROM channels WHERE party_code = 'XC' ORDER BY id LIMIT 1)`,
        [purpose],
      );
    const marks = async () =>
      ((await reader.get('/snapshot/booklet.html?lang=en')).text.match(/FOR EXERCISES ONLY/g) ?? []).length;
    expect(await marks()).toBe(0);
    await meant('exercise');
    expect(await marks()).toBe(1);
    await meant('any');
  });

  it('leaves out what a party does not let others take, and never from its own', async () => {
    expect((await administrator.get('/export-consent')).body).toMatchObject({ consent: 'whole', version: 0 });
    expect((await consentsTo('nothing', 0, officer)).status).toBe(403);
    expect((await consentsTo('nothing', 0, secretariat)).status).toBe(403);
    expect((await consentsTo('nothing', 0)).body).toMatchObject({ consent: 'nothing', version: 1 });
    expect((await consentsTo('roles', 0)).status).toBe(409);
    const given = await taken(reader);
    expect(partyIn(given, 'XB')).toMatchObject({ consent: 'nothing', bodies: [], pointsOfContact: [] });
    const said = 'This party lets nothing be taken out of the directory.';
    expect((await reader.get('/snapshot/booklet.html?lang=en')).text.includes(said)).toBe(true);
    expect(partyIn(await taken(administrator), 'XB')?.pointsOfContact).toHaveLength(4);
    expect((await consentsTo('everything', 1)).body).toMatchObject({ errors: [{ pointer: '#/consent' }] });
    expect((await consentsTo('whole', 1)).body).toMatchObject({ consent: 'whole', version: 2 });
  });

  it('is written by an operator, to be verified where no network is', async () => {
    const run = await runCli(['snapshot', '--to', folder, '--party', 'XA', '--lang', 'fr'], operator());
    expect([run.code, run.output]).toEqual([0, expect.stringContaining('of 196 parties')]);
    const names = readdirSync(folder);
    expect(names).toHaveLength(2);
    expect(names.map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8))).toEqual([
      '600',
      '600',
    ]);
    const path = join(folder, names.find((name) => name.endsWith('.json')) ?? '');
    const keyPath = join(folder, 'keys.json');
    writeFileSync(keyPath, JSON.stringify({ keys }));
    const verified = await runCli(['verify', path, '--key', keyPath], {});
    expect([verified.code, verified.output]).toEqual([0, expect.stringContaining('It holds.')]);
    writeFileSync(path, readFileSync(path, 'utf8').replace('cert@xb.example', 'cert@xc.example'));
    const refused = await runCli(['verify', path, '--key', keyPath], {});
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('does not hold')]);
    const nowhere = await runCli(['snapshot', '--to', folder, '--party', 'QQ'], operator());
    expect([nowhere.code, nowhere.output]).toEqual([1, expect.stringContaining('has the code QQ')]);
  });
});
