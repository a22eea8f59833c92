import type { CallTaskItem, EntryChannelView } from '#libs/directory';
import { Keepers } from '../harness/keepers.js';
import { endByTwo, verify } from '../harness/vouching.js';

describe('another use of a telephone', () => {
  let keepers: Keepers;

  beforeAll(async () => {
    keepers = await Keepers.start();
  });
  afterAll(() => keepers.stop());

  it('is announced on it, and however often one person changes it, hides no call that says more', async () => {
    const { first, second, walled, others } = keepers;
    const id = await keepers.nominated();
    const telephone = { kind: 'telephone', address: '+41229171999' };
    const { body } = await first.post(`/points-of-contact/${id}/channels`, telephone);
    const { id: channel } = body as EntryChannelView;
    await verify(second, id);
    await walled.instance.database.rows(
      `UPDATE channels SET state = 'proven', proven_at = app.now() WHERE id = $1`,
      [channel],
    );
    const calls = async () =>
      ((await others.secretariat.get('/call-tasks')).body as { items: CallTaskItem[] }).items.filter(
        (call) => call.pointOfContact === id,
      );
    for (let changed = 0; changed < 12; changed++) {
      const { version } = (await keepers.seen(id)).channels.find((one) => one.id === channel) ?? {};
      const use = { version, purpose: changed % 2 === 0 ? 'exercise' : 'any', encryption: 'none' };
      const { status } = await first.put(`/channels/${channel}`, { ...use, expiresOn: null });
      expect([changed, status]).toEqual([changed, 200]);
    }
    expect(await calls()).toHaveLength(3);
    await endByTwo(first, second, channel);
    expect((await calls()).map(({ reason }) => reason)).toEqual(Array(4).fill('change'));
  });
});
