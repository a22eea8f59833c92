import { entryFields, type EntryView, type RouteView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, Walled } from '../harness/walled.js';

const day = 86_400_000;
const mailbox = 'diplomatic@xb.example';
const keeper = 'administrator@xb.example';

describe('what will be due of an entry', () => {
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let officer: Officer;
  let entry: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    await signIn();
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    entry = items.find(({ level }) => level === 'diplomatic')?.id ?? '';
    // Nobody is told but the owner of this entry, so that the world has no other mails to send.
    await instance.database.rows(
      `UPDATE points_of_contact SET verified_at = app.now() + interval '3 years' WHERE id <> $1`,
      [entry],
    );
  });
  afterAll(() => walled.stop());

  const signIn = async () => {
    administrator = await instance.officer(keeper);
    officer = await instance.officer('officer@xa.example');
  };
  const passes = async (days: number) => {
    await instance.forward(days * day);
    await signIn();
  };
  /** Whoever looks after entries does so when it starts, and then at intervals of real time. */
  const caredFor = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
  };
  const seen = async (by = officer) => (await by.get(`/points-of-contact/${entry}`)).body as EntryView;
  const dayAhead = async (days: number): Promise<string> => {
    const [row] = await instance.database.rows<{ date: string }>(
      `SELECT ((app.now() AT TIME ZONE 'UTC')::date + $1::int)::text AS date`,
      [days],
    );
    return row?.date ?? '';
  };
  const mailsTo = (to: string, subject: RegExp) =>
    instance.sink.mailsTo(to).filter((mail) => subject.test(mail.subject));
  const counts = (subject: RegExp) => [mailbox, keeper].map((to) => mailsTo(to, subject).length);
  const told = async (subject: RegExp, times: number[]) =>
    waitUntil(`${String(subject)} is told ${times.join(' and ')} times`, () =>
      counts(subject).every((count, at) => count === times[at]) ? true : undefined,
    );

  it('is told of the last day of a channel 30 and 7 days before and once it is past, each time once', async () => {
    const [soon, past] = [/last day of a channel in the directory comes soon/, /last day .* is past/];
    const lasts = async (days: number) => {
      const [channel] = (await seen(administrator)).channels;
      const expiresOn = await dayAhead(days);
      const use = { version: channel?.version, expiresOn };
      expect((await administrator.put(`/channels/${channel?.id}`, use)).status).toBe(200);
      return expiresOn;
    };
    const lastDay = await lasts(40);
    await caredFor();
    expect([counts(soon), (await seen()).channels[0]?.warning]).toEqual([[0, 0], null]);
    await passes(11);
    await caredFor();
    await told(soon, [1, 1]);
    await caredFor();
    expect(counts(soon)).toEqual([1, 1]);
    const mail = mailsTo(keeper, soon)[0]?.text ?? '';
    expect(mail).toMatch(new RegExp(`until ${lastDay}[^]*Mail d•••c@xb.example`));
    expect(mail).not.toContain(mailbox);

    const warning = `The channel is good until ${lastDay} only.`;
    expect((await seen()).channels[0]).toMatchObject({ expiresOn: lastDay, warning });
    const listed = (await officer.get('/points-of-contact?party=XB&level=diplomatic')).body as {
      items: EntryView[];
    };
    expect(listed.items[0]?.channels[0]).toMatchObject({ expiresOn: lastDay, warning });
    const { steps } = (await officer.get('/routes?party=XB&level=diplomatic')).body as RouteView;
    expect(steps.map(({ channel }) => channel?.warning)).toContain(warning);

    await passes(23);
    await caredFor();
    await told(soon, [2, 2]);
    await passes(8);
    await caredFor();
    // Nothing is sent to the mailbox that is over.
    await told(past, [0, 1]);
    expect((await seen()).channels[0]?.warning).toMatch(/^The channel was good until/);
    await lasts(20);
    await caredFor();
    await told(soon, [3, 3]);
    expect([counts(past), (await seen()).channels[0]?.warning]).toEqual([[0, 1], expect.any(String)]);
    await lasts(4000);
    expect((await seen()).channels[0]?.warning).toBe(null);
  });

  it('is told 30 and 7 days before the entry is to be gone through, until it has been', async () => {
    const soon = /To be gone through soon/;
    const goneThrough = async () => {
      const { version } = await seen(administrator);
      const whole = { pointOfContact: entry, version, fields: [...entryFields] };
      expect((await administrator.post('/confirmations', whole)).status).toBe(200);
    };
    await goneThrough();
    await passes(334);
    await caredFor();
    expect(counts(soon)).toEqual([0, 0]);
    await passes(2);
    await caredFor();
    await told(soon, [1, 1]);
    await passes(24);
    await caredFor();
    await told(soon, [2, 2]);
    expect(mailsTo(keeper, soon)[1]?.text).toMatch(/due by\s+\d{4}-\d\d-\d\d[^]*\/api\/v1\/confirmations/);
    await goneThrough();
    await passes(10);
    await caredFor();
    expect(counts(soon)).toEqual([2, 2]);
  });

  it('is not told when it was seen to before the mails have left', async () => {
    await passes(330);
    await instance.sink.stop();
    await caredFor();
    const states = async () =>
      (
        await instance.database.rows<{ state: string }>(
          "SELECT DISTINCT state FROM notices WHERE wanted_for = $1 AND settled_at >= app.now() - interval '1 hour'",
          [`ahead:${entry}`],
        )
      ).map(({ state }) => state);
    await waitUntil('a warning waits', async () => {
      const [row] = await instance.database.rows<{ waiting: number }>(
        'SELECT count(*)::int AS waiting FROM notices WHERE wanted_for = $1 AND settled_at IS NULL',
        [`ahead:${entry}`],
      );
      return row?.waiting === 2;
    });
    const { version } = await seen(administrator);
    const whole = { pointOfContact: entry, version, fields: [...entryFields] };
    expect((await administrator.post('/confirmations', whole)).status).toBe(200);
    expect(await states()).toEqual(['cancelled']);
    await instance.sink.start();
  });

  it('is told to the administrators where no mailbox could be asked to confirm, before and when that is due', async () => {
    const [soon, past] = [/To be confirmed soon/, /^\[?.*Not confirmed/];
    const mailboxes = (set: string) =>
      instance.database.rows(`UPDATE channels SET ${set} WHERE point_of_contact_id = $1`, [entry]);
    await passes(82);
    await caredFor();
    expect([counts(soon), counts(past)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    await mailboxes(`state = 'suspect', suspect_since = app.now()`);
    await passes(2);
    await caredFor();
    await told(soon, [0, 1]);
    await passes(6);
    await caredFor();
    await told(past, [0, 1]);
    await caredFor();
    expect([counts(soon), counts(past), (await seen(administrator)).state]).toEqual([
      [0, 1],
      [0, 1],
      'stale',
    ]);
    expect(mailsTo(keeper, past)[0]?.text).toMatch(/due by\s+\d{4}-\d\d-\d\d[^]*\/api\/v1\/confirmations/);
    await mailboxes(`state = 'proven', suspect_since = NULL`);
  });

  it('stands behind walls: who keeps an entry is told to the worker for a warning that is open, and to nobody else', async () => {
    const { api, callers } = walled;
    const working = { actor: 'worker', purpose: 'sweep' };
    const [written] = await instance.database.rows<{ id: string }>('SELECT id FROM ahead_warnings LIMIT 1');
    const keepers = `SELECT * FROM app.administrators_to_warn('${written?.id}')`;
    expect(await callers.worker.outcome(keepers, working)).toBe(0);
    expect(await api.outcome(keepers, walled.of('XB', 'cert'))).toBe(refused);
    expect(await api.outcome('SELECT FROM ahead_warnings', walled.of('XB', 'cert'))).toBe(refused);
    expect(await callers.worker.outcome('UPDATE ahead_warnings SET days = 0', working)).toBe(refused);
  });
});
