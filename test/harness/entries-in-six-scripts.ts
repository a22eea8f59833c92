import fc from 'fast-check';
import type { DirectoryEntry, DraftChannel, DraftKey, DraftPointOfContact } from '#libs/directory';

const words = [
  ...[
    'National CERT',
    'Équipe d’intervention',
    'Единый центр',
    '国家应急中心',
    'المركز الوطني',
    'Punto de contacto',
  ],
  ...[
    '=1+1',
    '+44',
    '-x',
    '@sum',
    '\tTab',
    "'quoted'",
    '"double"',
    'a,b;c',
    'a\\;b',
    'back\\',
    'x'.repeat(120),
  ],
  ...[
    'line\r\nend',
    'nul\u0000in',
    '\u202Ebidi',
    '[en] tag',
    '1.1 Heading',
    '- dash',
    'From here',
    '%s',
    '&amp; <b>',
  ],
  ...[
    '-----BEGIN',
    '＝full',
    '🛰️ e\u0301',
    'a: b',
    "''",
    '; ',
    '^n',
    'ends with:',
    '{"a":1}',
    'None available',
  ],
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 12 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(' '));
const tags = fc.constantFrom('en', 'fr', 'es', 'ru', 'ar', 'zh', 'zh-Hans', 'und');
const names = fc.dictionary(tags, text, { maxKeys: 4 });
const written = fc.array(
  fc.record({
    text: fc.oneof(
      text,
      fc.array(text).map((lines) => lines.join('\n\n')),
    ),
    language: tags,
  }),
  {
    maxLength: 3,
  },
);
const day = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const time = fc.nat(95).map((of) => new Date(of * 900_000).toISOString().slice(11, 16));
const hex = fc.constantFrom('0123456789ABCDEF0123456789ABCDEF01234567', 'A'.repeat(64));

const endpoint = fc.constantFrom('https://hooks.xa.example/a', 'https://hooks.xa.example/a,b;c?d=e');
const digits = fc.nat(9999).map((of) => String(of).padStart(4, '0'));
const channels: fc.Arbitrary<DraftChannel> = fc
  .oneof(
    fc.record({
      kind: fc.constant('mail' as const),
      address: fc.nat(999).map((of) => `cert+${of}@xa.example`),
    }),
    fc.record({
      kind: fc.constantFrom('telephone' as const, 'emergency-telephone' as const, 'fax' as const),
      address: digits.map((of) => `+4122917${of}`),
    }),
    fc.record({
      kind: fc.constant('messenger' as const),
      address: fc.constantFrom('@cert-xa', 'xmpp:duty@xa.example', 'matrix:u/cert:xa.example'),
    }),
    fc.record({ kind: fc.constant('webhook' as const), address: endpoint }),
    fc.record({
      kind: fc.constant('gateway' as const),
      address: fc.tuple(endpoint, digits).map(([url, of]) => `${url} +4122917${of}`),
    }),
  )
  .chain((way) =>
    fc.record({
      ...{ kind: fc.constant(way.kind), address: fc.constant(way.address), expiresOn: fc.option(day) },
      purpose: fc.constantFrom('any' as const, 'urgent' as const, 'routine' as const, 'exercise' as const),
      encryption: fc.constantFrom('none' as const, 'wanted' as const, 'required' as const),
    }),
  );

const block = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME,;=\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----';
const keys: fc.Arbitrary<DraftKey> = fc.record({
  standard: fc.constantFrom('openpgp' as const, 'smime' as const, 'unknown' as const),
  ...{ material: maybe(fc.constant(block)), fingerprint: maybe(hex), expiresOn: maybe(day) },
  url: maybe(fc.constantFrom('https://xa.example/key,1;x.asc', 'dns:a.xa.example?type=OPENPGPKEY')),
});

const duties = fc.oneof(
  fc.constant({ aroundTheClock: true }),
  fc.record({
    weekly: fc.array(
      fc.record({
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
        ...{ from: time, to: fc.oneof(time, fc.constant('24:00')) },
      }),
      { maxLength: 3 },
    ),
    holidays: maybe(fc.constantFrom({ country: 'XA' }, { country: 'XA', region: 'XA-1' })),
    ownHolidays: fc.array(fc.record({ on: day, name: text }), { maxLength: 3 }),
  }),
);
const word = fc.constantFrom(
  'receive-requests',
  'ministries',
  'national-certs',
  'night-duty',
  'declare-crisis-mode',
);

const contacts: fc.Arbitrary<DraftPointOfContact> = fc.record({
  level: maybe(
    fc.constantFrom(
      'policy' as const,
      'diplomatic' as const,
      'technical' as const,
      'law-enforcement-liaison' as const,
    ),
  ),
  position: maybe(fc.integer({ min: 1, max: 999 })),
  roleNames: names,
  person: fc.option(fc.record({ name: text, title: maybe(text) })),
  languages: fc.uniqueArray(fc.constantFrom('en', 'fr', 'ar', 'zh-Hans', 'pt-BR'), { maxLength: 4 }),
  zone: maybe(fc.constantFrom('Europe/Zurich', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires', 'UTC')),
  duty: duties,
  expectedRoles: fc.uniqueArray(word),
  coordination: fc.uniqueArray(word),
  readiness: fc.dictionary(word, fc.boolean()),
  note: fc.option(fc.record({ text, language: tags })),
  channels: fc.array(channels, { maxLength: 5 }),
  keys: fc.array(keys, { maxLength: 2 }),
});

const constituency = fc.constantFrom(
  { kind: 'asn' as const, value: 'AS64500' },
  { kind: 'range' as const, value: '198.51.100.0/24' },
  { kind: 'range' as const, value: '2001:db8::/32' },
  { kind: 'domain' as const, value: 'xa.example' },
  { kind: 'sector' as const, value: 'energy' },
  { kind: 'type' as const, value: 'national' },
  { kind: 'country' as const, value: 'XA' },
);
const url = fc.constantFrom('https://cert.xa.example/', 'https://cert.xa.example/rfc2350,a;b');

/** Entries of any kind, in six scripts, with what breaks tables, cards and pages. */
export const entriesInSixScripts: fc.Arbitrary<DirectoryEntry> = fc.record({
  party: maybe(fc.constantFrom('XA', 'XB', 'ORGONE')),
  body: fc.record({
    names,
    shortName: maybe(text),
    kind: maybe(fc.constantFrom('cert' as const, 'ministry' as const, 'armed-forces' as const)),
    sharingBoundary: maybe(fc.constantFrom('body' as const, 'government-and-constituents' as const)),
    profile: fc.record({
      ...{ status: maybe(written), authority: maybe(written), mandate: maybe(written), website: maybe(url) },
      services: maybe(fc.array(text, { maxLength: 3 })),
      established: maybe(day),
      nonMisuse: maybe(fc.record({ declaredOn: day, url: maybe(url), text: maybe(written) })),
    }),
    constituency: fc.uniqueArray(constituency, { maxLength: 5 }),
    postalAddress: maybe(fc.array(text, { maxLength: 3 }).map((lines) => lines.join('\n'))),
    affiliation: maybe(text),
  }),
  pointsOfContact: fc.array(contacts, { maxLength: 3 }),
});
