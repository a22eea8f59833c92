import type { EntryChannelView, EntryView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';
import { Walled } from '../harness/walled.js';

describe('channels', () => {
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let officer: Officer;
  let foreign: Officer;
  let primary: EntryView;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    [administrator, officer, foreign] = (await Promise.all(
      ['administrator@xb', 'officer@xb', 'officer@xa'].map((name) => instance.officer(`${name}.example`)),
    )) as [Officer, Officer, Officer];
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    primary = items.find(({ level, position }) => level === 'technical' && position === 1) as EntryView;
  });
  afterAll(() => walled.stop());

  const channelOf = async (entry: string, id: string, by: Officer) =>
    ((await by.get(`/points-of-contact/${entry}`)).body as EntryView).channels.find((one) => one.id === id);
  const mailbox = () => primary.channels.find(({ kind }) => kind === 'mail') as EntryChannelView;

  it('learn of an acknowledgement by a link, and of one in the application where one mailbox carried the notice', async () => {
    const reach = async () => (await channelOf(primary.id, mailbox().id, foreign))?.reach;
    // Two requests were acknowledged before by the link of one mail each.
    const acknowledged = await instance.database.rows<{ evidence: string }>(
      `SELECT evidence_id AS evidence FROM channel_checks WHERE channel_id = $1 AND kind = 'acknowledgement'`,
      [mailbox().id],
    );
    expect(acknowledged).toHaveLength(1);
    const before = await reach();
    expect(before).toMatchObject({ how: 'acknowledgement', daysAgo: 0, failedAt: null });
    const told = async (id: string) =>
      waitUntil('all notices are accepted', async () => {
        const rows = await instance.database.rows<{ state: string; entry: string }>(
          `SELECT state, point_of_contact_id AS entry FROM notices WHERE request_id = $1 AND party_code = 'XB'`,
          [id],
        );
        return rows.every(({ state }) => state === 'accepted') ? rows.map(({ entry }) => entry) : undefined;
      });
    const several = await foreign.files();
    expect((await told(several.id)).length).toBeGreaterThan(1);
    await officer.acts(several.id, { act: 'acknowledge' });
    expect((await reach())?.checks).toBe(before?.checks);
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    for (const { id, level, version, state } of items)
      if (level === 'technical' && id !== primary.id && ['verified', 'active'].includes(state))
        await administrator.post(`/points-of-contact/${id}/acts`, { act: 'suspend', version });
    const one = await foreign.files();
    expect(await told(one.id)).toEqual([primary.id]);
    await instance.database.rows(
      `UPDATE channels SET state = 'suspect', suspect_since = app.now() WHERE point_of_contact_id = $1 AND state = 'proven'`,
      [primary.id],
    );
    await instance.database.rows(`UPDATE points_of_contact SET state = 'verified' WHERE id = $1`, [
      primary.id,
    ]);
    const standing = async () => (await foreign.get(`/points-of-contact/${primary.id}`)).body as EntryView;
    expect((await standing()).state).toBe('verified');
    await officer.acts(one.id, { act: 'acknowledge' });
    expect((await reach())?.checks).toBe((before?.checks ?? 0) + 1);
    const { state, channels } = await standing();
    expect([state, channels.filter((each) => each.state === 'proven').map(({ id }) => id)]).toEqual([
      ...['active', [mailbox().id]],
    ]);
  });
});
