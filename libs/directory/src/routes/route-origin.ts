import type { Origin, OriginCandidate } from '../origins/origins.queries.js';

/** What a route was found by where no party was named: whose the trace is, from which source, and who else it may be. */
export interface RouteOrigin extends Pick<Origin, 'asked' | 'special' | 'notes'> {
  source: NonNullable<Origin['source']>;
  /** The party that the route leads to, and the body whose constituency it is. */
  by: OriginCandidate;
  /** The others that it may be, the most specific first. */
  others: OriginCandidate[];
  /** The file of the registry that says so, by its day; null: another source does. */
  file: Origin['files'][number] | null;
}

/** The most specific candidate, with the others; null where there is none. */
export function routeOriginOf({
  asked,
  special,
  notes,
  source,
  candidates,
  files,
}: Origin): RouteOrigin | null {
  const [by, ...others] = candidates;
  if (!by || source === null) return null;
  const file = files.find(({ registry }) => registry === by.registry) ?? null;
  return { asked, special, notes, source, by, others, file };
}

/** What is said where a trace leads to no party, with what can be done. */
export const unknownOrigin = ({ asked, notes }: Origin): string =>
  [`No party of this network is known for ${asked.value}.`, ...notes].join(' ');
