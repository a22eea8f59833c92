import { isDeepStrictEqual } from 'node:util';
import type { LineClocks, RequestView } from '#libs/requests';

/** What one side sees of a request. */
export interface Seen {
  view: Pick<RequestView, 'addressees' | 'timeline'>;
  clocks: readonly LineClocks[];
}

/** Entries that only the side of their party sees. */
const isOwn = ({ act }: { act: string }): boolean => act === 'note';

/**
 * Where the views of requester and addressee differ in what both may see: the lines of that addressee, what happened
 * on them, and their clocks. Empty when they are the same.
 */
export function differences(requester: Seen, addressee: Seen, party: string): string[] {
  const on = ({ view, clocks }: Seen) => ({
    line: view.addressees.filter((line) => line.party === party),
    timeline: view.timeline.filter((entry) => entry.addressee === party && !isOwn(entry)),
    clocks: clocks.filter((line) => line.party === party).map(measured),
  });
  const [one, other] = [on(requester), on(addressee)];
  const parts = ['line', 'timeline', 'clocks'] as const;
  return parts.filter((part) => !isDeepStrictEqual(one[part], other[part]));
}

/** What does not depend on who reads, nor on when: clocks that still run are compared by their times alone. */
const measured = ({ body, clocks }: LineClocks) => ({
  body,
  clocks: clocks.map(({ state, startedAt, dueAt, metAt, elapsedMinutes }) => ({
    ...{ state, startedAt: startedAt?.utc, dueAt: dueAt?.utc, metAt: metAt?.utc },
    elapsedMinutes: state === 'met' || state === 'ended' ? elapsedMinutes : null,
  })),
});
