import { createHash } from 'node:crypto';
import type { WrittenIn } from '#libs/parties';
import { property, type Card, type CardProperty } from './card.js';
import type {
  DirectoryEntry,
  DraftBody,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
  WriteOptions,
} from './draft-entry.js';
import { tidyEntry } from './tidy-entry.js';

/** The same for the same entry in the same place: a card of version 8 (RFC 9562, 5.8). */
function uidOf(...about: unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(about)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

const languageParam = (language: string): string | undefined => (language === 'und' ? undefined : language);
const inLanguages = (name: string, texts: Readonly<Record<string, string>>, altid?: string): CardProperty[] =>
  Object.entries(texts).map(([language, text]) =>
    property(name, text, { language: languageParam(language), altid }),
  );
const written = (name: string, texts: readonly WrittenIn[] = []): CardProperty[] =>
  texts.map(({ text, language }) => property(name, text, { language: languageParam(language) }));
const own = (name: string, value: string | undefined): CardProperty[] =>
  value === undefined ? [] : [property(`x-aldis-${name}`, value)];

/** A name in one language for those who show one. */
const anyOf = (names: Readonly<Record<string, string>>): string | undefined =>
  names['en'] ?? Object.values(names)[0];
/** Cards need a name: one that was made up says so (RFC 9554, 4.4), and is not read back. */
const namedOr = (made: string, names: readonly CardProperty[]): readonly CardProperty[] =>
  names.length > 0 ? names : [property('fn', made, { derived: 'true' })];
/** The parser takes a backslash at the end of a part for an escape. */
const part = (text: string): string => text.replaceAll('\\', '/');

const head = (kind: string, uid: string, { at }: WriteOptions): CardProperty[] => [
  property('version', '4.0'),
  property('kind', kind),
  property('uid', uid, {}, 'uri'),
  property('rev', `${at.toISOString().slice(0, 19)}Z`, {}, 'timestamp'),
];

function ofBody(body: DraftBody): CardProperty[] {
  const { status, authority, mandate, services = [], website, established, nonMisuse } = body.profile;
  return [
    ...(body.shortName === undefined ? [] : [property('nickname', body.shortName)]),
    ...(website === undefined ? [] : [property('url', website, {}, 'uri')]),
    ...own('body-kind', body.kind),
    ...own('sharing-boundary', body.sharingBoundary),
    ...own('affiliation', body.affiliation),
    ...written('x-aldis-status', status),
    ...written('x-aldis-authority', authority),
    ...written('x-aldis-mandate', mandate),
    ...services.map((service) => property('x-aldis-service', service)),
    ...own('established', established),
    ...own('non-misuse-declared-on', nonMisuse?.declaredOn),
    ...own('non-misuse-url', nonMisuse?.url),
    ...written('x-aldis-non-misuse', nonMisuse?.text),
    ...body.constituency.flatMap(({ kind, value }) => own('constituency', `${kind}:${value}`)),
  ];
}

function ofChannel(
  { kind, address, purpose, encryption, expiresOn }: DraftChannel,
  at: number,
): CardProperty {
  const params = {
    pref: String(Math.min(at + 1, 100)),
    'x-aldis-purpose': purpose === 'any' ? undefined : purpose,
    'x-aldis-encryption': encryption === 'none' ? undefined : encryption,
    'x-aldis-expires-on': expiresOn ?? undefined,
  };
  switch (kind) {
    case 'mail':
      return property('email', address, params);
    case 'telephone':
      return property('tel', `tel:${address}`, { type: 'voice', ...params }, 'uri');
    case 'emergency-telephone':
      return property('tel', `tel:${address}`, { type: 'voice', 'x-aldis-kind': kind, ...params }, 'uri');
    case 'fax':
      return property('tel', `tel:${address}`, { type: 'fax', ...params }, 'uri');
    case 'messenger':
      return property('impp', address, params, address.startsWith('@') ? 'text' : 'uri');
    default:
      return property('x-aldis-channel', address, { 'x-aldis-kind': kind, ...params });
  }
}

const mediaTypes = { openpgp: 'application/pgp-keys', smime: 'application/pkix-cert', unknown: undefined };

function ofKey({ standard, material, fingerprint, expiresOn, url }: DraftKey): CardProperty {
  const params = {
    mediatype: mediaTypes[standard],
    'x-aldis-standard': standard,
    'x-aldis-expires-on': expiresOn,
  };
  if (material !== undefined)
    return property('key', material, { ...params, 'x-aldis-fingerprint': fingerprint, 'x-aldis-url': url });
  if (url !== undefined)
    return property('key', url, { ...params, 'x-aldis-fingerprint': fingerprint }, 'uri');
  return standard === 'openpgp'
    ? property('key', `openpgp4fpr:${fingerprint ?? ''}`, params, 'uri')
    : property('key', fingerprint ?? '', params);
}

function ofContact(contact: DraftPointOfContact, body: DraftBody): CardProperty[] {
  const { level, position, roleNames, person, languages, zone, duty, readiness, note } = contact;
  const orgs = anyOf(body.names);
  const role = anyOf(roleNames) ?? level ?? 'Point of contact';
  return [
    ...namedOr(role, person ? [property('fn', person.name)] : []),
    ...(person ? [property('n', ['', part(person.name), '', '', ''])] : []),
    ...(person?.title === undefined ? [] : [property('title', person.title)]),
    ...inLanguages('role', roleNames, Object.keys(roleNames).length > 1 ? '1' : undefined),
    ...(orgs === undefined ? [] : [property('org', part(orgs))]),
    ...languages.map((tag, at) => property('lang', tag, { pref: String(at + 1) }, 'language-tag')),
    ...(zone === undefined ? [] : [property('tz', zone)]),
    ...contact.channels.map(ofChannel),
    ...contact.keys.map(ofKey),
    ...(note ? [property('note', note.text, { language: languageParam(note.language) })] : []),
    ...own('level', level),
    ...own('position', position?.toString()),
    ...own('duty', Object.keys(duty).length > 0 ? JSON.stringify(duty) : undefined),
    ...contact.expectedRoles.flatMap((word) => own('expected-role', word)),
    ...contact.coordination.flatMap((word) => own('coordination', word)),
    ...Object.entries(readiness).flatMap(([name, met]) => own('readiness', `${name}=${met ? 'yes' : 'no'}`)),
  ];
}

/** The cards of entries: a group for each body, whose members are the cards of its points of contact. */
export function writeCards(entries: readonly DirectoryEntry[], options: WriteOptions): Card[] {
  return entries.map(tidyEntry).flatMap(({ party, body, pointsOfContact }, number): Card[] => {
    const about = [party, body.names, number];
    const cards = pointsOfContact.map((contact, at) => ({ contact, uid: uidOf(about, at, contact.level) }));
    const names = inLanguages('fn', body.names, Object.keys(body.names).length > 1 ? '1' : undefined);
    const group: CardProperty[] = [
      ...head('group', uidOf(about), options),
      ...namedOr(body.shortName ?? party ?? 'Body', names),
      ...own('party', party),
      ...ofBody(body),
      ...cards.map(({ uid }) => property('member', uid, {}, 'uri')),
    ];
    return [
      { properties: group },
      ...cards.map(({ contact, uid }): Card => {
        const kind = contact.person ? 'individual' : 'org';
        return {
          properties: [...head(kind, uid, options), ...own('party', party), ...ofContact(contact, body)],
        };
      }),
    ];
  });
}
