import canonicalize from 'canonicalize';
import type { EntryBody } from './chain.js';
import { leafHash, merkleRoot } from './merkle.js';
import { taggedHash } from './tagged-hash.js';

/** An entry of the journal: what happens too often for a chain of its own. */
export interface JournalEntry {
  id: string;
  party: string;
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
  request: string;
  party: string;
  requester: string;
  traffic: string;
  number: number;
  started: string;
  ended: string;
  outcome: string;
  reply: number | null;
}

/** The root over entries in this order, in hex; a leaf is the RFC 8785 form of an entry. Raises when there are none. */
export const rootOf = (entries: readonly JournalEntry[]): string =>
  merkleRoot(
    entries.map(({ at, commitment, id, kind, party, subject, traffic }) =>
      leafHash(
        Buffer.from(canonicalize({ at, commitment, id, kind, party, subject, traffic }) ?? '', 'utf8'),
      ),
    ),
  ).toString('hex');

/** The entry that a batch must have in the chain `journal`. */
export const entryOfBatch = ({ at, id, root, size }: JournalBatch): EntryBody => ({
  ...{ chain: 'journal', party: null, traffic: 'actual', kind: 'journal.batch', at, actor: null },
  ...{ assurance: 'system', subject: id },
  commitment: taggedHash('aldis-ledger-journal-batch-v1', { at, id, root, size }),
});

/** What does not fit between a batch and the entries that were folded into it; undefined when they are all there. */
export function faultOfBatch(batch: JournalBatch, entries: readonly JournalEntry[]): string | undefined {
  if (entries.length !== batch.size) return `has ${entries.length} of its ${batch.size} entries`;
  return rootOf(entries) === batch.root
    ? undefined
    : 'does not have the root of its entries: one was changed';
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
