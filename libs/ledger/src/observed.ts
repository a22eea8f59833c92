import type { JournalEntry } from './journal.js';
import { taggedHash } from './tagged-hash.js';

/** Somebody read a request, or looked something up in the directory. */
export interface ViewFacts {
  id: string;
  /** Null: the network's staff. */
  party: string | null;
  traffic: string;
  kind: string;
  actor: string;
  assurance: string;
  request: string | null;
  sought: string | null;
  at: string;
  salt: string;
}

/** What was observed of an addressee's line: that a mail arrived, that the request was read. */
export interface ObservationFacts {
  id: string;
  request: string;
  line: string;
  requester: string;
  addressee: string;
  traffic: string;
  what: string;
  /** What it rests on: `link-fetched`, `request-read` or `code-typed`. */
  evidence: string;
  assurance: string;
  /** The notice whose link was fetched. */
  notice: string | null;
  at: string;
  salt: string;
}

/** An entry of the journal but for its own id, which is random. */
export type ExpectedEntry = Omit<JournalEntry, 'id'>;

/** The entry that a view must have in the journal. */
export function entryOfView(view: ViewFacts): ExpectedEntry {
  const { actor, assurance, at, id, kind, party, request, salt, sought, traffic } = view;
  return {
    ...{ at, kind, party, traffic, subject: id },
    commitment: taggedHash('aldis-ledger-view-v1', {
      ...{ actor, assurance, at, id, kind, party, request, salt, sought, traffic },
    }),
  };
}

/** The entry that an observation must have in the journal. */
export function entryOfObservation(observation: ObservationFacts): ExpectedEntry {
  const { addressee, assurance, at, evidence, id, line, notice } = observation;
  const { request, requester, salt, traffic, what } = observation;
  return {
    ...{ at, traffic, party: addressee, kind: `observation.${what}`, subject: id },
    commitment: taggedHash('aldis-ledger-observation-v1', {
      ...{ addressee, assurance, at, evidence, id, line, notice, request, requester, salt, traffic, what },
    }),
  };
}

/** What does not fit between what happened and the entry about it; undefined when they agree. */
export function faultOfJournalled(expected: ExpectedEntry, entry: JournalEntry | null): string | undefined {
  if (!entry) return 'is there, and the journal does not say so';
  const names = Object.keys(expected) as (keyof ExpectedEntry)[];
  return names.every((name) => entry[name] === expected[name])
    ? undefined
    : 'is not what the journal says of it';
}
