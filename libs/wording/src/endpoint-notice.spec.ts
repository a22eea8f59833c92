import { endpointNotice, shortNotice, withoutContent } from './endpoint-notice.js';
import { acknowledgedMail, actMail, reminderMail, requestMail, type RequestFacts } from './request-mails.js';

const facts = (changes: Partial<RequestFacts> = {}): RequestFacts => ({
  ...{ language: 'en', instance: 'sample', traffic: 'exercise', reference: 'AR-2026-00001', urgency: 'U1' },
  ...{ tlp: 'GREEN', from: 'State A', to: 'State B', sentAt: new Date('2026-07-01T04:00Z') },
  publicUrl: 'https://aldis.example',
  sentence: { text: 'CANARY one', language: 'en' },
  text: { text: 'CANARY two', language: 'en' },
  sections: [{ title: 'CANARY three', level: 2, entries: [] }],
  ...changes,
});
const about = { kind: 'request', requester: 'XA' };
const slot = {
  link: `https://aldis.example/ack/${'A'.repeat(43)}`,
  code: '481920',
  expiresAt: new Date('2026-07-08T04:00Z'),
};

describe('what a machine is told of a request', () => {
  it('is that there is one, how urgent, of whom, and the fixed sentences', () => {
    const { notice } = endpointNotice(requestMail(withoutContent(facts())), facts(), about);
    expect(notice).toMatchObject({
      ...{ kind: 'request', reference: 'AR-2026-00001', urgency: 'U1', tlp: 'TLP:GREEN' },
      ...{
        traffic: 'exercise',
        marking: 'EXERCISE',
        sample: true,
        requester: 'XA',
        requesterName: 'State A',
      },
      subject: '[EXERCISE] U1 TLP:GREEN AR-2026-00001 Request for assistance',
    });
    expect(notice.sentences.map(({ id }) => id)).toEqual([
      ...['fs.exercise', null, null, 'fs.ack.request', 'fs.assist.no-result'],
    ]);
  });

  it('is never its content, whatever it was composed from', () => {
    const said = { text: 'CANARY four', language: 'en' };
    const acknowledgement = { acknowledgedAt: new Date(0), byName: 'CANARY five', selfStated: true };
    for (const mail of [
      requestMail(facts()),
      reminderMail(facts()),
      actMail({ ...facts(), act: 'determine', said, answer: 'CANARY six', named: 'CANARY seven' }),
      acknowledgedMail({ ...facts(), ...acknowledgement, said }),
    ]) {
      const text = endpointNotice(mail, facts(), about);
      expect(JSON.stringify(text) + shortNotice(text, slot)).not.toContain('CANARY');
    }
    expect(JSON.stringify(withoutContent(facts({ neededBy: new Date(0) })))).not.toMatch(/CANARY|neededBy/);
  });

  it.each(['en', 'fr'] as const)(
    'is short for a gateway, and in characters of every network: %s',
    (language) => {
      const real = facts({ language, instance: 'real' });
      const text = shortNotice(endpointNotice(reminderMail(real), real, about), slot);
      expect(text).toMatch(/^\[EXERCISE\] U1 TLP:GREEN AR-2026-00001 .* XA\. .*: https:\S+ 481 920$/);
      expect(text).toMatch(/^[ -_a-z~éèùìòàÉ]+$/);
      expect(text.length).toBeLessThanOrEqual(306);
    },
  );

  it('says where to sign in where there is nothing to acknowledge, and that it is a sample', () => {
    const words = facts({ language: 'fr', traffic: 'actual' });
    const text = endpointNotice(actMail({ ...words, act: 'ask' }), words, { ...about, kind: 'ask' });
    expect(text.notice.marking).toBeNull();
    expect(shortNotice(text, undefined)).toMatch(/^U1 .* FICTIF\. De XA\. .* https:\/\/aldis\.example$/);
  });
});
