import { mayNotShare, type Recipient } from './sharing.js';

const sent = { sent: true, tlp: 'AMBER' };
const body: Recipient = { kind: 'body', sees: false };
const account = { kind: 'account', sees: false, ended: false, reads: true } as const;

describe('sharing within the party', () => {
  it.each(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT'])('opens TLP:%s to bodies and to persons', (tlp) => {
    expect(mayNotShare({ sent: true, tlp }, body, 'body')).toBeUndefined();
    expect(mayNotShare({ sent: true, tlp }, account, 'account')).toBeUndefined();
  });

  it('opens TLP:RED to named persons alone, and says so', () => {
    const red = { sent: true, tlp: 'RED' };
    expect(mayNotShare(red, account, 'account')).toBeUndefined();
    expect(mayNotShare(red, body, 'body')).toMatchObject({
      refused: { code: 'label', because: expect.stringContaining('named persons') as string },
    });
  });

  it('points those elsewhere who look for another party', () => {
    for (const field of ['body', 'account'] as const)
      expect(mayNotShare(sent, undefined, field)).toMatchObject({
        faults: [{ pointer: `#/${field}`, detail: expect.stringContaining('discloses') as string }],
      });
  });

  it('is not done with accounts that were ended or read nothing, bodies that see it, and drafts', () => {
    for (const changes of [{ ended: true }, { reads: false }])
      expect(mayNotShare(sent, { ...account, ...changes }, 'account')).toMatchObject({
        faults: [{ pointer: '#/account' }],
      });
    expect(mayNotShare(sent, { ...body, sees: true }, 'body')).toMatchObject({
      refused: { code: 'already-done' },
    });
    expect(mayNotShare({ sent: false, tlp: null }, body, 'body')).toMatchObject({
      refused: { code: 'not-yet' },
    });
  });
});
