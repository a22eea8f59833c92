import { channelKinds, type ChannelKind, type Level } from '../entry-words.js';

/** Fields of an entry that a network may hide from its members; channels by their kind. */
export const hideableFields = [
  ...(['person', 'note', 'duty', 'languages', 'expected-roles', 'coordination', 'keys'] as const),
  ...channelKinds,
] as const;
export type HideableField = (typeof hideableFields)[number];

/** What a network hides of its members' entries from the other members: everywhere, or at levels. The rest they see. */
export type Visibility = { readonly [Field in HideableField]?: 'hidden' | readonly Level[] } & {
  readonly capabilities?: 'hidden';
};

/** What somebody sees of an entry: all of it, these fields beside what identifies it, or nothing. */
export type VisibleFields = 'all' | ReadonlySet<HideableField> | null;

/**
 * The fields of an entry at a level that a party sees through the networks that it shares with the entry's own: each
 * that one of them shows. `own`: of the own party and for the network's staff. Null: no network is shared.
 */
export function visibleFields(level: Level, shared: readonly Visibility[] | 'own'): VisibleFields {
  if (shared === 'own') return 'all';
  if (shared.length === 0) return null;
  const hides = (visibility: Visibility, field: HideableField) => {
    const said = visibility[field];
    return said === 'hidden' || (said?.includes(level) ?? false);
  };
  return new Set(hideableFields.filter((field) => shared.some((one) => !hides(one, field))));
}

/** Whether a party is shown another's capabilities by one of the networks that they share. */
export const showsCapabilities = (shared: readonly Visibility[] | 'own'): boolean =>
  shared === 'own' || shared.some(({ capabilities }) => capabilities !== 'hidden');

/** What of an entry can be hidden; no list of entries has all of it. */
interface Hideable {
  party: string;
  level: Level;
  person?: object | null;
  note?: object | null;
  languages?: string[];
  expectedRoles?: string[];
  coordination?: string[];
  readiness?: Record<string, boolean>;
  hours?: object;
  channels?: { kind: ChannelKind; keys?: object[] }[];
}

/**
 * The entry as it is shown: hidden fields are empty, hidden channels are not there, and answers on readiness stay with
 * the own party. Nothing where no network is shared.
 */
export function shownEntry<Entry extends Hideable>(entry: Entry, fields: VisibleFields): Entry[] {
  if (fields === null) return [];
  if (fields === 'all') return [entry];
  const { channels } = entry;
  return [
    {
      ...entry,
      ...(entry.person === undefined || fields.has('person') ? {} : { person: null }),
      ...(entry.note === undefined || fields.has('note') ? {} : { note: null }),
      ...(entry.languages === undefined || fields.has('languages') ? {} : { languages: [] }),
      ...(entry.expectedRoles === undefined || fields.has('expected-roles') ? {} : { expectedRoles: [] }),
      ...(entry.coordination === undefined || fields.has('coordination') ? {} : { coordination: [] }),
      ...(entry.readiness === undefined ? {} : { readiness: {} }),
      ...(entry.hours === undefined || fields.has('duty') ? {} : { hours: {} }),
      ...(channels === undefined ? {} : { channels: shownChannels(channels, fields) }),
    },
  ];
}

const shownChannels = <Channel extends { kind: ChannelKind; keys?: object[] }>(
  channels: readonly Channel[],
  fields: ReadonlySet<HideableField>,
): Channel[] =>
  channels
    .filter(({ kind }) => fields.has(kind))
    .map((channel) =>
      channel.keys === undefined || fields.has('keys') ? channel : { ...channel, keys: [] },
    );

/**
 * A point of contact as far as its duty is shown. Where it is hidden there are no hours and no absences, so that it is
 * unknown whether somebody is there.
 */
export function shownDuty<Point extends { duty: object }>(
  point: Point,
  fields: VisibleFields,
): (Point & { hidden: boolean })[] {
  if (fields === null) return [];
  const hidden = fields !== 'all' && !fields.has('duty');
  return [{ ...point, ...(hidden ? { duty: {} } : {}), hidden }];
}
