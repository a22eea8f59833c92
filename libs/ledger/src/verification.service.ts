import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { CheckpointQueries } from './checkpoint.queries.js';
import { verifyCheckpoints, type FromOutside } from './checkpoints-verification.service.js';
import { faultOfHead, faultOfLink, type Entry } from './chain.js';
import { verifyContents } from './contents-verification.service.js';
import { verifyErasures } from './erasure-verification.service.js';
import { allPages, nothingFound, type Findings, type LedgerFault } from './findings.js';
import { verifyJournal } from './journal-verification.service.js';
import { entryOfBatch } from './journal.js';
import { LedgerQueries, type Walked } from './ledger.queries.js';
import { entryOfAccessEvent, entryOfRequestEvent, faultOfEntry } from './recorded.js';

const identity = { actor: 'ledger', party: null, body: null, purpose: 'ledger' };
const sources = ['request_events', 'access_events', 'journal_batches'] as const;
/** As many rows of one kind as are named: enough to see what happened. */
const named = 1000;

/** Walks the whole record and recomputes every hash. Sees what was committed at one moment, and writes nothing. */
export class Verification {
  private readonly queries = new LedgerQueries();
  private readonly checkpoints = new CheckpointQueries();

  constructor(private readonly units: UnitOfWork) {}

  /**
   * With a vault, what was said is opened as well and compared with its commitment. With keys, signatures are tried;
   * with a checkpoint from outside, the record must still be the one that it was made of.
   */
  async run({ vault, ...outside }: { vault?: Vault | undefined } & FromOutside = {}): Promise<Findings> {
    const work = async (tx: Tx) => {
      const findings = nothingFound();
      await this.walk(tx, findings);
      await this.strays(tx, findings);
      await verifyErasures(tx, this.queries, findings, named);
      await verifyJournal(tx, findings);
      await verifyCheckpoints(tx, this.checkpoints, findings, outside);
      if (vault) await verifyContents(tx, this.queries, vault, findings);
      return findings;
    };
    return this.units.run(identity, work, 'REPEATABLE READ');
  }

  private async walk(tx: Tx, findings: Findings): Promise<void> {
    let last: Walked | undefined;
    let broken = false;
    const page = (after: Walked | undefined, limit: number) =>
      this.queries.walk(tx, after?.entry ?? { chain: '', seq: 0 }, limit);
    for await (const walked of allPages(page)) {
      const begins = last?.entry.chain !== walked.entry.chain;
      if (begins) {
        endOfChain(findings, last, broken);
        broken = false;
        findings.chains += 1;
      }
      findings.entries += 1;
      const before = begins ? undefined : last?.entry;
      // After a break in a chain nothing later in it can fit; the first bad row is what counts.
      const fault: string | undefined = broken ? undefined : faultOf(walked, before);
      if (fault) findings.faults.push(inEntries(walked.entry, fault));
      broken ||= fault !== undefined;
      last = walked;
    }
    endOfChain(findings, last, broken);
  }

  private async strays(tx: Tx, { faults }: Findings): Promise<void> {
    for (const head of await this.queries.bareHeads(tx, named))
      faults.push({ table: 'ledger_heads', row: head.chain, what: faultOfHead(head, undefined) ?? '' });
    for (const table of sources)
      for (const row of await this.queries.unchained(tx, table, named))
        faults.push({ table, row, what: 'has no entry in any chain' });
  }
}

const inEntries = ({ chain, seq }: Entry, what: string): LedgerFault => ({
  ...{ table: 'ledger_entries', row: `${chain} ${seq}`, what },
});

function faultOf(
  { entry, requestEvent, accessEvent, batch }: Walked,
  before: Entry | undefined,
): string | undefined {
  const expected =
    (requestEvent && entryOfRequestEvent(requestEvent)) ??
    (accessEvent && entryOfAccessEvent(accessEvent)) ??
    (batch && entryOfBatch(batch)) ??
    undefined;
  return faultOfLink(entry, before) ?? faultOfEntry(entry, expected);
}

function endOfChain({ faults }: Findings, last: Walked | undefined, broken: boolean): void {
  if (!last || broken) return;
  const row = last.entry.chain;
  const what = last.head
    ? faultOfHead(last.head, last.entry)
    : 'is not there, and the chain has entries without its head';
  if (what) faults.push({ table: 'ledger_heads', row, what });
}
