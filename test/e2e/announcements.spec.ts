import { personOf, type AnnouncementView } from '#libs/access';
import { environment, newId } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { startWorker } from '../../apps/worker/src/worker.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { told } from '../harness/told.js';
import { waitUntil } from '../harness/waiting.js';

const english = { text: 'Please look at your entries by March.', language: 'en' };
const french = { text: 'Veuillez vérifier vos données d’ici mars.', language: 'fr' };
const input = { title: 'Marigold review', text: [english, french], audience: 'everyone', byMail: false };

describe('announcements of the secretariat', () => {
  let instance: Instance;
  let secretariat: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    secretariat = await instance.officer('secretariat@network.example');
  });
  afterAll(() => instance.stop());

  const announced = async (changes: object = {}, key?: string) => {
    const answer = await secretariat.post('/announcements', { ...input, ...changes }, key);
    if (answer.status !== 201) throw new Error(`announcing answered ${answer.status}: ${answer.text}`);
    return answer.body as AnnouncementView;
  };
  const listed = async (by: Officer, query = '') =>
    (await by.get(`/announcements${query}`)).body as { items: AnnouncementView[]; next: string | null };
  const mailsOf = (word: string): CaughtMail[] =>
    instance.sink.mails.filter(
      ({ subject, text }) => subject.includes('Announcement') && text.includes(word),
    );
  const mailed = (id: string) =>
    waitUntil('all its mails have left', async () => {
      const [row] = await instance.database.rows<{ done: boolean }>(
        `SELECT mailed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notices
           WHERE announcement_id = a.id AND settled_at IS NULL) AS done FROM announcements a WHERE id = $1`,
        [id],
      );
      return row?.done;
    });
  const accounts = async () =>
    instance.database.rows<{ role: string; language: string }>('SELECT role, language FROM accounts');

  it('are seen by every account of the network, or by administrators and its staff alone', async () => {
    const all = await announced();
    const some = await announced({ title: 'For administrators', audience: 'administrators' });
    expect(all).toMatchObject({ title: input.title, text: input.text, readAt: null, withdrawn: null });
    const seen = async (email: string) => {
      const by = await instance.officer(email);
      const ids = (await listed(by)).items.map(({ id }) => id);
      const status = (await by.get(`/announcements/${some.id}`)).status;
      const read = (await by.post(`/announcements/${some.id}/read`)).status;
      return [ids.includes(all.id), ids.includes(some.id), status, read];
    };
    for (const name of ['administrator@xb', 'auditor@network', 'exercises@network', 'secretariat@network'])
      expect([name, await seen(`${name}.example`)]).toEqual([name, [true, true, 200, 200]]);
    for (const name of ['officer@xa', 'duty@xb', 'observer@xc'])
      expect([name, await seen(`${name}.example`)]).toEqual([name, [true, false, 404, 404]]);
    expect((await instance.anyone.get('/api/v1/announcements')).status).toBe(401);
  });

  it('are made and withdrawn by the secretariat alone, and go on its record', async () => {
    const { id } = await announced({ title: 'Tulip' });
    for (const email of ['administrator@xb.example', 'officer@xa.example', 'auditor@network.example']) {
      const other = await instance.officer(email);
      expect((await other.post('/announcements', input)).status).toBe(403);
      expect((await other.post(`/announcements/${id}/withdrawal`, { reason: english })).status).toBe(403);
    }
    await secretariat.post(`/announcements/${id}/withdrawal`, { reason: english });
    const acts = await instance.database.rows<{ act: string; party_code: string | null; chain: string }>(
      `SELECT e.act, e.party_code, l.chain FROM access_events e JOIN ledger_entries l ON l.subject_id = e.id
       WHERE e.about = $1 ORDER BY e.at`,
      [id],
    );
    const ofNetwork = { party_code: null, chain: 'network' };
    expect(acts).toEqual([
      { act: 'announced', ...ofNetwork },
      { act: 'announcement-withdrawn', ...ofNetwork },
    ]);
  });

  it('cannot carry a request, nor be without a text', async () => {
    const faults: [object, string[]][] = [
      [{ to: ['XB'], urgency: 'U1' }, ['#/to', '#/urgency']],
      [{ text: [] }, ['#/text']],
      [{ text: [english, { ...english, language: 'EN' }] }, ['#/text']],
      [{ text: [{ text: 'a', language: 'en_US' }] }, ['#/text/0/language']],
      [{ title: 'a\nb' }, ['#/title']],
      [{ audience: 'XB' }, ['#/audience']],
      [{ byMail: 'yes' }, ['#/byMail']],
      [{ corrects: 'x' }, ['#/corrects']],
      [{ corrects: '01936f3e-8c1a-4b2d-9e4f-0123456789ab' }, ['#/corrects']],
    ];
    for (const [changes, pointers] of faults)
      expect(told(await secretariat.post('/announcements', { ...input, ...changes }))).toEqual(pointers);
  });

  it('are unread until they are marked, and the secretariat learns how many did and no more', async () => {
    const { id, readBy } = await announced({ title: 'Counted' });
    expect(readBy).toEqual({ accounts: 0, parties: 0 });
    for (const email of [
      'officer@xa.example',
      'officer@xb.example',
      'duty@xb.example',
      'auditor@network.example',
    ]) {
      const reader = await instance.officer(email);
      const before = (await listed(reader)).items.find((one) => one.id === id);
      expect([before?.readAt, before?.readBy]).toEqual([null, null]);
      const read = (await reader.post(`/announcements/${id}/read`)).body as AnnouncementView;
      const again = (await reader.post(`/announcements/${id}/read`)).body as AnnouncementView;
      expect([read.readAt, again.readBy]).toEqual([again.readAt, null]);
      expect(read.readAt).not.toBeNull();
    }
    const answer = await secretariat.get(`/announcements/${id}`);
    expect(answer.body).toMatchObject({ readAt: null, readBy: { accounts: 4, parties: 2 } });
    expect(answer.text).not.toMatch(/"X[ABC]"|x[abc]\.example/);
  });

  it('stay when they are withdrawn, and name what corrects them', async () => {
    const { id } = await announced({ title: 'Wrong date' });
    const withdraw = () => secretariat.post(`/announcements/${id}/withdrawal`, { reason: french });
    const [first, second] = await Promise.all([withdraw(), withdraw()]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const right = await announced({ title: 'Right date', corrects: id });
    const reader = await instance.officer('observer@xc.example');
    expect((await reader.get(`/announcements/${id}`)).body).toMatchObject({
      ...{ title: 'Wrong date', correctedBy: right.id, withdrawn: { reason: french } },
    });
    const unknown = secretariat.post('/announcements/01936f3e-8c1a-4b2d-9e4f-0123456789ab/withdrawal', {
      reason: english,
    });
    expect((await unknown).status).toBe(404);
  });

  it('come in pages, newest first, to new accounts as well', async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const email = 'newcomer@xb.example';
    const newBody = { kind: 'agency', names: { en: 'Coast guard' } };
    await administrator.post('/invitations', { email, role: 'observer', newBody });
    await accept(await instance.sink.mailTo(email), 'N. Ewcomer');
    const newcomer = await Officer.signIn(instance.url, email, chosenPassword);
    const whole = (await listed(newcomer)).items.map(({ id }) => id);
    expect(whole).toEqual([...whole].sort().reverse());
    expect(whole.length).toBeGreaterThanOrEqual(4);
    const paged: string[] = [];
    for (let query = '?limit=2', next: string | null = ''; next !== null; query = `?limit=2&cursor=${next}`) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(newcomer, query);
      paged.push(...page.items.map(({ id }) => id));
      ({ next } = page);
    }
    expect(paged).toEqual(whole);
    for (const query of ['?limit=0', '?limit=51', '?cursor=x', '?state=open'])
      expect([query, (await newcomer.get(`/announcements${query}`)).status]).toEqual([query, 400]);
  });

  it('go by mail to each account once, in its language, and say whose they are', async () => {
    const { id } = await announced({ title: 'Hollyhock', byMail: true }, 'once');
    expect((await announced({ title: 'Hollyhock', byMail: true }, 'once')).id).toBe(id);
    await mailed(id);
    const mails = instance.sink.mails.filter(({ text }) => text.includes('Hollyhock'));
    const all = await accounts();
    expect(mails.map(({ to }) => to).sort()).toEqual([...new Set(mails.map(({ to }) => to))].sort());
    expect(mails.length).toBe(all.length);
    const inFrench = mails.filter(({ subject }) => subject.startsWith('Annonce du secrétariat'));
    expect(inFrench.length).toBe(all.filter(({ language }) => language === 'fr').length);
    for (const mail of mails) {
      const isFrench = inFrench.includes(mail);
      expect(mail.text).toContain(isFrench ? 'EXEMPLE' : 'SAMPLE');
      expect(mail.text).toContain(isFrench ? french.text : english.text);
      expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(
        isFrench ? 'Elle n’est pas une demande entre États' : 'It is not a request between States',
      );
      expect(mail.subject).not.toContain('Hollyhock');
      expect(mail.text).not.toContain('/ack/');
    }
  });

  it('are mailed to administrators and the staff alone where they are for them', async () => {
    const { id } = await announced({ title: 'Snapdragon', audience: 'administrators', byMail: true });
    await mailed(id);
    expect(
      mailsOf('Snapdragon')
        .map(({ to }) => to)
        .sort(),
    ).toEqual([
      ...['administrator@xb.example', 'auditor@network.example'],
      ...['exercises@network.example', 'secretariat@network.example'],
    ]);
  });

  it('go behind requests, and not at all once they are withdrawn', async () => {
    await instance.stopWorker();
    const { id } = await announced({ title: 'Foxglove', byMail: true });
    await instance.startWorker();
    await waitUntil('its mails are written', async () => {
      const [row] = await instance.database.rows('SELECT 1 FROM notices WHERE announcement_id = $1', [id]);
      return row;
    });
    const [priorities] = await instance.database.rows<{ theirs: number; ours: number }>(
      `SELECT min(priority) FILTER (WHERE announcement_id IS NOT NULL) AS theirs FROM notices`,
    );
    expect(priorities?.theirs).toBeGreaterThan(13);
    await instance.stopWorker();
    const late = await announced({ title: 'Larkspur', byMail: true });
    await secretariat.post(`/announcements/${late.id}/withdrawal`, { reason: english });
    await instance.startWorker();
    await mailed(id);
    await instance.worker?.sweep();
    expect(mailsOf('Larkspur')).toEqual([]);
    expect(
      await instance.database.rows('SELECT 1 FROM notices WHERE announcement_id = $1', [late.id]),
    ).toEqual([]);
  });

  it('take back what waits for the relay when they are withdrawn', async () => {
    await instance.sink.stop();
    const { id } = await announced({ title: 'Periwinkle', byMail: true });
    const states = async () =>
      (
        await instance.database.rows<{ state: string }>(
          'SELECT DISTINCT state FROM notices WHERE announcement_id = $1',
          [id],
        )
      ).map(({ state }) => state);
    await waitUntil('its mails wait', async () => (await states()).includes('pending'));
    await secretariat.post(`/announcements/${id}/withdrawal`, { reason: english });
    await waitUntil('they are taken back', async () => (await states()).join() === 'cancelled');
    await instance.sink.start();
    expect(mailsOf('Periwinkle')).toEqual([]);
  });

  it('reach each of many accounts once, however many workers write', async () => {
    const many = 250;
    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
    const key = await vault.partyKey('XC');
    const people = Array.from({ length: many }, (_, index) => {
      const id = newId();
      const person = vault.seal(key, personOf(id), { name: 'P.', email: `p${index}@xc.example` });
      return { id, person, token: `many-${index}` };
    });
    // Two who cannot be written to: one does not open, the other has no address. They stop nobody else.
    const [closed, none] = [newId(), newId()];
    people.push(
      {
        id: closed,
        person: vault.seal(key, personOf(none), { name: 'P.', email: 'p@xc.example' }),
        token: 'closed',
      },
      { id: none, person: vault.seal(key, personOf(none), { name: 'P.', email: 'p, p' }), token: 'none' },
    );
    await instance.database.rows(
      `INSERT INTO accounts (id, party_code, body_id, traffic, role, language, sign_in_token, person, password_hash, created_at)
       SELECT p.id, a.party_code, a.body_id, a.traffic, 'observer', 'en', p.token, p.person, a.password_hash, app.now()
       FROM jsonb_to_recordset($1) AS p (id uuid, person jsonb, token text),
         (SELECT * FROM accounts WHERE party_code = 'XC' LIMIT 1) a`,
      [JSON.stringify(people)],
    );
    const other = await startWorker(environment.worker(instance.env));
    const { id } = await announced({ title: 'Cornflower', byMail: true });
    await mailed(id).finally(() => other.close());
    const told = mailsOf('Cornflower')
      .map(({ to }) => to)
      .filter((to) => /^p\d+@/.test(to));
    expect([told.length, new Set(told).size]).toEqual([many, many]);
    const toNobody = mailsOf('Cornflower').filter(({ to }) => !/^[\w.-]+@[\w.-]+$/.test(to));
    expect(toNobody).toEqual([]);
  });

  it('leave a record that verifies, mails to nobody of a party included', async () => {
    await waitUntil('all is in the journal', async () => {
      const rows = await instance.database.rows('SELECT 1 FROM journal_entries WHERE batch_id IS NULL');
      return rows.length === 0;
    });
    const entries = await instance.database.rows('SELECT 1 FROM journal_entries WHERE party_code IS NULL');
    expect(entries.length).toBeGreaterThan(3);
    const { ledger } = instance.database.urls;
    const { code, output } = await runCli(['verify', 'ledger'], { DATABASE_URL_LEDGER: ledger });
    expect([code, output]).toEqual([0, expect.stringContaining('Nothing was changed')]);
  });

  it('are forgotten after thirty days as to where they were mailed', async () => {
    const recipients = async () =>
      (
        await instance.database.rows<{ erased: boolean }>(
          `SELECT DISTINCT recipient ->> 'key_id' = 'erased' AS erased FROM notices WHERE announcement_id IS NOT NULL`,
        )
      ).map(({ erased }) => erased);
    await waitUntil('all have gone out', async () => {
      const rows = await instance.database.rows(
        'SELECT 1 FROM notices WHERE announcement_id IS NOT NULL AND settled_at IS NULL',
      );
      return rows.length === 0;
    });
    await instance.worker?.sweep();
    expect(await recipients()).toEqual([false]);
    await instance.forward(31 * 86_400_000);
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
    expect(await recipients()).toEqual([true]);
  });
});
