import type { Level } from '#libs/directory';

/** Whom an addressee's notices go to, best first: technical, else diplomatic, else policy. */
export const whoIsAsked = ['technical', 'diplomatic', 'policy'] as const satisfies readonly Level[];

/** One mailbox or endpoint of the route, as far as it matters here. */
interface Way {
  /** Its point of contact. */
  readonly id: string;
  readonly address: string;
  readonly doubted: boolean;
}

/**
 * The next mailbox or endpoint of a route, in its order: of the point of contact whose notice has failed, then of the
 * others; those in doubt last of all. Nobody is told twice.
 */
export function nextAlternate<One extends Way>(
  route: readonly One[],
  failed: string | undefined,
  told: ReadonlySet<string>,
): One | undefined {
  const left = route.filter(({ address }) => !told.has(address));
  const inTurn = [...left.filter(({ id }) => id === failed), ...left.filter(({ id }) => id !== failed)];
  return inTurn.find(({ doubted }) => !doubted) ?? inTurn[0];
}
