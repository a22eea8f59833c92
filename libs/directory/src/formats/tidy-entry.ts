import type { WrittenIn } from '#libs/parties';
import type { Duty, WeeklyHours } from '../duty.js';
import type {
  DirectoryEntry,
  DraftBody,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
} from './draft-entry.js';

/** One line of text: control characters and line ends are blanks, one blank is as good as many. */
export const tidyLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\uFFFD/g, '')
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ')
    .trim();

/** Longer text: lines end alike and without blanks, one empty line is as good as many. */
export const tidyText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => tidyLine(line.replaceAll('\t', ' ')))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const compact = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).filter(([, one]: [string, unknown]) => one !== undefined && one !== ''),
  ) as T;

const isTag = (tag: string): boolean => tag.length <= 35 && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag);
const byTag = ([one]: [string, string], [other]: [string, string]): number =>
  one < other ? -1 : one > other ? 1 : 0;

const tidyNames = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(names)
      .map(([tag, name]): [string, string] => [tag, tidyLine(name)])
      .filter(([tag, name]) => isTag(tag) && name !== '')
      .sort(byTag),
  );

/** Texts by language, each language once: what is said first holds. */
function tidyWritten(texts: readonly WrittenIn[] | undefined): WrittenIn[] | undefined {
  const first = new Map<string, string>();
  for (const { text, language } of texts ?? [])
    if (isTag(language) && tidyText(text) !== '' && !first.has(language)) first.set(language, tidyText(text));
  const sorted = [...first].sort(byTag).map(([language, text]) => ({ text, language }));
  return sorted.length > 0 ? sorted : undefined;
}

const tidyList = (items: readonly string[]): string[] => [
  ...new Set(items.map(tidyLine).filter((item) => item !== '')),
];

const line = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : tidyLine(text);

function tidyBody(body: DraftBody): DraftBody {
  const { status, authority, mandate, services = [], website, established, nonMisuse } = body.profile;
  const offered = tidyList(services);
  const seen = new Set<string>();
  return compact({
    ...body,
    names: tidyNames(body.names),
    shortName: line(body.shortName),
    postalAddress: body.postalAddress === undefined ? undefined : tidyText(body.postalAddress),
    affiliation: line(body.affiliation),
    constituency: body.constituency.filter(({ kind, value }) => {
      const known = seen.has(`${kind} ${value}`);
      seen.add(`${kind} ${value}`);
      return !known && value !== '';
    }),
    profile: compact({
      status: tidyWritten(status),
      authority: tidyWritten(authority),
      mandate: tidyWritten(mandate),
      services: offered.length > 0 ? offered : undefined,
      website: line(website),
      established,
      nonMisuse: nonMisuse && compact({ ...nonMisuse, text: tidyWritten(nonMisuse.text) }),
    }),
  });
}

/** Hours in one form: days in their order, nothing that is empty, no hours beside those around the clock. */
function tidyDuty({ aroundTheClock, weekly = [], holidays, ownHolidays = [] }: Duty): Duty {
  const hours = weekly
    .map(({ days, from, to }): WeeklyHours => ({ days: [...new Set(days)].sort(), from, to }))
    .filter(({ days }) => days.length > 0);
  const own = ownHolidays.map(({ on, name }) => ({ on, name: tidyLine(name) })).filter(({ name }) => name);
  return compact({
    aroundTheClock: aroundTheClock || undefined,
    weekly: aroundTheClock || hours.length === 0 ? undefined : hours,
    holidays: holidays && compact(holidays),
    ownHolidays: own.length > 0 ? own : undefined,
  });
}

/** Digits of a fingerprint alone, as they are compared. */
export const bareFingerprint = (text: string): string => text.replace(/[^0-9A-Fa-f]/g, '').toUpperCase();

const tidyKey = (key: DraftKey): DraftKey =>
  compact({
    ...key,
    material: key.material === undefined ? undefined : tidyText(key.material),
    fingerprint: key.fingerprint === undefined ? undefined : bareFingerprint(key.fingerprint),
    url: line(key.url),
  });

const tidyChannel = (channel: DraftChannel): DraftChannel => ({
  ...channel,
  address: tidyLine(channel.address),
});

function tidyContact(contact: DraftPointOfContact): DraftPointOfContact {
  const { person, note } = contact;
  const name = person ? tidyLine(person.name) : '';
  const text = note ? tidyText(note.text) : '';
  return compact({
    ...contact,
    roleNames: tidyNames(contact.roleNames),
    person: name === '' ? null : compact({ name, title: line(person?.title) }),
    languages: tidyList(contact.languages).filter(isTag),
    duty: tidyDuty(contact.duty),
    expectedRoles: tidyList(contact.expectedRoles),
    coordination: tidyList(contact.coordination),
    note: note && text !== '' && isTag(note.language) ? { text, language: note.language } : null,
    channels: contact.channels.map(tidyChannel).filter(({ address }) => address !== ''),
    keys: contact.keys
      .map(tidyKey)
      .filter(({ material, fingerprint, url }) => material ?? fingerprint ?? url),
  });
}

/** An entry in the one form in which it is written, and as it comes back: no control characters, nothing empty. */
export const tidyEntry = <T extends DirectoryEntry>(entry: T): T => ({
  ...entry,
  body: tidyBody(entry.body),
  pointsOfContact: entry.pointsOfContact.map(tidyContact),
});
