import type { Tx } from '#libs/runtime';
import type { AttemptFacts, Folded, JournalBatch, JournalEntry } from './journal.js';
import type { ObservationFacts, ViewFacts } from './observed.js';

/** What the journal is about, by the table that holds it. */
export interface Journalled {
  attempts: AttemptFacts;
  views: ViewFacts;
  observations: ObservationFacts;
}

/** A row that is journalled, with the last that the journal says of it. */
export interface WalkedRow<Facts> {
  facts: Facts;
  entry: JournalEntry | null;
}

/** An entry in a batch, at its place. */
export type WalkedEntry = Folded & { batch: string };

/** A batch, `b`, as {@link JournalBatch}. */
export const batchColumns = `jsonb_build_object('id', b.id, 'at', app.utc(b.at), 'size', b.size, 'root', b.root)`;

/** An entry of the journal, `j`, as {@link JournalEntry}. */
export const journalColumns = `jsonb_build_object('id', j.id, 'party', j.party_code, 'traffic', j.traffic, 'kind', j.kind,
  'at', app.utc(j.at), 'subject', j.subject_id, 'commitment', j.commitment)`;

/** An observation, `t`, as {@link ObservationFacts}. */
export const observationColumns = `jsonb_build_object('id', t.id, 'request', t.request_id, 'line', t.addressee_id,
  'requester', t.requester_code, 'addressee', t.party_code, 'traffic', t.traffic, 'what', t.what, 'evidence', t.evidence,
  'assurance', t.assurance, 'notice', t.notice_id, 'at', app.utc(t.at), 'salt', t.salt)`;

const columns: Record<keyof Journalled, string> = {
  attempts: `jsonb_build_object('id', t.id, 'notice', t.notice_id, 'request', t.request_id, 'party', t.party_code,
    'requester', t.requester_code, 'traffic', t.traffic, 'number', t.number, 'started', app.utc(t.started_at),
    'ended', app.utc(t.ended_at), 'outcome', t.outcome, 'reply', t.reply_code)`,
  views: `jsonb_build_object('id', t.id, 'party', t.party_code, 'traffic', t.traffic, 'kind', t.kind, 'actor', t.actor,
    'assurance', t.assurance, 'request', t.request_id, 'sought', t.sought, 'at', app.utc(t.at), 'salt', t.salt)`,
  observations: observationColumns,
};

/** Reads of the whole journal, for those who verify it (`aldis_ledger`). */
export class JournalQueries {
  /** How many entries of the journal there are, and how many of them wait for their batch. */
  async count(tx: Tx): Promise<{ all: number; waiting: number }> {
    const [row] = await tx.query<{ all: number; waiting: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE batch_id IS NULL)::int AS waiting FROM journal_entries`,
    );
    return row ?? { all: 0, waiting: 0 };
  }

  /** Batches, from after one on. */
  async batches(tx: Tx, after: string, limit: number): Promise<JournalBatch[]> {
    const rows = await tx.query<{ batch: JournalBatch }>(
      `SELECT ${batchColumns} AS batch FROM journal_batches b WHERE b.id > $1 ORDER BY b.id LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ batch }) => batch);
  }

  /** What was folded, in the order of batches and of places in them, from after one place on. */
  async folded(
    tx: Tx,
    after: Pick<WalkedEntry, 'batch' | 'position'>,
    limit: number,
  ): Promise<WalkedEntry[]> {
    return tx.query<WalkedEntry>(
      `SELECT j.batch_id AS batch, ${journalColumns} AS entry, j.position, j.path FROM journal_entries j
       WHERE (j.batch_id, j.position) > ($1, $2) ORDER BY j.batch_id, j.position LIMIT $3`,
      [after.batch, after.position, limit],
    );
  }

  /** Entries whose batch, or what they are about, is not there, the first few. */
  async strayEntries(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT j.id FROM journal_entries j
       WHERE j.batch_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal_batches b WHERE b.id = j.batch_id)
         OR j.batch_id IS NULL AND j.path IS NOT NULL
         OR NOT EXISTS (SELECT 1 FROM attempts t WHERE t.id = j.subject_id AND t.outcome IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM views t WHERE t.id = j.subject_id)
           AND NOT EXISTS (SELECT 1 FROM observations t WHERE t.id = j.subject_id)
       ORDER BY j.id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Rows of a table that the journal must know, from after one on: of attempts those that have ended. */
  async known<Table extends keyof Journalled>(
    tx: Tx,
    table: Table,
    after: string,
    limit: number,
  ): Promise<WalkedRow<Journalled[Table]>[]> {
    return tx.query<WalkedRow<Journalled[Table]>>(
      `SELECT ${columns[table]} AS facts, said.entry FROM ${table} t
         LEFT JOIN LATERAL (SELECT ${journalColumns} AS entry FROM journal_entries j WHERE j.subject_id = t.id
           ORDER BY j.at DESC, j.id LIMIT 1) AS said ON true
       WHERE ${table === 'attempts' ? 't.outcome IS NOT NULL AND ' : ''}t.id > $1 ORDER BY t.id LIMIT $2`,
      [after, limit],
    );
  }
}
