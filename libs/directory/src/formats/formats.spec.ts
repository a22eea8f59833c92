import fc from 'fast-check';
import { entriesInSixScripts } from '../../../../test/harness/entries-in-six-scripts.js';
import { mostBytes } from './decode-text.js';
import { formatNames, severities } from './draft-entry.js';
import { mostFindings } from './findings.js';
import { detectFormat, formats } from './formats.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const pieces = [
  ...[
    'BEGIN:VCARD\r\n',
    'VERSION:4.0\r\n',
    'END:VCARD\r\n',
    'FN:x\r\n',
    'TEL;TYPE="a',
    ';',
    ':',
    ',',
    '\t',
    '"',
    '\n',
    '\r',
    '\f',
  ],
  ...[
    '["vcard",',
    '[',
    ']',
    '{',
    '}',
    '"teams":',
    '"emails"',
    'null',
    '-----BEGIN PGP SIGNED MESSAGE-----\n',
    'Hash: SHA256\n\n',
  ],
  ...[
    '-----BEGIN PGP SIGNATURE-----\n',
    '-----END PGP SIGNATURE-----\n',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
  ],
  ...[
    '-----END PGP PUBLIC KEY BLOCK-----\n',
    '2.1 Name of the Team\n',
    '2.7 E-mail: ',
    '2.8 Key\n',
    '[Page 3]\n',
    'a at b dot c',
  ],
  ...[
    'level,address\n',
    'Contact: mailto:',
    'Expires: ',
    '<p>',
    '<script>',
    '&#0;',
    '&#x110000;',
    '+41 22',
    '24/7',
    'Mon-Fri 9-',
    '\u0000',
  ],
];
const documents = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 300 }).map(bytes),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 40 })
    .map((all) => bytes(all.join(''))),
);

const beginning = '2.1 Name of the Team\n2.7 E-mail\n';
const repeated = [
  ...[
    '\r',
    ' ',
    'a',
    '1',
    '"',
    "'",
    ',',
    ';',
    ':',
    '[',
    '{"a":',
    '<p',
    '<script>',
    '&',
    '+4',
    '@',
    'a@',
    'a.',
    '.',
    '(',
    '=',
    'at ',
    ' dot ',
  ],
  ...[
    '2.1 Name\n',
    '2.4 Telephone\n+4 ',
    '2.8 Key\n0123 ',
    'level,address\n',
    'FN;A=B',
    'N:;',
    'Contact: a\n',
    '["vcard",',
    '2001:',
    'AB:',
    'Mon-',
    '9-',
    '\f\n',
    '&#',
    '\u0301',
    '[at] ',
  ],
];

describe.each(formats.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('is read from any bytes without an error: drafts, or a finding that refuses', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const { drafts, findings } = await format.read(document, { at, keys: ['no key'] });
        for (const { severity } of findings) expect(severities).toContain(severity);
        expect(drafts.length > 0 || findings.some(({ severity }) => severity === 'refuse')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is read or refused to its end, however long a piece of it is repeated', async () => {
    for (const piece of repeated) {
      const { findings } = await format.read(bytes(`${beginning}${piece.repeat(120_000 / piece.length)}`), {
        at,
      });
      expect(findings.length).toBeLessThanOrEqual(mostFindings + 10);
    }
  });

  it.each([' a', '2.8 Key\n0123 '])(
    'is read or refused to its end where five megabytes repeat %j',
    async (piece) => {
      const many = Math.floor((mostBytes - 200) / piece.length);
      const { findings } = await format.read(bytes(`${beginning}${piece.repeat(many)}`), { at });
      expect(findings.map(({ code }) => code)).not.toContain('too-large');
    },
  );

  it('is not read beyond five megabytes', async () => {
    const { drafts, findings } = await format.read(new Uint8Array(5 * 1024 * 1024 + 1).fill(65), { at });
    expect(drafts).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'refuse', code: 'too-large' }]);
  });
});

describe('a document', () => {
  it('that was written is known by its beginning', () => {
    fc.assert(
      fc.property(entriesInSixScripts, fc.constantFrom(...formats), (entry, format) => {
        const found = detectFormat(bytes(format.write([entry], { at })));
        expect(found?.name).toBe(format.name);
      }),
      { numRuns: 200 },
    );
  });

  it('of no format is taken for none', () => {
    expect(detectFormat(bytes('Dear colleagues'))).toBeUndefined();
    expect(detectFormat(new Uint8Array())).toBeUndefined();
  });

  it('has one of the formats that are named, each once', () => {
    expect(formats.map(({ name }) => name)).toEqual(formatNames);
  });
});
