import type { Tx } from '#libs/runtime';
import { allPages, beforeAll, type Findings } from './findings.js';
import { faultOfAttempt, faultOfBatch, type JournalBatch, type JournalEntry } from './journal.js';
import { JournalQueries, type Journalled, type WalkedEntry, type WalkedRow } from './journal.queries.js';
import { entryOfObservation, entryOfView, faultOfJournalled } from './observed.js';

const queries = new JournalQueries();

/** What does not fit between a row and the last that the journal says of it. */
const faultsOf: { [Table in keyof Journalled]: Fault<Journalled[Table]> } = {
  attempts: faultOfAttempt,
  views: (view, entry) => faultOfJournalled(entryOfView(view), entry),
  observations: (observation, entry) => faultOfJournalled(entryOfObservation(observation), entry),
};
type Fault<Facts> = (facts: Facts, entry: JournalEntry | null) => string | undefined;

/** Walks the journal: its batches with what was folded into them, and what it says of each row that it must know. */
export async function verifyJournal(tx: Tx, findings: Findings): Promise<void> {
  const { all, waiting } = await queries.count(tx);
  Object.assign(findings, { journal: all, waiting });
  await verifyBatches(tx, findings);
  for (const row of await queries.strayEntries(tx, 1000))
    findings.faults.push({
      ...{ table: 'journal_entries', row },
      what: 'belongs to a batch, or is about something, that is not there',
    });
  await verifyRows(tx, 'attempts', findings);
  await verifyRows(tx, 'views', findings);
  await verifyRows(tx, 'observations', findings);
}

/** Batches and entries are read in pages of their own, side by side, in one order. */
async function verifyBatches(tx: Tx, findings: Findings): Promise<void> {
  const batches = (after: JournalBatch | undefined, limit: number) =>
    queries.batches(tx, after?.id ?? beforeAll, limit);
  const groups = grouped(
    allPages((after: WalkedEntry | undefined, limit) =>
      queries.folded(tx, after ?? { batch: beforeAll, position: -1 }, limit),
    ),
  );
  let group = await groups.next();
  for await (const batch of allPages(batches)) {
    // Entries of a batch that is not there are told of elsewhere.
    while (!group.done && group.value.batch < batch.id) group = await groups.next();
    const folded = !group.done && group.value.batch === batch.id ? group.value.entries : [];
    const what = faultOfBatch(batch, folded);
    if (what) findings.faults.push({ table: 'journal_batches', row: batch.id, what });
  }
}

/** Entries that follow one another, by their batch. */
async function* grouped(
  entries: AsyncIterable<WalkedEntry>,
): AsyncGenerator<{ batch: string; entries: WalkedEntry[] }, undefined> {
  let group: { batch: string; entries: WalkedEntry[] } | undefined;
  for await (const entry of entries) {
    if (group && group.batch !== entry.batch) {
      yield group;
      group = undefined;
    }
    group ??= { batch: entry.batch, entries: [] };
    group.entries.push(entry);
  }
  if (group) yield group;
  return undefined;
}

async function verifyRows<Table extends keyof Journalled>(
  tx: Tx,
  table: Table,
  findings: Findings,
): Promise<void> {
  const page = (after: WalkedRow<Journalled[Table]> | undefined, limit: number) =>
    queries.known(tx, table, after?.facts.id ?? beforeAll, limit);
  for await (const { facts, entry } of allPages(page)) {
    const what = faultsOf[table](facts, entry);
    if (what) findings.faults.push({ table, row: facts.id, what });
  }
}
