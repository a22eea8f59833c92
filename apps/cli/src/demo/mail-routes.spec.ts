import type { DeliveryView } from '#libs/requests';
import { faultInRoute, mailRoutes, mailTable } from './mail-routes.js';

const contact = {
  ...{ id: 'c1', party: 'XB', body: { names: { en: 'National CERT' } } },
  channels: [{ address: 'cert@xb.example' }],
};
const attempt = (number: number, outcome: string, replyCode: number) => ({
  ...{ number, outcome, replyCode },
  ...{ startedAt: '2026-03-14T22:24:00Z', endedAt: '2026-03-14T22:24:05Z' },
});
const delivery = (more: Partial<DeliveryView> = {}): DeliveryView => ({
  ...{ notice: 'n1', kind: 'request', party: 'XB', channel: 'mail', state: 'accepted' },
  pointOfContact: { id: 'c1', level: 'technical', position: 1 },
  attempts: [attempt(1, 'accepted', 250)],
  ...{ createdAt: '2026-03-14T22:24:00Z', nextAttemptAt: null, settledAt: '2026-03-14T22:24:05Z' },
  ...{ returnedAt: null, returnStatus: null },
  ...more,
});
const mail = (messageId: string, to = 'cert@xb.example') => ({
  ...{ messageId, envelope: { to: [to] }, text: '', html: '', receivedAt: '' },
  subject: 'U1 TLP:AMBER AR-2026-7K3M9Q Request for assistance',
});
const routed = (one: DeliveryView, ...mails: ReturnType<typeof mail>[]) =>
  mailRoutes([one], [contact], mails);
const faultOf = (one: DeliveryView, ...mails: ReturnType<typeof mail>[]) =>
  routed(one, ...mails).map(faultInRoute)[0];

describe('the way of a mail', () => {
  it('is told by when, which, to whom and what became of it', () => {
    const late = delivery({ attempts: [attempt(1, 'transient', 451), attempt(2, 'accepted', 250)] });
    const rows = [
      ...routed(delivery(), mail('<n1@aldis.example>')),
      ...routed(late, mail('<n1@aldis.example>')),
      ...routed(delivery({ kind: 'reminder', state: 'cancelled', attempts: [] })),
    ];
    expect(mailTable(rows, 'AR-2026-7K3M9Q', '2026-03-14T22:10:00Z')).toEqual([
      '  +0:14  Request for assistance  XB technical 1, National CERT  accepted',
      '  +0:14  Request for assistance  XB technical 1, National CERT  accepted, attempt 2',
      '  +0:14  reminder                XB technical 1, National CERT  recalled',
    ]);
  });

  it('has no fault where it leads once to the address, or was recalled before it left', () => {
    expect(faultOf(delivery(), mail('<n1@aldis.example>'), mail('<n2@aldis.example>'))).toBeUndefined();
    expect(faultOf(delivery({ state: 'cancelled' }))).toBeUndefined();
  });

  it('has a fault where it failed, came twice or not at all, or went to somebody else', () => {
    const one = mail('<n1@aldis.example>');
    expect(faultOf(delivery({ state: 'failed' }))).toMatch(/it is failed/);
    expect(faultOf(delivery())).toMatch(/0 times/);
    expect(faultOf(delivery(), one, one)).toMatch(/2 times/);
    expect(faultOf(delivery(), mail('<n1@aldis.example>', 'cert@xc.example'))).toMatch(/under its address/);
  });
});
