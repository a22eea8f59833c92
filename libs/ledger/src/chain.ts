import { taggedHash } from './tagged-hash.js';

/** What an entry of a chain says: that something happened, never what was said. */
export interface EntryBody {
  chain: string;
  /** Whose chain it is; null: the network's. */
  party: string | null;
  traffic: string;
  kind: string;
  /** UTC with microseconds: `2026-11-21T23:41:31.123000Z`. */
  at: string;
  /** The party that acted, or whose relay did. */
  actor: string | null;
  assurance: string;
  /** The id of what it is about. */
  subject: string;
  /** A salted commitment to what it is about, in hex. */
  commitment: string;
}

/** An entry at its place, as it is stored. Hashes in hex. */
export interface Entry extends EntryBody {
  /** 1 for the first of its chain. */
  seq: number;
  digest: string;
  prev: string;
  hash: string;
}

/** The last link of a chain, kept beside it. */
export type Head = Pick<Entry, 'chain' | 'party' | 'traffic' | 'seq' | 'prev' | 'hash'>;

/** What the first entry of each chain follows. */
export const genesis = '0'.repeat(64);

/** The hash of what an entry says; whoever has it can check links without being told more. */
export const digestOf = ({
  actor,
  assurance,
  at,
  chain,
  commitment,
  kind,
  party,
  subject,
  traffic,
}: EntryBody): string =>
  taggedHash('aldis-ledger-entry-v1', {
    ...{ actor, assurance, at, chain, commitment, kind, party, subject, traffic },
  });

/** The hash that binds an entry to its place and to all before it. */
export const linkOf = ({ digest, prev, seq }: Pick<Entry, 'digest' | 'prev' | 'seq'>): string =>
  taggedHash('aldis-ledger-link-v1', { digest, prev, seq });

/**
 * What does not fit in an entry by itself or to the one before it in its chain; undefined when it is whole.
 */
export function faultOfLink(entry: Entry, before: Entry | undefined): string | undefined {
  const seq = (before?.seq ?? 0) + 1;
  if (entry.seq !== seq) return `comes where ${seq} should: entries are missing, or changed places`;
  if (entry.prev !== (before?.hash ?? genesis)) return 'does not follow from the entry before it';
  if (entry.digest !== digestOf(entry)) return 'is not what its digest says: the entry was changed';
  if (entry.hash !== linkOf(entry)) return 'does not have the hash of its place';
  return undefined;
}

/** What does not fit between the last entry of a chain and its head; undefined when both say the same. */
export function faultOfHead(head: Head, last: Entry | undefined): string | undefined {
  if (!last) return 'is the head of a chain of which no entry is there';
  if (head.seq !== last.seq)
    return `is at ${head.seq}, and the last entry that is there at ${last.seq}: entries are missing`;
  if (head.hash !== last.hash || head.prev !== last.prev) return 'does not have the hashes of the last entry';
  if (head.party !== last.party || head.traffic !== last.traffic)
    return 'does not belong where the chain does';
  return undefined;
}
