import type { EntryChannelView, EntryView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { Walled } from '../harness/walled.js';

describe('calls that fail', () => {
  let walled: Walled;
  let instance: Instance;
  let entry: string;
  let channel: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    // Nobody has to be called for it: only its kind matters here.
    const [made] = await instance.database.rows<{ id: string; entry: string }>(
      `UPDATE channels SET kind = 'telephone' WHERE party_code = 'XB' AND state = 'proven' AND point_of_contact_id =
         (SELECT id FROM points_of_contact WHERE party_code = 'XB' AND level = 'policy' LIMIT 1)
       RETURNING id, point_of_contact_id AS entry`,
    );
    ({ id: channel = '', entry = '' } = made ?? { id: '', entry: '' });
  });
  afterAll(() => walled.stop());

  const calls = async (by: Officer, outcome: string) => {
    const { body } = await by.post('/call-tasks', { channel, reason: 'check' });
    const { id } = body as { id: string };
    expect((await by.post(`/call-tasks/${id}/take`)).status).toBe(200);
    expect((await by.post(`/call-tasks/${id}/outcome`, { outcome })).status).toBe(200);
  };
  /** Whoever watches channels does so when it starts, and then at intervals of real time. */
  const looked = async (by: Officer): Promise<EntryChannelView | undefined> => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.worker?.sweep();
    const { channels } = (await by.get(`/points-of-contact/${entry}`)).body as EntryView;
    return channels.find(({ id }) => id === channel);
  };

  it('of one other party count once and doubt nothing; those of two doubt a channel', async () => {
    const foreign = await instance.officer('officer@xa.example');
    for (const outcome of ['wrong-number', 'refused', 'no-answer']) await calls(foreign, outcome);
    expect(await looked(foreign)).toMatchObject({ state: 'proven', reach: { checks: 1, answered: 0 } });
    await calls(await instance.officer('officer@xc.example'), 'wrong-number');
    expect(await looked(foreign)).toMatchObject({ state: 'suspect', reach: { checks: 2, answered: 0 } });
  });
});
