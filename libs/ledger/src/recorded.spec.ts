import {
  entryOfAccessEvent,
  entryOfRequestEvent,
  faultOfEntry,
  type AccessEventFacts,
  type RequestEventFacts,
} from './recorded.js';

const event: RequestEventFacts = {
  id: 'e1',
  request: 'r1',
  line: 'l1',
  party: 'XB',
  requester: 'XA',
  addressee: 'XB',
  audience: 'both',
  traffic: 'actual',
  act: 'take',
  from: 'acknowledged',
  to: 'acknowledged',
  actor: 'a1',
  assurance: 'signed-in',
  at: '2026-11-21T23:41:31.123000Z',
  content: 'ab'.repeat(32),
};
const access: AccessEventFacts = {
  ...{ id: 's1', account: 'a1', party: 'XB', traffic: 'actual', act: 'sign-in', assurance: 'signed-in' },
  at: '2026-11-21T23:41:31.123000Z',
  about: null,
};

describe('an event of a request', () => {
  it.each([
    ['both', 'line:l1', 'XB'],
    ['requester', 'request:r1', 'XA'],
    ['addressee', 'side:l1', 'XB'],
  ])('seen by %s stands in the chain %s of %s', (audience, chain, party) => {
    expect(entryOfRequestEvent({ ...event, audience })).toMatchObject({ chain, party, actor: 'XB' });
  });

  it("without a line stands in the chain of the requester's own side", () => {
    expect(entryOfRequestEvent({ ...event, line: null, addressee: null })).toMatchObject({
      ...{ chain: 'request:r1', party: 'XA' },
    });
  });

  it.each(Object.keys(event) as (keyof RequestEventFacts)[])('is committed to with its %s', (name) => {
    const changed = entryOfRequestEvent({ ...event, [name]: 'other' });
    expect(changed.commitment).not.toBe(entryOfRequestEvent(event).commitment);
  });
});

describe('an event of access', () => {
  it('stands in the chain of its party, or of the network', () => {
    expect(entryOfAccessEvent(access)).toMatchObject({ chain: 'party:XB', kind: 'access.sign-in' });
    expect(entryOfAccessEvent({ ...access, party: null })).toMatchObject({ chain: 'network', actor: null });
  });

  it.each(Object.keys(access) as (keyof AccessEventFacts)[])('is committed to with its %s', (name) => {
    const changed = entryOfAccessEvent({ ...access, [name]: 'other' });
    expect(changed.commitment).not.toBe(entryOfAccessEvent(access).commitment);
  });
});

describe('an entry', () => {
  const entry = entryOfRequestEvent(event);

  it('agrees with the event that it is about', () => expect(faultOfEntry(entry, entry)).toBeUndefined());

  it('does not agree when the event is gone, or either was changed', () => {
    expect(faultOfEntry(entry, undefined)).toBe('is about e1, which is not there');
    expect(faultOfEntry(entry, entryOfRequestEvent({ ...event, act: 'note' }))).toMatch(/another kind/);
    expect(faultOfEntry(entry, entryOfRequestEvent({ ...event, to: 'closed' }))).toMatch(
      /another commitment/,
    );
  });
});
