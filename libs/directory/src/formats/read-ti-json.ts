import { isZone } from '#libs/timeliness';
import { readConstituency } from '../constituency.js';
import type { ChannelKind, ConstituencyKind } from '../entry-words.js';
import { decodeText } from './decode-text.js';
import {
  newDraft,
  newPointOfContact,
  type Draft,
  type DraftKey,
  type Finding,
  type Reading,
  type ReadOptions,
} from './draft-entry.js';
import { quoted, teller, type Tell } from './findings.js';
import { readHours } from './hours-text.js';
import { isRecord, listAt, parseJson, textAt, type JsonObject } from './json-values.js';
import { readChannel } from './read-channel.js';
import { readDate } from './date-text.js';
import { bareFingerprint, tidyEntry } from './tidy-entry.js';
import { constituencyTypes, teamKeys } from './ti-json.js';
import { readZone } from './zone-text.js';

/** One team, and where it stands. */
interface Team {
  said: JsonObject;
  pointer: string;
  options: ReadOptions;
  tell: Tell;
}

const word = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

/** A range given as its first and last address is none in the directory, for it need be no whole block. */
const constituencyLists: readonly [key: string, kind: ConstituencyKind, plain: (text: string) => string][] = [
  ['types', 'type', (text) => constituencyTypes[text] ?? word(text)],
  ['asns', 'asn', (text) => text.replace(/\s+/g, '')],
  ['domains', 'domain', (text) => text.replace(/^\*?\./, '').trim()],
  ['ipranges', 'range', (text) => text.trim()],
  ['countries', 'country', (text) => text.trim().toUpperCase()],
];

function constituencyOf({ said, pointer, tell }: Team): Draft['body']['constituency'] {
  const whole = said['constituency'];
  if (!isRecord(whole)) return [];
  return constituencyLists.flatMap(([key, kind, plain]) =>
    listAt(whole, key).flatMap((item, at) => {
      const given = isRecord(item) ? (textAt(item, 'code') ?? textAt(item, 'name')) : item;
      const text = typeof given === 'number' ? String(given) : given;
      const read =
        typeof text === 'string'
          ? readConstituency({ kind, value: plain(text) })
          : { fault: 'must be a text' };
      if ('value' in read) return [{ kind: read.kind, value: read.value }];
      const place = { pointer: `${pointer}/constituency/${key}/${at}` };
      tell('warn', 'bad-value', `${quoted(JSON.stringify(item))} ${read.fault}, and was left out.`, place);
      return [];
    }),
  );
}

function keysOf({ said, pointer, options, tell }: Team): DraftKey[] {
  return listAt(said, 'pgp_keys').flatMap((item, at): DraftKey[] => {
    const place = { pointer: `${pointer}/pgp_keys/${at}` };
    const fingerprint = isRecord(item) ? bareFingerprint(textAt(item, 'fingerprint') ?? '') : '';
    if (fingerprint.length !== 40 && fingerprint.length !== 64) {
      tell(
        'warn',
        'bad-value',
        'The key has no fingerprint of 40 or 64 hexadecimal digits, and was left out.',
        place,
      );
      return [];
    }
    const expiresOn = isRecord(item) ? readDate(textAt(item, 'expires') ?? '')?.on : undefined;
    if (expiresOn && expiresOn < options.at.toISOString().slice(0, 10))
      tell('warn', 'expired', `The key ${fingerprint} expired on ${expiresOn}.`, place);
    return [{ standard: 'openpgp', fingerprint, expiresOn, at: place }];
  });
}

/** Numbers with several uses become one channel of the most urgent. */
const phoneKind = (usage: readonly unknown[]): ChannelKind =>
  usage.includes('emergency')
    ? 'emergency-telephone'
    : usage.includes('fax') && !usage.includes('voice')
      ? 'fax'
      : 'telephone';

function channelsOf(team: Team): Draft['pointsOfContact'][number]['channels'] {
  const one = (kind: ChannelKind, text: string | undefined, pointer: string) => {
    const read = readChannel(kind, text ?? '');
    if ('channel' in read) return [{ ...read.channel, at: { pointer } }];
    team.tell('warn', 'bad-value', `${quoted(text ?? '')} ${read.fault}, and was left out.`, { pointer });
    return [];
  };
  const { said, pointer } = team;
  return [
    ...listAt(said, 'emails').flatMap((item, at) =>
      one('mail', isRecord(item) ? textAt(item, 'address') : undefined, `${pointer}/emails/${at}`),
    ),
    ...listAt(said, 'phones').flatMap((item, at) => {
      const phone = isRecord(item) ? item : {};
      return one(phoneKind(listAt(phone, 'usage')), textAt(phone, 'number'), `${pointer}/phones/${at}`);
    }),
  ];
}

