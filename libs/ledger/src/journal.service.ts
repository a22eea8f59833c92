import { newId, type UnitOfWork } from '#libs/runtime';
import { pathsOf, rootOf, type JournalEntry } from './journal.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** As many entries as one batch takes: what is more waits for the next. */
export const batchLimit = 5_000;

/** Folds what the journal has gathered into its chain. */
export class Journal {
  constructor(private readonly units: UnitOfWork) {}

  /** Makes one batch of what waits, and answers how many entries went into it. Nothing waits: no batch. */
  async fold(limit = batchLimit): Promise<number> {
    return this.units.run(worker, async (tx) => {
      // Another worker is folding at this moment.
      const [mine] = await tx.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtext('aldis-journal')) AS mine`,
      );
      if (!mine?.mine) return 0;
      const entries = await tx.query<JournalEntry>(
        `SELECT id, party_code AS party, traffic, kind, app.utc(at) AS at, subject_id AS subject, commitment
         FROM journal_entries WHERE batch_id IS NULL ORDER BY journal_entries.at, id LIMIT $1`,
        [limit],
      );
      if (entries.length === 0) return 0;
      const batch = newId();
      await tx.query(`INSERT INTO journal_batches (id, at, size, root) VALUES ($1, app.now(), $2, $3)`, [
        ...[batch, entries.length, rootOf(entries)],
      ]);
      await tx.query(
        `UPDATE journal_entries j SET batch_id = $1, position = placed.position - 1, path = way.path
         FROM unnest($2::uuid[]) WITH ORDINALITY AS placed (id, position)
           LEFT JOIN jsonb_to_recordset($3::jsonb) AS way (id uuid, path text[]) ON way.id = placed.id
         WHERE j.id = placed.id`,
        [batch, entries.map(({ id }) => id), JSON.stringify(waysOf(entries))],
      );
      return entries.length;
    });
  }
}

/** The ways to the root of those entries that have one. */
function waysOf(entries: readonly JournalEntry[]): { id: string; path: string[] }[] {
  const paths = pathsOf(entries);
  return entries.flatMap(({ id }, index) => {
    const path = paths[index];
    return path ? [{ id, path }] : [];
  });
}
