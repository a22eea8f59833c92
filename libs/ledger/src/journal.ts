import canonicalize from 'canonicalize';
import type { EntryBody } from './chain.js';
import { auditPath, leafHash, merkleRoot } from './merkle.js';
import { taggedHash } from './tagged-hash.js';

/** An entry of the journal: what happens too often for a chain of its own. */
export interface JournalEntry {
  id: string;
  /** Null: the network's own, as a mail to its staff is. */
  party: string | null;
  traffic: string;
  kind: string;
  at: string;
  subject: string;
  commitment: string;
}

/** Entries of the journal folded into one: `root` over their leaves in their order, in hex. */
export interface JournalBatch {
  id: string;
  at: string;
  size: number;
  root: string;
}

/** An attempt to deliver that has ended. */
export interface AttemptFacts {
  id: string;
  notice: string;
  /** Null, with the requester, where the mail was about no request; so is the party of the network's own staff. */
  request: string | null;
  party: string | null;
  requester: string | null;
  traffic: string;
  number: number;
  started: string;
  ended: string;
  outcome: string;
  reply: number | null;
}

/** The leaf of an entry: over its RFC 8785 form. */
export const leafOfEntry = ({ at, commitment, id, kind, party, subject, traffic }: JournalEntry): Buffer =>
  leafHash(Buffer.from(canonicalize({ at, commitment, id, kind, party, subject, traffic }) ?? '', 'utf8'));

/** The root over entries in this order, in hex. Raises when there are none. */
export const rootOf = (entries: readonly JournalEntry[]): string =>
  merkleRoot(entries.map(leafOfEntry)).toString('hex');

/** For each entry of a batch the hashes beside its way to the root, in hex, where a receipt is given for it; else null. */
export function pathsOf(entries: readonly JournalEntry[]): (string[] | null)[] {
  const leaves = entries.map(leafOfEntry);
  return entries.map(({ kind }, position) =>
    kind.startsWith('observation.') ? auditPath(leaves, position).map((hash) => hash.toString('hex')) : null,
  );
}

/** The entry that a batch must have in the chain `journal`. */
export const entryOfBatch = ({ at, id, root, size }: JournalBatch): EntryBody => ({
  ...{ chain: 'journal', party: null, traffic: 'actual', kind: 'journal.batch', at, actor: null },
  ...{ assurance: 'system', subject: id },
  commitment: taggedHash('aldis-ledger-journal-batch-v1', { at, id, root, size }),
});

/** An entry at its place in a batch. */
export interface Folded {
  entry: JournalEntry;
  position: number;
  path: string[] | null;
}

/** What does not fit between a batch and the entries that were folded into it; undefined when they are all there. */
export function faultOfBatch(batch: JournalBatch, folded: readonly Folded[]): string | undefined {
  if (folded.some(({ position }, index) => position !== index))
    return 'has entries in other places than they were given';
  if (folded.length !== batch.size) return `has ${folded.length} of its ${batch.size} entries`;
  const entries = folded.map(({ entry }) => entry);
  if (rootOf(entries) !== batch.root) return 'does not have the root of its entries: one was changed';
  const paths = pathsOf(entries);
  return folded.every(({ path }, index) => JSON.stringify(path) === JSON.stringify(paths[index]))
    ? undefined
    : 'has an entry whose way to the root was changed';
}

/** What the journal commits to about an attempt. */
export const commitmentToAttempt = (attempt: AttemptFacts): string => {
  const { ended, id, notice, number, outcome, party, reply, request, requester, started, traffic } = attempt;
  return taggedHash('aldis-ledger-attempt-v1', {
    ...{ ended, id, notice, number, outcome, party, reply, request, requester, started, traffic },
  });
};

/** What does not fit between an attempt and the last entry about it; undefined when they agree. */
export function faultOfAttempt(attempt: AttemptFacts, entry: JournalEntry | null): string | undefined {
  if (!entry) return 'has ended, and the journal does not say so';
  const agree =
    entry.commitment === commitmentToAttempt(attempt) &&
    entry.kind === `delivery.${attempt.outcome}` &&
    entry.at === attempt.ended &&
    entry.party === attempt.party &&
    entry.traffic === attempt.traffic;
  return agree ? undefined : 'is not what the journal says of it';
}
