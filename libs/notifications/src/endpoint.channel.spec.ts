import { OutgoingCallError } from '#libs/runtime';
import { SigningKeys } from '#libs/vault';
import { isEndpointAddress } from './endpoint-address.js';
import { EndpointChannel, outcomeOfReply, type OutgoingNotice } from './endpoint.channel.js';

const keys = SigningKeys.fromEnvironment({ LEDGER_KEY: `s1:${Buffer.alloc(32, 7).toString('base64')}` });
const at = new Date('2026-07-01T12:00:00Z');
const notice: OutgoingNotice = {
  ...{ id: 'n1', kind: 'webhook', to: 'https://hooks.xb.example/', writtenAt: at, at },
  text: {
    language: 'en',
    notice: {
      ...{ kind: 'request', reference: 'AR-1', urgency: 'U1', tlp: 'TLP:RED', traffic: 'test' },
      ...{ marking: 'TEST', sample: false, requester: 'XA', requesterName: 'State A', subject: '[TEST] U1' },
      ...{ sentences: [], url: 'https://aldis.example' },
    },
    short: '[TEST] U1. From XA.',
  },
  acknowledge: { link: 'https://aldis.example/ack/t', code: '123456', expiresAt: at },
};

describe('a reply of an endpoint', () => {
  it.each([
    ['a yes', { status: 204 }, 'accepted', 204],
    ['gone for good', { status: 410 }, 'permanent', 410],
    ['elsewhere, where nobody follows', { status: 302 }, 'permanent', 302],
    ['too many', { status: 429 }, 'transient', 429],
    ['out of order', { status: 503 }, 'transient', 503],
    ['nobody of that name', { fault: 'name' }, 'transient', null],
    ['no answer in time: it may have arrived', { fault: 'time' }, 'unknown', null],
    ['a place that is never called, which refused nothing', { fault: 'place' }, 'permanent', null],
  ] as const)('%s', (_what, reply, outcome, replyCode) => {
    expect(outcomeOfReply(reply)).toEqual({ outcome, replyCode });
  });
});

describe('a notice to an endpoint', () => {
  const sent = async (changes: Partial<OutgoingNotice> = {}) => {
    const calls: { url: string; body: Record<string, unknown> }[] = [];
    const channel = new EndpointChannel(
      {
        fetch: (url, ask) => {
          calls.push({ url, body: JSON.parse(String(ask?.body)) as Record<string, unknown> });
          return Promise.resolve(new Response(null, { status: 202 }));
        },
      },
      keys,
    );
    return { ...(await channel.send({ ...notice, ...changes })), calls };
  };

  it('is its facts for a webhook, with the link where it can acknowledge', async () => {
    const { outcome, calls } = await sent();
    expect(outcome).toBe('accepted');
    expect(calls).toMatchObject([
      {
        url: 'https://hooks.xb.example/',
        body: {
          ...{ type: 'aldis.notice', kind: 'request', marking: 'TEST', language: 'en', id: 'n1' },
          acknowledge: { link: 'https://aldis.example/ack/t', code: '123456' },
        },
      },
    ]);
    expect((await sent({ acknowledge: undefined })).calls[0]?.body).not.toHaveProperty('acknowledge');
  });

  it('is a short text and a number for a gateway', async () => {
    const { calls } = await sent({ kind: 'gateway', to: 'https://sms.xb.example/send +41229179999' });
    expect(calls).toEqual([
      {
        url: 'https://sms.xb.example/send',
        body: {
          ...{ type: 'aldis.text', to: '+41229179999', language: 'en', traffic: 'test', id: 'n1' },
          text: '[TEST] U1. From XA. Acknowledge receipt: https://aldis.example/ack/t 123 456',
          sentAt: at.toISOString(),
        },
      },
    ]);
  });

  it('goes nowhere by an address that is none of its kind', async () => {
    for (const to of [
      'http://hooks.xb.example/',
      'https://sms.xb.example/ +41229179999',
      'cert@xb.example',
      '',
    ])
      expect(await sent({ to })).toEqual({ outcome: 'permanent', replyCode: null, calls: [] });
    expect(isEndpointAddress('gateway', 'https://sms.xb.example/')).toBe(false);
  });

  it('has an outcome where the call brings nothing', async () => {
    const channel = new EndpointChannel(
      { fetch: () => Promise.reject(new OutgoingCallError('silence')) },
      keys,
    );
    expect(await channel.send(notice)).toEqual({ outcome: 'unknown', replyCode: null });
  });
});
