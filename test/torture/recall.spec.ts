import { attemptsOf } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

describe('what is no longer wanted, or waits behind others', () => {
  let instance: Instance;
  let requester: Officer;

  beforeEach(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
  });
  afterEach(async () => {
    // Breaks off what hangs, which the worker would wait for.
    await instance.sink.stop();
    await instance.stop();
  });

  it('is not tried again when it was recalled while it was on the wire', async () => {
    const stalled = new Promise<void>((resolve) => (instance.sink.onStall = () => resolve()));
    instance.sink.script('cert@xb.example', { does: 'stall-in-data', times: 1 });
    const { id } = await requester.files();
    await stalled;
    expect((await requester.acts(id, { act: 'withdraw' })).status).toBe(200);
    await instance.sink.stop();
    await instance.sink.start();
    await waitUntil('it is settled', async () =>
      (await requester.deliveries(id)).some(({ kind, state }) => kind === 'request' && state === 'cancelled'),
    );
    await instance.forward(60_000);
    await waitUntil('word of the withdrawal arrives', () =>
      instance.sink.mailsTo('cert@xb.example').find(({ subject }) => subject.includes('withdrawn')),
    );
    await instance.worker?.sweep();
    const subjects = instance.sink.mailsTo('cert@xb.example').map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes('Request for assistance'))).toEqual([]);
  });

  it('leaves once, however many mails hang before it', async () => {
    const slow = ['FR', 'DE', 'KE', 'BR', 'JP'];
    for (const code of slow)
      instance.sink.script(`cert@${code.toLowerCase()}.states.example`, { does: 'stall-in-data', times: 1 });
    let hanging = 0;
    instance.sink.onStall = () => (hanging += 1);
    await requester.files({ to: slow });
    await waitUntil('five mails hang', () => hanging === slow.length);
    const { id } = await requester.files();
    await instance.sink.mailTo('cert@xb.example');
    await waitUntil('all of it is accepted', async () =>
      (await requester.deliveries(id)).every(({ state }) => state === 'accepted'),
    );
    for (const delivery of await requester.deliveries(id))
      expect(attemptsOf(delivery)).toEqual([[1, 'accepted']]);
    expect(instance.sink.mailsTo('cert@xb.example')).toHaveLength(1);
  });
});
