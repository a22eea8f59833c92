import {
  digestOf,
  faultOfHead,
  faultOfLink,
  genesis,
  linkOf,
  type Entry,
  type EntryBody,
  type Head,
} from './chain.js';

const body: EntryBody = {
  chain: 'line:01a20085-c367-7296-82bb-b27d2bb8ee12',
  party: 'XB',
  traffic: 'actual',
  kind: 'request.acknowledge',
  at: '2026-11-21T23:41:31.123000Z',
  actor: 'XB',
  assurance: 'link-and-code',
  subject: '01a20085-d000-7000-8000-000000000001',
  commitment: 'ab'.repeat(32),
};

const linked = (bodies: EntryBody[]): Entry[] => {
  const entries: Entry[] = [];
  for (const one of bodies) {
    const place = { digest: digestOf(one), prev: entries.at(-1)?.hash ?? genesis, seq: entries.length + 1 };
    entries.push({ ...one, ...place, hash: linkOf(place) });
  }
  return entries;
};
const faults = (entries: Entry[]) => entries.map((entry, index) => faultOfLink(entry, entries[index - 1]));
const [first, second, third] = linked([body, { ...body, kind: 'request.take' }, body]) as [
  Entry,
  Entry,
  Entry,
];

describe('a chain', () => {
  it('is whole as it was made', () => {
    expect(faults([first, second, third])).toEqual([undefined, undefined, undefined]);
  });

  it('has the hashes that other implementations compute (fixed vectors)', () => {
    // printf 'aldis-ledger-entry-v1\n{"actor":"XB","assurance":"link-and-code",…,"traffic":"actual"}' | sha256sum
    expect(first.digest).toBe('c2df7392e4fa8dfeea374236aa896ba0761557d78c79c723435bd3ed28025705');
    // printf 'aldis-ledger-link-v1\n{"digest":"…","prev":"00…","seq":1}' | sha256sum
    expect(first.hash).toBe('89826a33302eb55d062ad3dceb0115406f2d399e66f0ba651ccf0296d71548af');
  });

  it.each(Object.keys(first) as (keyof Entry)[])('shows a change of %s', (name) => {
    const other = name === 'seq' ? 7 : name === 'party' || name === 'actor' ? null : `${first[name]}0`;
    expect(faultOfLink({ ...first, [name]: other }, undefined)).toEqual(expect.any(String));
  });

  it('shows that an entry is missing, changed places or came from elsewhere', () => {
    expect(faultOfLink(third, first)).toMatch(/^comes where 2 should/);
    expect(faultOfLink({ ...third, seq: 2 }, first)).toMatch(/^does not follow/);
    expect(faultOfLink(second, undefined)).toMatch(/^comes where 1 should/);
  });

  it('shows a change that was hashed anew but not carried on', () => {
    const [forged] = linked([{ ...body, kind: 'request.note' }]) as [Entry];
    expect(faults([forged, second])).toEqual([undefined, 'does not follow from the entry before it']);
  });
});

describe('the head of a chain', () => {
  const { chain, party, traffic, seq, prev, hash } = third;
  const head: Head = { chain, party, traffic, seq, prev, hash };

  it('says what the last entry says', () => expect(faultOfHead(head, third)).toBeUndefined());

  it.each([
    ['entries behind it are gone', head, second],
    ['no entry is left', head, undefined],
    ['its hash was changed', { ...head, hash: genesis }, third],
    ['its predecessor was changed', { ...head, prev: genesis }, third],
    ['it was given to another party', { ...head, party: 'XC' }, third],
    ['its traffic was changed', { ...head, traffic: 'exercise' }, third],
  ])('does not fit when %s', (_, one, last) => {
    expect(faultOfHead(one, last)).toEqual(expect.any(String));
  });
});
