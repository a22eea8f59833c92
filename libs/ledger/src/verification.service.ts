import type { Tx, UnitOfWork } from '#libs/runtime';
import type { DataKey, Vault } from '#libs/vault';
import { faultOfHead, faultOfLink, type Entry } from './chain.js';
import { commitmentTo, type Committed } from './commitment.js';
import type { LedgerQueries, Place, SealedContent, Walked } from './ledger.queries.js';
import { entryOfAccessEvent, entryOfRequestEvent, faultOfEntry } from './recorded.js';

/** A row that does not fit, as an operator finds it. */
export interface LedgerFault {
  table: string;
  /** Which row: a chain and a number, or an id. */
  row: string;
  /** What about it does not fit; the sentence goes on from table and row. */
  what: string;
}

/** What a walk through the whole record found. */
export interface Findings {
  chains: number;
  entries: number;
  /** Contents that were opened and compared, and those that are not there any more; zero when nobody asked. */
  contents: number;
  erased: number;
  /** In the order in which they were met: the first one is where to begin to look. */
  faults: LedgerFault[];
}

const identity = { actor: 'ledger', party: null, body: null, purpose: 'ledger' };
const page = 1000;

/** Walks the whole record and recomputes every hash. Sees what was committed at one moment, and writes nothing. */
export class Verification {
  constructor(
    private readonly units: UnitOfWork,
    private readonly queries: LedgerQueries,
  ) {}

  /** With a vault, what was said is opened as well and compared with its commitment. */
  async run(vault?: Vault): Promise<Findings> {
    const work = async (tx: Tx) => {
      const findings: Findings = { chains: 0, entries: 0, contents: 0, erased: 0, faults: [] };
      await this.walk(tx, findings);
      await this.strays(tx, findings);
      if (vault) await this.contents(tx, vault, findings);
      return findings;
    };
    return this.units.run(identity, work, 'REPEATABLE READ');
  }

  private async walk(tx: Tx, findings: Findings): Promise<void> {
    let last: Walked | undefined;
    let broken = false;
    for await (const walked of this.entries(tx)) {
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

  private async *entries(tx: Tx): AsyncGenerator<Walked> {
    let place: Place = { chain: '', seq: 0 };
    for (;;) {
      const rows = await this.queries.walk(tx, place, page);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < page) return;
      place = last.entry;
    }
  }

  private async strays(tx: Tx, { faults }: Findings): Promise<void> {
    for (const head of await this.queries.bareHeads(tx, page))
      faults.push({ table: 'ledger_heads', row: head.chain, what: faultOfHead(head, undefined) ?? '' });
    for (const table of ['request_events', 'access_events'] as const)
      for (const row of await this.queries.unchained(tx, table, page))
        faults.push({ table, row, what: 'has no entry in any chain' });
  }

  private async contents(tx: Tx, vault: Vault, findings: Findings): Promise<void> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await this.queries.contents(tx, after, page);
      for (const row of rows) {
        if (!row.sealed || !row.wrapped) {
          findings.erased += 1;
          continue;
        }
        findings.contents += 1;
        const what = await faultOfContent(vault, row);
        if (what) findings.faults.push({ table: 'request_event_contents', row: row.id, what });
      }
      const last = rows.at(-1);
      if (!last || rows.length < page) return;
      after = last.id;
    }
  }
}

const inEntries = ({ chain, seq }: Entry, what: string): LedgerFault => ({
  ...{ table: 'ledger_entries', row: `${chain} ${seq}`, what },
});

function faultOf(
  { entry, requestEvent, accessEvent }: Walked,
  before: Entry | undefined,
): string | undefined {
  const expected = requestEvent
    ? entryOfRequestEvent(requestEvent)
    : accessEvent
      ? entryOfAccessEvent(accessEvent)
      : undefined;
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

async function faultOfContent(vault: Vault, row: SealedContent): Promise<string | undefined> {
  if (!row.sealed || !row.wrapped) return undefined;
  const place = { table: 'request_event_contents', row: row.id, field: 'content' };
  let committed: Committed;
  try {
    const key: DataKey = await vault.unwrap(row.request, row.requester, row.wrapped);
    committed = vault.open<Committed>(key, place, row.sealed);
  } catch {
    return 'cannot be opened: it was changed, or its key is not at hand';
  }
  return commitmentTo(committed) === row.commitment ? undefined : 'is not what was committed to';
}
