import type { Tx } from '#libs/runtime';
import type { Findings } from './findings.js';
import type { LedgerQueries } from './ledger.queries.js';

/** Compares the keys that there are with what the record says of them: none goes or stays without a word. */
export async function verifyErasures(
  tx: Tx,
  queries: LedgerQueries,
  { faults }: Findings,
  limit: number,
): Promise<void> {
  for (const { request, party, erased } of await queries.strayKeys(tx, limit))
    faults.push({
      table: 'request_keys',
      row: `${request} ${party}`,
      what: erased
        ? 'is there, though its erasure is on the record'
        : 'is not there, and its erasure is not on the record',
    });
}
