import {
  formatInstant,
  textsIn,
  type DocumentEntry,
  type DocumentSection,
  type DocumentText,
  type Language,
} from '#libs/wording';
import type { Duty } from '../duty.js';
import { mayEncryptTo } from '../keys/key-use.js';
import { planModes, planPlaces, type PlanWay } from '../routes/route-words.js';
import type {
  SignedSnapshot,
  SnapshotBody,
  SnapshotChannel,
  SnapshotEntry,
  SnapshotParty,
  SnapshotPlan,
} from './snapshot.js';

const plain = (label: string, text: string | null | undefined): DocumentEntry[] =>
  text ? [{ label, value: { kind: 'plain', text } }] : [];
const written = (label: string, text: string, language: string): DocumentEntry => ({
  label,
  value: { kind: 'written', text, language },
});

/** A name in the language of the booklet, else in English, else in whichever there is, with the language that it has. */
function nameIn(
  names: Readonly<Record<string, string>>,
  language: Language,
): [name: string, language: string] {
  for (const one of [language, 'en', ...Object.keys(names)])
    if (Object.hasOwn(names, one)) return [names[one] ?? '', one];
  return ['', language];
}

/** Between names of one thing. */
const between = ' · ';
const otherNames = (names: Readonly<Record<string, string>>, shownIn: string): string =>
  [...new Set(Object.values(names))].filter((name) => name !== names[shownIn]).join(between);

/**
 * A snapshot as a document to be printed: parties by code, each with its names in all languages and its points of
 * contact. Texts that people wrote keep their own language and direction.
 */
export function bookletOf({ snapshot, kid, signature }: SignedSnapshot, language: Language): DocumentText {
  const { booklet: texts } = textsIn(language);
  const channels = channelsIn(snapshot.parties);
  const reader = snapshot.parties.find(({ code }) => code === snapshot.for);
  const seenBy = reader ? nameIn(reader.names, language)[0] : texts.staff;
  return {
    ...{
      language,
      instance: snapshot.instance,
      traffic: 'actual',
      dense: true,
      tlp: snapshot.tlp,
      title: texts.title,
    },
    reference: `${snapshot.network} ${snapshot.takenAt.slice(0, 10)}`,
    producedAt: new Date(snapshot.takenAt),
    entries: [
      ...plain(texts.network, snapshot.network),
      ...plain(texts.seenBy, seenBy),
      ...plain(texts.takenAt, formatInstant(new Date(snapshot.takenAt))),
      ...plain(texts.expiresAt, formatInstant(new Date(snapshot.expiresAt))),
      ...plain(texts.digest, snapshot.digest),
      ...plain(texts.key, kid),
      ...plain(texts.signature, signature),
    ],
    sections: [
      {
        ...{ title: texts.use, level: 1 },
        entries: [written('1', texts.useText, language), written('2', texts.verifyText, language)],
      },
      ...snapshot.parties.flatMap((party) =>
        partySections(party, language, party.code === snapshot.for, channels),
      ),
    ],
    fixed: ['fs.assist.no-result'],
  };
}

function partySections(
  party: SnapshotParty,
  language: Language,
  isOwn: boolean,
  channels: ReadonlyMap<string, SnapshotChannel>,
): DocumentSection[] {
  const { booklet: texts } = textsIn(language);
  const [name, shownIn] = nameIn(party.names, language);
  const section: DocumentSection = {
    ...{ title: `${party.code} – ${name}`, level: 1 },
    entries: [
      ...plain(texts.names, otherNames(party.names, shownIn)),
      ...(party.consent === 'nothing' && !isOwn ? plain(texts.state, texts.noneTaken) : []),
      ...(party.consent !== 'nothing' && party.pointsOfContact.length === 0
        ? plain(texts.state, texts.noContact)
        : []),
    ],
  };
  const bodies = new Map(party.bodies.map((body) => [body.id, body]));
  return [
    section,
    ...party.plans.map((plan) => planSection(plan, language, channels)),
    ...party.pointsOfContact.map((entry) => entrySection(entry, bodies.get(entry.body.id), language)),
  ];
}

/** Every channel that a plan may name. */
const channelsIn = (parties: readonly SnapshotParty[]): Map<string, SnapshotChannel> =>
  new Map(
    parties.flatMap(({ pointsOfContact }) =>
      pointsOfContact.flatMap((entry) => entry.channels.map((channel) => [channel.id, channel] as const)),
    ),
  );

