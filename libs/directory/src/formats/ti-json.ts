import type { DraftKey, DraftPointOfContact, DirectoryEntry, DraftChannel } from './draft-entry.js';
import { writeHours } from './hours-text.js';
import { tidyEntry } from './tidy-entry.js';

/** The keys of a team in the public list of Trusted Introducer, all of them. */
export const teamKeys = [
  ...['official_name', 'short_name', 'country', 'established', 'host_organisation', 'classification'],
  ...['postal_address', 'constituency', 'business_hours', 'business_hours_timezone', 'pgp_keys', 'phones'],
  ...['emails', 'misp'],
] as const;
export type TeamKey = (typeof teamKeys)[number];

/** Types of constituency as that list names them, and as the directory does. */
export const constituencyTypes: Readonly<Record<string, string>> = {
  CIIP: 'ciip',
  National: 'national',
  'Research & Education': 'research-education',
  'Commercial Organisation': 'commercial-organisation',
  'Service Provider Customer Base': 'service-provider-customer-base',
};
const typeName = (word: string): string =>
  Object.entries(constituencyTypes).find(([, own]) => own === word)?.[0] ?? word;

const usageOf = ({ kind }: DraftChannel): string =>
  kind === 'fax' ? 'fax' : kind === 'emergency-telephone' ? 'emergency' : 'voice';

/**
 * The point of contact that a document about a team tells of: the first technical one, else the first. Without channels that
 * are for exercises alone: such documents have no words for that, and somebody would write there in earnest.
 */
export function teamContact({ pointsOfContact }: DirectoryEntry): DraftPointOfContact | undefined {
  const contact = pointsOfContact.find(({ level }) => level === 'technical') ?? pointsOfContact[0];
  return (
    contact && { ...contact, channels: contact.channels.filter(({ purpose }) => purpose !== 'exercise') }
  );
}

/** A name in one language, English if there is one. */
export const oneName = (names: Readonly<Record<string, string>>): string | undefined =>
  names['en'] ?? names['und'] ?? Object.values(names)[0];

const pgpKeys = (keys: readonly DraftKey[]) =>
  keys.flatMap(({ standard, fingerprint, expiresOn }) =>
    fingerprint === undefined || standard === 'smime' ? [] : [{ fingerprint, expires: expiresOn ?? null }],
  );

function teamOf(given: DirectoryEntry): Record<TeamKey, unknown> {
  const entry = tidyEntry(given);
  const { body, party } = entry;
  const contact = teamContact(entry);
  const { channels = [], keys = [], duty = {}, zone = null } = contact ?? {};
  const values = (kind: string): string[] =>
    body.constituency.filter((one) => one.kind === kind).map(({ value }) => value);
  const dialled = ['telephone', 'emergency-telephone', 'fax'];
  return {
    official_name: oneName(body.names) ?? null,
    short_name: body.shortName ?? null,
    country: party === undefined ? null : { code: party, name: null },
    established: body.profile.established ?? null,
    host_organisation: body.affiliation ?? null,
    // How the list classes its teams is its own to say.
    classification: null,
    postal_address: body.postalAddress ?? null,
    constituency: {
      types: values('type').map(typeName),
      asns: values('asn').map((asn) => Number(asn.slice(2))),
      domains: values('domain'),
      ipranges: values('range'),
      countries: values('country'),
    },
    business_hours: writeHours(duty) || null,
    business_hours_timezone: zone,
    pgp_keys: pgpKeys(keys),
    phones: channels
      .filter(({ kind }) => dialled.includes(kind))
      .map((channel) => ({
        usage: [usageOf(channel)],
        number: channel.address,
        timezone: zone,
        comments: null,
      })),
    emails: channels
      .filter(({ kind }) => kind === 'mail')
      .map(({ address }) => ({ address, usage: ['contact'] })),
    misp: null,
  };
}

/** Teams with the keys of the public list of Trusted Introducer: each body with its first technical point of contact. */
export const writeTeams = (entries: readonly DirectoryEntry[]): string =>
  `${JSON.stringify(entries.map(teamOf), null, 2)}\n`;
