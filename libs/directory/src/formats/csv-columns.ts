import { loosely } from './loose-words.js';
import { spelt } from './read-values.js';

/** The columns in their order; those of `inLanguages` come once for each language, as `role:fr`. */
export const columns = [
  ...['entry', 'party', 'body', 'body short name', 'body kind', 'sharing boundary', 'website', 'established'],
  ...['services', 'status', 'authority', 'mandate', 'non-misuse declared on', 'non-misuse url', 'non-misuse'],
  ...[
    'constituency',
    'postal address',
    'affiliation',
    'contact',
    'level',
    'position',
    'role',
    'person',
    'title',
  ],
  ...[
    'languages',
    'zone',
    'hours',
    'holidays',
    'own holidays',
    'expected roles',
    'coordination',
    'readiness',
  ],
  ...['note', 'note language', 'order', 'channel', 'address', 'purpose', 'encryption', 'expires on'],
  ...['key standard', 'key fingerprint', 'key expires on', 'key url', 'key material'],
] as const;
export type Column = (typeof columns)[number];

export const inLanguages = ['body', 'status', 'authority', 'mandate', 'non-misuse', 'role'] as const;
export type InLanguages = (typeof inLanguages)[number];

/** Columns of simple lists, one for each kind of channel; read, never written. */
export const channelColumns = {
  mail: 'mail',
  telephone: 'telephone',
  'emergency telephone': 'emergency-telephone',
  fax: 'fax',
  messenger: 'messenger',
  webhook: 'webhook',
  gateway: 'gateway',
} as const;
export type ChannelColumn = keyof typeof channelColumns;

/** Other names by which columns are known. */
const synonyms: Readonly<Record<string, Column | ChannelColumn>> = {
  ...{ 'e mail': 'mail', email: 'mail', 'mail address': 'mail', 'email address': 'mail', courriel: 'mail' },
  ...{ phone: 'telephone', tel: 'telephone', 'phone number': 'telephone', 'telephone number': 'telephone' },
  ...{ 'emergency phone': 'emergency telephone', hotline: 'emergency telephone', facsimile: 'fax' },
  ...{ country: 'party', 'country code': 'party', state: 'party', 'party code': 'party', team: 'body' },
  ...{ organization: 'body', organisation: 'body', institution: 'body', 'body name': 'body' },
  ...{ 'short name': 'body short name', name: 'person', 'full name': 'person', 'official position': 'title' },
  ...{ 'job title': 'title', 'role name': 'role', category: 'level', 'time zone': 'zone', timezone: 'zone' },
  ...{ 'business hours': 'hours', 'duty hours': 'hours', language: 'languages', url: 'website' },
  ...{
    web: 'website',
    fingerprint: 'key fingerprint',
    'pgp fingerprint': 'key fingerprint',
    kind: 'channel',
  },
  ...{ 'postal adress': 'postal address', 'channel kind': 'channel', comment: 'note', notes: 'note' },
};

/** A column of a document: what it is, and of which language. */
export interface ColumnRead {
  name: Column | ChannelColumn;
  language?: string;
}

const bare = (name: string): string =>
  loosely(name)
    .replace(/[\s_.\-]+/g, ' ')
    .trim();
const known = new Map<string, Column | ChannelColumn>([
  ...Object.entries(synonyms),
  ...[...columns, ...Object.keys(channelColumns)].map((name): [string, Column | ChannelColumn] => [
    bare(name),
    name as Column | ChannelColumn,
  ]),
]);
const isOfLanguages = (name: string | undefined): name is InLanguages =>
  inLanguages.some((one) => one === name);

/** What a column is by its name, whatever its case, blanks, hyphens or underscores; undefined for one not known. */
export function readColumn(title: string): ColumnRead | undefined {
  const given = title.slice(0, 200).trim();
  const whole = known.get(bare(given));
  if (whole) return { name: whole };
  const [, stem = '', language = ''] =
    /^([^:([]+?)\s*[:_ ([]\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*[)\]]?$/.exec(given) ?? [];
  const name = known.get(bare(stem));
  return isOfLanguages(name) ? { name, language: spelt(language) } : undefined;
}
