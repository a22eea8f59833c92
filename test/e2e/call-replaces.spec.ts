import type { CallTaskView, EntryChangeView, EntryChannelView, EntryView } from '#libs/directory';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { addByTwo, verify } from '../harness/vouching.js';
import { Walled } from '../harness/walled.js';

describe('a call to a channel that replaces another one', () => {
  let walled: Walled;
  let [administrator, second, duty] = [] as unknown as [Officer, Officer, Officer];

  beforeAll(async () => {
    walled = await Walled.start();
    const { instance, bodies } = walled;
    administrator = await instance.officer('administrator@xb.example');
    duty = await instance.officer('duty@xb.example');
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    second = await Officer.signIn(instance.url, email, chosenPassword);
  });
  afterAll(() => walled.stop());

  const channelOf = async (entry: string, id: string): Promise<EntryChannelView | undefined> =>
    ((await administrator.get(`/points-of-contact/${entry}`)).body as EntryView).channels.find(
      (one) => one.id === id,
    );

  it('proves it, made by another than who proposed it, and ends the old one by that', async () => {
    const contact = { body: walled.bodies['XB cert'], level: 'technical', roleNames: { en: 'Watch' } };
    const nominated = { ...contact, languages: ['en'], zone: 'Etc/UTC' };
    const { id: entry } = (await administrator.post('/points-of-contact', nominated)).body as EntryView;
    expect((await verify(second, entry)).body).toMatchObject({ state: 'verified' });
    const telephone = { kind: 'telephone', address: '+41229171235' };
    const old = await addByTwo(administrator, second, entry, telephone);
    const { database } = walled.instance;
    await database.rows(`UPDATE channels SET state = 'proven', proven_at = app.now() WHERE id = $1`, [
      old.id,
    ]);
    const newChannel = { kind: 'telephone', address: '+41229171236' };
    const replace = { kind: 'replace-channel', channel: old.id, newChannel };
    const { body: change } = await administrator.post(`/points-of-contact/${entry}/changes`, replace);
    const { id, newChannelId } = change as EntryChangeView;
    await second.post(`/entry-changes/${id}/acts`, { act: 'confirm' });
    const wanted = { channel: newChannelId, reason: 'proof' };
    const task = `/call-tasks/${((await second.post('/call-tasks', wanted)).body as CallTaskView).id}`;
    expect((await administrator.post(`${task}/take`)).status).toBe(403);
    const { code } = (await second.post(`${task}/take`)).body as CallTaskView;
    expect((await duty.post(`${task}/heard`, { code })).status).toBe(200);
    expect((await channelOf(entry, old.id))?.state).toBe('proven');
    expect((await second.post(`${task}/outcome`, { outcome: 'answered' })).status).toBe(200);
    expect((await channelOf(entry, old.id))?.state).toBe('ended');
    const place = { state: 'proven', position: old.position };
    expect(await channelOf(entry, newChannelId ?? '')).toMatchObject(place);
    expect((await administrator.get(`/entry-changes/${id}`)).body).toMatchObject({ state: 'done' });
    const record = await database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about IN ($1, $2) ORDER BY at, id`,
      [old.id, newChannelId],
    );
    expect(record.map(({ act }) => act)).toEqual([
      ...['channel-added', 'channel-added', 'channel-proven', 'channel-ended'],
    ]);
  });
});
