import { attemptsOf, copiesOf, expectOnce } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { backEnds } from '../harness/settings.js';

describe.each(backEnds)('what mail servers answer, with the queue on %s', (queue) => {
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ queue });
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  const settled = async (changes: object = {}) => {
    const { id, reference } = await requester.files(changes);
    await untilQuiet(instance);
    const seen = await requester.sees(id);
    return {
      id,
      reference,
      seen,
      acts: seen.timeline.map(({ act }) => act),
      deliveries: await requester.deliveries(id),
    };
  };
  const mailsTo = (address: string, reference: string) =>
    instance.sink.mailsTo(address).filter(({ subject }) => subject.includes(reference));

  it('a server that asks to come back later is asked again, until it takes the mail', async () => {
    instance.sink.script('cert@xb.example', { does: 'greylist', times: 2 });
    const { reference, seen, deliveries } = await settled();
    expectOnce(instance.sink, deliveries);
    expect(seen.addressees[0]?.reach).toBe('accepted');
    const [mail] = mailsTo('cert@xb.example', reference);
    const [greylisted] = deliveries.filter(({ notice }) => mail?.messageId.startsWith(`<${notice}@`));
    expect(
      greylisted?.attempts.map(({ number, outcome, replyCode }) => [number, outcome, replyCode]),
    ).toEqual([
      [1, 'transient', 451],
      [2, 'transient', 451],
      [3, 'accepted', 250],
    ]);
  });

  it('an answer that was lost after the mail was taken is unknown, and the mail is sent again under the same name', async () => {
    instance.sink.script('cert@xb.example', { does: 'drop-after-dot', times: 1 });
    const { reference, deliveries } = await settled();
    expect(deliveries.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
    const mails = mailsTo('cert@xb.example', reference);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
    const [twice] = deliveries.filter(({ notice }) => copiesOf(instance.sink, notice).length === 2);
    expect(twice && attemptsOf(twice)).toEqual([
      [1, 'unknown'],
      [2, 'accepted'],
    ]);
    expectOnce(
      instance.sink,
      deliveries.filter((delivery) => delivery !== twice),
    );
  });

  it('a refused recipient has failed at once and visibly; the others are reached', async () => {
    instance.sink.script('cert@xc.example', { does: 'refuse-recipient', times: 1 });
    const { reference, seen, acts, deliveries } = await settled({ to: ['XC'] });
    const failed = deliveries.filter(({ state }) => state === 'failed');
    expect(failed).toMatchObject([
      {
        kind: 'request',
        party: 'XC',
        attempts: [{ number: 1, outcome: 'permanent', replyCode: 550 }],
        nextAttemptAt: null,
      },
    ]);
    expectOnce(
      instance.sink,
      deliveries.filter((delivery) => delivery !== failed[0]),
    );
    expect(seen.addressees[0]).toMatchObject({ state: 'sent', reach: 'accepted' });
    expect(acts.toSorted()).toEqual(['accepted-by-relay', 'delivery-failed', 'save', 'send']);
    expect(mailsTo('cert@xc.example', reference)).toEqual([]);
  });

  it('when every point of contact is refused, the addressee is unreached and the requester is told', async () => {
    const mailboxes = ['cert', 'cert-alternate', 'diplomatic', 'cyber-policy'];
    for (const address of mailboxes.map((name) => `${name}@xc.example`))
      instance.sink.script(address, { does: 'refuse-recipient', times: 1 });
    const { reference, seen, acts, deliveries } = await settled({ to: ['XC'] });
    expect(seen.addressees[0]).toMatchObject({ state: 'sent', reach: 'unreached', acceptedByRelayAt: null });
    const refusals = Array<string>(mailboxes.length - 1).fill('delivery-failed');
    expect(acts).toEqual(['save', 'send', ...refusals, 'unreached']);
    const states = deliveries.filter(({ kind }) => kind === 'request').map(({ state }) => state);
    expect(states).toEqual(mailboxes.map(() => 'failed'));
    expectOnce(
      instance.sink,
      deliveries.filter(({ kind }) => kind !== 'request'),
    );
    for (const address of ['cert@xa.example', 'cert-alternate@xa.example', 'diplomatic@xa.example'])
      expect(mailsTo(address, reference).map(({ subject }) => subject)).toContainEqual(
        expect.stringContaining('No point of contact reached by mail'),
      );
    // What nobody was reached with can still be acknowledged by who signs in.
    const theirs = await (await instance.officer('officer@xc.example')).acts(seen.id, { act: 'acknowledge' });
    expect(theirs.body.state).toBe('acknowledged');
    await untilQuiet(instance);
  });
});