/** A plan as it is followed by hand: its ways in order, how to meet, how often to report. */
function planSection(
  plan: SnapshotPlan,
  language: Language,
  channels: ReadonlyMap<string, SnapshotChannel>,
): DocumentSection {
  const { booklet: texts } = textsIn(language);
  const ways = plan.ways.toSorted(
    (one, other) => planPlaces.indexOf(one.place) - planPlaces.indexOf(other.place),
  );
  const reports = planModes.flatMap((mode) => {
    const minutes = plan.reportEvery[mode];
    return minutes === undefined ? [] : [texts.reportEvery(texts.modes[mode], minutes)];
  });
  return {
    ...{ title: texts.plan(plan.kind === 'pair' ? null : plan.network), level: 2 },
    entries: [
      ...plain(texts.mode, texts.modes[plan.mode]),
      ...ways.flatMap((way) => wayEntry(way, language, channels)),
      ...(plan.only ? plain(texts.beside, texts.nothing) : []),
      ...(plan.bridge ? [written(texts.bridge, plan.bridge.text, plan.bridge.language)] : []),
      ...plain(texts.reports, reports.join('; ')),
    ],
  };
}

function wayEntry(
  { place, level, kind, channel, means }: PlanWay,
  language: Language,
  channels: ReadonlyMap<string, SnapshotChannel>,
): DocumentEntry[] {
  const { booklet: texts, entryWords } = textsIn(language);
  const label = texts.places[place];
  if (means) return [written(label, means.text, means.language)];
  const named = channel === undefined ? undefined : channels.get(channel);
  const said = named
    ? [entryWords.channels[named.kind], named.address]
    : [kind && entryWords.channels[kind], level && texts.levels[level], channel && texts.notHere];
  return plain(label, said.filter(Boolean).join(', '));
}

function entrySection(
  entry: SnapshotEntry,
  body: SnapshotBody | undefined,
  language: Language,
): DocumentSection {
  const { booklet: texts } = textsIn(language);
  const [role, shownIn] = nameIn(entry.roleNames, language);
  const [ofBody, bodyIn] = nameIn(entry.body.names, language);
  return {
    ...{ title: `${role}, ${texts.levels[entry.level]} ${entry.position}`, level: 2 },
    entries: [
      ...channelEntries(entry, language),
      ...plain(texts.role, otherNames(entry.roleNames, shownIn)),
      ...plain(texts.body, [ofBody, otherNames(entry.body.names, bodyIn)].filter(Boolean).join(between)),
      ...(body ? plain(texts.boundary, texts.boundaries[body.sharingBoundary]) : []),
      ...plain(
        texts.person,
        entry.person && [entry.person.name, entry.person.title].filter(Boolean).join(', '),
      ),
      ...plain(texts.languages, entry.languages.join(', ')),
      ...plain(texts.hours, `${hoursOf(entry.hours, language)} (${entry.zone})`),
      ...plain(texts.lastConfirmed, entry.confirmedAt && formatInstant(new Date(entry.confirmedAt))),
      ...(entry.state === 'stale' ? plain(texts.state, texts.stale) : []),
      ...(entry.note ? [written(texts.note, entry.note.text, entry.note.language)] : []),
    ],
  };
}

function channelEntries({ channels }: SnapshotEntry, language: Language): DocumentEntry[] {
  const { booklet: texts, entryWords } = textsIn(language);
  return channels.flatMap(({ kind, address, state, purpose, expiresOn, reach, keys }) => {
    const more = [
      ...(purpose === 'any' ? [] : [texts.purposes[purpose]]),
      ...(state === 'suspect' ? [entryWords.states.suspect] : []),
      ...(expiresOn === null ? [] : [texts.goodUntil(expiresOn)]),
      ...(reach.answeredAt === null ? [] : [texts.answered(reach.answeredAt.slice(0, 10))]),
    ];
    const said = more.length === 0 ? address : `${address} (${more.join(', ')})`;
    return [...plain(entryWords.channels[kind], said), ...keys.flatMap((key) => keyEntry(key, language))];
  });
}

function keyEntry(
  key: SnapshotEntry['channels'][number]['keys'][number],
  language: Language,
): DocumentEntry[] {
  const { booklet: texts } = textsIn(language);
  const { fingerprint, expiresAt } = key;
  const until = expiresAt === null ? '' : ` (${texts.goodUntil(expiresAt.slice(0, 10))})`;
  return mayEncryptTo(key) ? plain(texts.keyOf, `${fingerprint}${until}`) : [];
}

function hoursOf({ aroundTheClock, weekly = [], holidays }: Duty, language: Language): string {
  const { booklet: texts } = textsIn(language);
  if (aroundTheClock) return texts.aroundTheClock;
  if (weekly.length === 0) return texts.noHours;
  const dayName = (day: number) => texts.days[day as keyof typeof texts.days];
  const said = weekly.map(({ days, from, to }) => `${days.map(dayName).join(' ')} ${from}–${to}`);
  return [...said, ...(holidays ? [texts.holidaysOf(holidays.region ?? holidays.country)] : [])].join('; ');
}
