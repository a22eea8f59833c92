import type { Tx } from '#libs/runtime';
import type { Sealed } from '#libs/vault';
import type { Entry, Head } from './chain.js';
import { batchColumns } from './journal.queries.js';
import type { JournalBatch } from './journal.js';
import type { AccessEventFacts, RequestEventFacts } from './recorded.js';

/** An entry with what it is about and the head of its chain, as far as they are there. */
export interface Walked {
  entry: Entry;
  requestEvent: RequestEventFacts | null;
  accessEvent: AccessEventFacts | null;
  batch: JournalBatch | null;
  head: Head | null;
}

/** The sealed words of an event, with the request's key as wrapped for one of those who can still read it. */
export interface SealedContent {
  id: string;
  request: string;
  reader: string | null;
  commitment: string;
  sealed: Sealed | null;
  wrapped: Sealed | null;
}

/** Where a walk stands: the last place seen. */
export interface Place {
  chain: string;
  seq: number;
}

// Instants as text: a Date would lose the microseconds, and a change of one of them.
/** An entry, `l`, as {@link Entry}. */
export const entryColumns = `jsonb_build_object('chain', l.chain, 'seq', l.seq, 'party', l.party_code, 'traffic', l.traffic,
  'kind', l.kind, 'at', app.utc(l.at), 'actor', l.actor_code, 'assurance', l.assurance, 'subject', l.subject_id,
  'commitment', l.commitment, 'digest', l.digest, 'prev', l.prev_hash, 'hash', l.hash) AS entry`;

/** An event of a request, `e`, as {@link RequestEventFacts}. */
export const requestEventColumns = `jsonb_build_object('id', e.id, 'request', e.request_id,
  'line', e.addressee_id, 'party', e.party_code, 'requester', e.requester_code, 'addressee', e.addressee_code,
  'audience', e.audience, 'traffic', e.traffic, 'act', e.act, 'from', e.from_state, 'to', e.to_state, 'actor', e.actor,
  'assurance', e.assurance, 'at', app.utc(e.at), 'content', e.commitment)`;

const requestEvent = `CASE WHEN e.id IS NOT NULL THEN ${requestEventColumns} END AS "requestEvent"`;

const accessEvent = `CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('id', a.id, 'about', a.about, 'account', a.account_id,
  'party', a.party_code, 'traffic', a.traffic, 'act', a.act, 'assurance', a.assurance, 'at', app.utc(a.at))
  END AS "accessEvent"`;

const headColumns = `jsonb_build_object('chain', h.chain, 'party', h.party_code, 'traffic', h.traffic, 'seq', h.seq,
  'prev', h.prev_hash, 'hash', h.hash)`;

/** Reads of the whole record, for those who verify it (`aldis_ledger`). */
export class LedgerQueries {
  /** Entries in the order of their chains, from after a place on. */
  async walk(tx: Tx, after: Place, limit: number): Promise<Walked[]> {
    return tx.query<Walked>(
      `SELECT ${entryColumns}, ${requestEvent}, ${accessEvent},
         CASE WHEN b.id IS NOT NULL THEN ${batchColumns} END AS batch,
         CASE WHEN h.chain IS NOT NULL THEN ${headColumns} END AS head
       FROM ledger_entries l LEFT JOIN request_events e ON e.id = l.subject_id
         LEFT JOIN access_events a ON a.id = l.subject_id
         LEFT JOIN journal_batches b ON b.id = l.subject_id LEFT JOIN ledger_heads h ON h.chain = l.chain
       WHERE (l.chain, l.seq) > ($1, $2) ORDER BY l.chain, l.seq LIMIT $3`,
      [after.chain, after.seq, limit],
    );
  }

  /** Heads of chains that have no entry, the first few. */
  async bareHeads(tx: Tx, limit: number): Promise<Head[]> {
    const rows = await tx.query<{ head: Head }>(
      `SELECT ${headColumns} AS head FROM ledger_heads h
       WHERE NOT EXISTS (SELECT 1 FROM ledger_entries l WHERE l.chain = h.chain) ORDER BY h.chain LIMIT $1`,
      [limit],
    );
    return rows.map(({ head }) => head);
  }

  /** Events that no entry is about, the first few. */
  async unchained(
    tx: Tx,
    table: 'request_events' | 'access_events' | 'journal_batches',
    limit: number,
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT e.id FROM ${table} e
       WHERE NOT EXISTS (SELECT 1 FROM ledger_entries l WHERE l.subject_id = e.id) ORDER BY e.id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Sides of requests whose key is missing without an erasure, or there in spite of one; the first few. */
  async strayKeys(tx: Tx, limit: number): Promise<{ request: string; party: string; erased: boolean }[]> {
    return tx.query(
      `WITH sides AS (
         SELECT DISTINCT request_id, CASE act WHEN 'save' THEN requester_code ELSE addressee_code END AS party
           FROM request_events WHERE act = 'save' OR act = 'send' AND addressee_code IS NOT NULL),
       erased AS (SELECT DISTINCT request_id, party_code AS party FROM request_events WHERE act = 'erase')
       SELECT s.request_id AS request, s.party, e.party IS NOT NULL AS erased
       FROM sides s LEFT JOIN erased e USING (request_id, party)
         LEFT JOIN request_keys k ON k.request_id = s.request_id AND k.party_code = s.party
       WHERE (k.party_code IS NULL) <> (e.party IS NOT NULL) ORDER BY 1, 2 LIMIT $1`,
      [limit],
    );
  }

  /** What was said, sealed, in the order of events from after one on. */
  async contents(tx: Tx, after: string, limit: number): Promise<SealedContent[]> {
    return tx.query<SealedContent>(
      `SELECT e.id, e.request_id AS request, e.commitment, c.content AS sealed, k.party_code AS reader, k.wrapped
       FROM request_events e LEFT JOIN request_event_contents c ON c.event_id = e.id
         LEFT JOIN LATERAL (SELECT party_code, wrapped FROM request_keys k WHERE k.request_id = e.request_id
           ORDER BY party_code LIMIT 1) k ON true
       WHERE e.id > $1 ORDER BY e.id LIMIT $2`,
      [after, limit],
    );
  }
}
