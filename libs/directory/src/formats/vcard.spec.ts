import fc from 'fast-check';
import { entriesInSixScripts } from '../../../../test/harness/entries-in-six-scripts.js';
import { placeless } from '../../../../test/harness/placeless.js';
import type { DirectoryEntry } from './draft-entry.js';
import { tidyEntry } from './tidy-entry.js';
import { readJcards, readVcard, writeJcards, writeVcard } from './vcard.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const kept = (entry: DirectoryEntry): DirectoryEntry => {
  const { postalAddress: _, ...body } = tidyEntry(entry).body;
  return { ...tidyEntry(entry), body };
};

describe.each([
  ['vCard', readVcard, writeVcard],
  ['jCard', readJcards, writeJcards],
] as const)('points of contact as %s', (_, read, write) => {
  it('come back as they were written, but for postal addresses', () => {
    fc.assert(
      fc.property(fc.array(entriesInSixScripts, { minLength: 1, maxLength: 3 }), (entries) => {
        const text = write(entries, { at });
        const { drafts, findings } = read(bytes(text), { at });
        expect(findings.filter(({ severity }) => severity === 'refuse')).toEqual([]);
        expect(json(drafts.map(placeless))).toEqual(json(entries.map(kept)));
        expect(write(drafts, { at })).toBe(text);
      }),
      { numRuns: 150 },
    );
  });
});

const lines = (...all: string[]) => bytes(all.join('\r\n'));

describe('cards from elsewhere', () => {
  it('of version 3 are read with a warning, several in one file, with their organization as the body', () => {
    const { drafts, findings } = readVcard(
      lines(
        'BEGIN:VCARD',
        'VERSION:3.0',
        'FN:Jane Doe',
        'N:Doe;Jane;;;',
        'ORG:XA-CERT;Operations',
        'TITLE:Head',
        'TEL;TYPE=WORK,VOICE:+41 22 917 12 34',
        'TEL;TYPE=FAX:+41 22 917 12 35',
        'item1.EMAIL;type=INTERNET;type=pref:cert@xa.example',
        'item1.X-ABLabel:desk',
        'TZ:+01:00',
        'ADR;TYPE=WORK:;;1 Long',
        '  Street;Town;;;',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:3.0',
        'FN:XA-CERT',
        'ORG:XA-CERT',
        'EMAIL:desk@xa.example',
        'END:VCARD',
      ),
      { at, party: 'XA' },
    );
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ party: 'XA', body: { names: { und: 'XA-CERT' } } });
    expect(drafts[0]?.pointsOfContact).toMatchObject([
      {
        person: { name: 'Jane Doe', title: 'Head' },
        zone: 'Etc/GMT-1',
        channels: [
          { kind: 'mail', address: 'cert@xa.example' },
          { kind: 'telephone', address: '+41229171234' },
          { kind: 'fax', address: '+41229171235' },
        ],
      },
      { person: null, channels: [{ address: 'desk@xa.example' }] },
    ]);
    const [first, second] = drafts[0]?.pointsOfContact ?? [];
    expect([drafts[0], first, second].map((one) => one?.at)).toEqual([
      { line: 1 },
      { line: 1 },
      { line: 15 },
    ]);
    expect(first?.channels.map((channel) => channel.at?.line)).toEqual([9, 7, 8]);
    const told = findings.filter(({ severity }) => severity === 'warn').map(({ code, line }) => [code, line]);
    expect(told).toEqual([
      ['old-version', 1],
      ['old-version', 15],
      ['unknown-field', 10],
      ['no-place', 12],
      ['assumed', 1],
    ]);
  });

  it('keep what is readable of a card in which something is not', () => {
    const { drafts, findings } = readVcard(
      lines(
        'BEGIN:VCARD',
        'VERSION:4.0',
        'FN:XA-CERT',
        'KIND:org',
        'nonsense',
        'TEL;VALUE=uri;FOO',
        'TEL:022 917',
        'KEY:OPENPGP4FPR:0123456789abcdef0123456789abcdef01234567',
        'EMAIL:cert@xa.example',
      ),
      { at },
    );
    expect(drafts[0]?.pointsOfContact[0]).toMatchObject({
      channels: [{ address: 'cert@xa.example' }],
      keys: [{ standard: 'openpgp', fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567' }],
    });
    const told = findings.map(({ code, line }) => [code, line]);
    expect(told).toEqual([
      ['cut-short', 1],
      ['unread', 5],
      ['unread', 6],
      ['bad-value', 7],
      ['understood', undefined],
    ]);
  });

  it.each(['', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Doe\r\nEND:VCARD'])(
    'are refused where there are none that can be read: %j',
    (text) => {
      const { drafts, findings } = readVcard(bytes(text), { at });
      expect(drafts).toEqual([]);
      expect(findings.map(({ severity }) => severity)).toContain('refuse');
    },
  );

  it('are told as JSON with the pointers of their cards', () => {
    const card = [
      'vcard',
      [
        ['fn', {}, 'text', 'XA-CERT'],
        ['email', {}, 'text', 'cert@xa.example'],
      ],
    ];
    const { drafts } = readJcards(bytes(JSON.stringify([card, card])), { at });
    const contacts = drafts.flatMap(({ pointsOfContact }) => pointsOfContact);
    expect(contacts.map((contact) => [contact.at, contact.channels[0]?.at])).toEqual([
      [{ pointer: '/0' }, { pointer: '/0' }],
      [{ pointer: '/1' }, { pointer: '/1' }],
    ]);
  });

  it.each(['', '{}', '[]', '[1]', '["vcard"]', '[["vcard",[["fn"]]], 3]'])(
    'are refused as JSON where they are %j',
    (text) => {
      const { findings } = readJcards(bytes(text), { at });
      expect(findings.map(({ severity }) => severity)).toContain('refuse');
    },
  );
});
