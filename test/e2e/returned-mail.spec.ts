import type { EntryView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { KeyKeepers } from '../harness/key-keepers.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { bring, reportOf } from '../harness/returning.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { addByTwo } from '../harness/vouching.js';
import { freePort, waitUntil } from '../harness/waiting.js';

const gone = { action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 no such user' };

describe('a mail that a relay took and that came back', () => {
  let keepers: KeyKeepers;
  let instance: Instance;
  let requester: Officer;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const env = { RETURN_ADDRESS: 'returns@aldis.example', RETURN_PORT: String(port) };
    keepers = await KeyKeepers.start({ env });
    ({ instance, officer: requester } = keepers);
  });
  afterAll(() => keepers.stop());

  const returns = async (mail: CaughtMail, said: Parameters<typeof reportOf>[1] = gone, from = '') =>
    bring(port, mail.from, reportOf(mail, said), from);
  const filed = async (to: string) => {
    const { id, reference } = await requester.files({ to: [to] });
    await untilQuiet(instance);
    const mailTo = (address: string) => instance.sink.mailWith(address, reference);
    const deliveryOf = async ({ messageId }: CaughtMail) =>
      (await requester.deliveries(id)).find(({ notice }) => messageId.startsWith(`<${notice}@`));
    const acts = async () => (await requester.sees(id)).timeline.map(({ act }) => act);
    return { id, reference, mailTo, deliveryOf, acts };
  };
  /** The channels of a mailbox's entry, as those see them who would write there. */
  const channelsOf = async (mail: CaughtMail) => {
    const [found] = await instance.database.rows<{ id: string }>(
      `SELECT coalesce(n.point_of_contact_id, c.point_of_contact_id) AS id FROM notices n
       LEFT JOIN channels c ON c.id = n.channel_id WHERE n.id = $1`,
      [mail.messageId.slice(1, mail.messageId.indexOf('@'))],
    );
    const { body } = await requester.get(`/points-of-contact/${found?.id}`);
    return (body as EntryView).channels;
  };

  it('has failed, its mailbox is in doubt at once, and the alternate is told', async () => {
    const { id, mailTo, deliveryOf, acts } = await filed('XB');
    const mail = await mailTo('cert@xb.example');
    expect(await deliveryOf(mail)).toMatchObject({ state: 'accepted', returnedAt: null, returnStatus: null });
    expect(await channelsOf(mail)).toMatchObject([{ state: 'proven' }]);
    expect(await returns(mail)).toMatch(/^250 /);
    const returned = await deliveryOf(mail);
    expect(returned).toMatchObject({ state: 'failed', returnStatus: '5.1.1', nextAttemptAt: null });
    expect(returned?.attempts).toMatchObject([{ number: 1, outcome: 'accepted', replyCode: 250 }]);
    expect(returned?.returnedAt).toBe(returned?.settledAt);
    expect(await channelsOf(mail)).toMatchObject([{ state: 'suspect' }]);
    expect((await acts()).filter((act) => act === 'delivery-failed')).toHaveLength(1);
    const told = await mailTo('cert-alternate@xb.example');
    await untilQuiet(instance);
    expect((await requester.sees(id)).addressees[0]).toMatchObject({ state: 'sent', reach: 'accepted' });
    expect(await deliveryOf(told)).toMatchObject({ kind: 'request', state: 'accepted' });
    // Those who keep the entry are told, as of any mailbox in doubt.
    await instance.sink.mailTo('administrator@xb.example');
  });

  it('counts once, however often its report is brought', async () => {
    const { id, mailTo, acts } = await filed('XC');
    const mail = await mailTo('cert@xc.example');
    await Promise.all([1, 2, 3].map(() => returns(mail)));
    await untilQuiet(instance);
    expect((await acts()).filter((act) => act === 'delivery-failed')).toHaveLength(1);
    const toAddressee = (await requester.deliveries(id)).filter(({ party }) => party === 'XC');
    expect(toAddressee.map(({ state }) => state).sort()).toEqual(['accepted', 'failed']);
  });

  it('leaves its addressee unreached when all of them come back, and the requester is told', async () => {
    const { id, reference, acts } = await filed('XC');
    const sent = () =>
      instance.sink.mails.filter(
        ({ to, subject }) => to.endsWith('@xc.example') && subject.includes(reference),
      );
    for (let count = 1; count <= 4; count++) {
      const mail = await waitUntil(`mail ${count} to XC`, () => sent()[count - 1]);
      await untilQuiet(instance);
      expect(await returns(mail)).toMatch(/^250 /);
    }
    await untilQuiet(instance);
    expect((await requester.sees(id)).addressees[0]).toMatchObject({ state: 'sent', reach: 'unreached' });
    expect((await acts()).slice(-1)).toEqual(['unreached']);
    await instance.sink.mailWith('cert@xa.example', 'No point of contact reached by mail');
  });

  it('leaves a line reached that somebody of the addressee has read', async () => {
    const { id, reference, acts } = await filed('XC');
    const sent = () =>
      instance.sink.mails.filter(
        ({ to, subject }) => to.endsWith('@xc.example') && subject.includes(reference),
      );
    const before = sent();
    expect((await (await instance.officer('officer@xc.example')).sees(id)).state).toBe('sent');
    for (const mail of before) expect(await returns(mail)).toMatch(/^250 /);
    await untilQuiet(instance);
    expect((await requester.sees(id)).addressees[0]).toMatchObject({ state: 'sent', reach: 'viewed' });
    expect((await acts()).slice(-before.length)).toEqual(before.map(() => 'delivery-failed'));
    expect([before.length > 0, sent().length]).toEqual([true, before.length]);
  });

  it('that is about no request doubts its mailbox too', async () => {
    const { entry, address } = await keepers.contact();
    const { administrator, second } = keepers;
    await addByTwo(administrator, second, entry, { kind: 'mail', address: 'other@xb.example' });
    const mail = await instance.sink.mailWith(address, 'Change at the point of contact');
    await untilQuiet(instance);
    expect(await returns(mail, { action: 'failed', status: '4.4.7' })).toMatch(/^250 /);
    const { channels } = (await administrator.get(`/points-of-contact/${entry}`)).body as EntryView;
    expect(channels.map(({ address, state }) => [address, state])).toEqual([
      [address, 'suspect'],
      ['other@xb.example', 'unproven'],
    ]);
  });

  it('for a reason of its own leaves its mailbox proven', async () => {
    const { mailTo, deliveryOf } = await filed('FR');
    const mail = await mailTo('cert@fr.states.example');
    await returns(mail, { action: 'failed', status: '5.2.2' });
    expect(await deliveryOf(mail)).toMatchObject({ state: 'failed', returnStatus: '5.2.2' });
    expect(await channelsOf(mail)).toMatchObject([{ state: 'proven' }]);
  });

  describe('changes nothing', () => {
    let mail: CaughtMail;
    let unchanged: () => Promise<void>;

    beforeAll(async () => {
      const { mailTo, deliveryOf } = await filed('IT');
      mail = await mailTo('cert@it.states.example');
      unchanged = async () => {
        expect(await deliveryOf(mail)).toMatchObject({ state: 'accepted', returnedAt: null });
        expect(await channelsOf(mail)).toMatchObject([{ state: 'proven' }]);
      };
    });

    it('when it is only late', async () => {
      expect(await returns(mail, { action: 'delayed', status: '4.4.1' })).toMatch(/^250 /);
      await unchanged();
    });

    it('when a person, or a machine that answers, has sent it', async () => {
      expect(await returns(mail, gone, 'someone@elsewhere.example')).toMatch(/^250 /);
      const away = 'From: duty@elsewhere.example\r\nSubject: Out of office\r\n\r\nAction: failed\r\n';
      expect(await bring(port, mail.from, away)).toMatch(/^250 /);
      await unchanged();
    });

    it('when its address is one that was never given out: that does not exist', async () => {
      const [name, domain] = mail.from.split('@') as [string, string];
      const forged = `${name.slice(0, -1)}${name.endsWith('0') ? '1' : '0'}@${domain}`;
      for (const to of [forged, 'returns@aldis.example', 'someone@elsewhere.example'])
        expect(await bring(port, to, reportOf(mail, gone))).toMatch(/^550 5\.1\.1 /);
      await unchanged();
    });

    it('while it is being sent again: the relay brings it later', async () => {
      const id = mail.messageId.slice(1, mail.messageId.indexOf('@'));
      const holding = `UPDATE notices SET state = 'sending', settled_at = NULL, sending_until = app.now() + interval '1 hour' WHERE id = $1`;
      await instance.database.rows(holding, [id]);
      expect(await returns(mail)).toMatch(/^451 4\.3\.0 /);
      const over = `UPDATE notices SET state = 'accepted', settled_at = app.now(), sending_until = NULL WHERE id = $1`;
      await instance.database.rows(over, [id]);
      await unchanged();
    });

    it('while the database takes nothing: the relay brings it later', async () => {
      await instance.database.rows('ALTER TABLE notices RENAME TO notices_away');
      const reply = await returns(mail);
      await instance.database.rows('ALTER TABLE notices_away RENAME TO notices');
      expect(reply).toMatch(/^451 4\.3\.0 /);
      await unchanged();
    });

    it('when a month is over', async () => {
      await instance.forward(31 * 86_400_000);
      requester = await instance.officer('officer@xa.example');
      expect(await returns(mail)).toMatch(/^250 /);
      await unchanged();
    });
  });
});