function contactOf(team: Team, party: string | undefined): Draft['pointsOfContact'][number] {
  const { said, pointer, options, tell } = team;
  const given = textAt(said, 'business_hours_timezone');
  const zone =
    given === undefined || isZone(given) ? given && { zone: given } : readZone(given, options.at, party);
  const place = { pointer: `${pointer}/business_hours_timezone` };
  if (given !== undefined && !zone)
    tell('warn', 'bad-value', `${quoted(given)} is no time zone that is known.`, place);
  if (zone && 'assumed' in zone && zone.assumed) tell('warn', 'assumed', zone.assumed, place);
  const hours = textAt(said, 'business_hours');
  const duty = hours === undefined ? undefined : readHours(hours);
  if (hours !== undefined && !duty)
    tell('warn', 'unread', `The hours ${quoted(hours)} were not understood.`, {
      pointer: `${pointer}/business_hours`,
    });
  if (duty?.assumed)
    tell('warn', 'assumed', 'The hours name no days: Monday to Friday was assumed.', {
      pointer: `${pointer}/business_hours`,
    });
  return {
    ...newPointOfContact('technical'),
    zone: zone ? zone.zone : undefined,
    duty: duty?.duty ?? {},
    channels: channelsOf(team),
    keys: keysOf(team),
    at: { pointer },
  };
}

function draftOf(team: Team): Draft {
  const { said, pointer, options, tell } = team;
  for (const key of Object.keys(said))
    if (!teamKeys.some((one) => one === key))
      tell('warn', 'unknown-field', `${quoted(key)} is no key of a team and was left out.`, { pointer });
  for (const key of ['misp', 'classification'])
    if (said[key] !== undefined && said[key] !== null)
      tell('accept', 'no-place', `What "${key}" says has no place in the directory.`, {
        pointer: `${pointer}/${key}`,
      });
  const country = isRecord(said['country']) ? textAt(said['country'], 'code') : textAt(said, 'country');
  const party = country && /^[a-z][a-z0-9]{1,11}$/i.test(country) ? country.toUpperCase() : options.party;
  const since = textAt(said, 'established');
  const established = since === undefined ? undefined : readDate(since)?.on;
  if (since !== undefined && !established)
    tell('warn', 'bad-value', `${quoted(since)} is no day: it was left out.`, {
      pointer: `${pointer}/established`,
    });
  const name = textAt(said, 'official_name');
  if (name === undefined) tell('refuse', 'missing', 'The team has no official name.', { pointer });
  const pointsOfContact = [contactOf(team, party)];
  tell('accept', 'understood', `The team ${quoted(name ?? '')} was read.`, { pointer });
  return tidyEntry<Draft>({
    ...newDraft(party),
    body: {
      names: name === undefined ? {} : { en: name },
      shortName: textAt(said, 'short_name'),
      postalAddress: textAt(said, 'postal_address'),
      affiliation: textAt(said, 'host_organisation'),
      profile: { established },
      constituency: constituencyOf(team),
    },
    ...{ pointsOfContact, at: { pointer } },
  });
}

/** Teams as the public list of Trusted Introducer has them: one, a list, or a list under `teams`. */
export function readTeams(bytes: Uint8Array, options: ReadOptions): Reading {
  const findings: Finding[] = [];
  const tell = teller(findings);
  const text = decodeText(bytes, tell);
  if (text === undefined) return { drafts: [], findings };
  const whole = parseJson(text);
  const under = isRecord(whole) && Array.isArray(whole['teams']) ? '/teams' : '';
  const list: unknown[] = under
    ? listAt(whole as JsonObject, 'teams')
    : Array.isArray(whole)
      ? whole
      : [whole];
  const drafts = list.slice(0, 10_000).flatMap((said, at): Draft[] => {
    const pointer = list[0] === whole ? '' : `${under}/${at}`;
    if (!isRecord(said) || !teamKeys.some((key) => key in said)) {
      tell('refuse', 'not-this-format', 'It is no team of Trusted Introducer.', { pointer });
      return [];
    }
    const tellTeam: Tell = (severity, code, detail, place) =>
      tell(severity, code, detail, { ...place, draft: at });
    return [draftOf({ said, pointer, options, tell: tellTeam })];
  });
  if (list.length === 0) tell('refuse', 'empty', 'The list holds no team.');
  return { drafts, findings };
}
