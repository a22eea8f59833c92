import type { Tx } from '#libs/runtime';
import { allPages, beforeAll, type Findings } from './findings.js';
import { faultOfAttempt, faultOfBatch, type JournalBatch } from './journal.js';
import type { LedgerQueries, WalkedAttempt } from './ledger.queries.js';

/** Walks the journal: its batches with what was folded into them, and what it says of each attempt that ended. */
export async function verifyJournal(tx: Tx, queries: LedgerQueries, findings: Findings): Promise<void> {
  const { all, waiting } = await queries.journal(tx);
  Object.assign(findings, { journal: all, waiting });
  const batches = (after: JournalBatch | undefined, limit: number) =>
    queries.batches(tx, after?.id ?? beforeAll, limit);
  for await (const batch of allPages(batches)) {
    const folded = await queries.folded(tx, batch.id);
    const misplaced = folded.some(({ position }, index) => position !== index);
    const entries = folded.map(({ entry }) => entry);
    const what = misplaced
      ? 'has entries in other places than they were given'
      : faultOfBatch(batch, entries);
    if (what) findings.faults.push({ table: 'journal_batches', row: batch.id, what });
  }
  for (const row of await queries.strayEntries(tx, 1000))
    findings.faults.push({
      ...{ table: 'journal_entries', row, what: 'belongs to a batch or an attempt that is not there' },
    });
  const attempts = (after: WalkedAttempt | undefined, limit: number) =>
    queries.attempts(tx, after?.attempt.id ?? beforeAll, limit);
  for await (const { attempt, entry } of allPages(attempts)) {
    const what = faultOfAttempt(attempt, entry);
    if (what) findings.faults.push({ table: 'attempts', row: attempt.id, what });
  }
}
