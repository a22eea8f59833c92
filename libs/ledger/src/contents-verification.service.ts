import type { Tx } from '#libs/runtime';
import { isPartys, type Sealed, type Vault } from '#libs/vault';
import { commitmentTo, type Committed } from './commitment.js';
import { allPages, beforeAll, type Findings } from './findings.js';
import type { LedgerQueries, SealedContent } from './ledger.queries.js';

/** Opens what was said and compares it with what was committed to; what nobody can open any more is counted. */
export async function verifyContents(
  tx: Tx,
  queries: LedgerQueries,
  vault: Vault,
  findings: Findings,
): Promise<void> {
  const page = (after: SealedContent | undefined, limit: number) =>
    queries.contents(tx, after?.id ?? beforeAll, limit);
  for await (const row of allPages(page)) {
    // Whether that is as it should be is seen where keys are compared with the record.
    if (row.sealed && !row.wrapped && !isPartys(row.sealed)) {
      findings.erased += 1;
      continue;
    }
    findings.contents += 1;
    const what = await faultOfContent(vault, row);
    if (what) findings.faults.push({ table: 'request_event_contents', row: row.id, what });
  }
}

async function faultOfContent(vault: Vault, row: SealedContent): Promise<string | undefined> {
  if (!row.sealed) return 'is not there: words stay, sealed, also when their key is destroyed';
  let committed: Committed;
  try {
    committed = await opened(vault, row, row.sealed);
  } catch {
    return 'cannot be opened: it was changed, or its key is not at hand';
  }
  return commitmentTo(committed) === row.commitment ? undefined : 'is not what was committed to';
}

/** Under the request's key, or under the party's own where it says what outlives that. */
async function opened(
  vault: Vault,
  { id, request, reader, wrapped }: SealedContent,
  sealed: Sealed,
): Promise<Committed> {
  const place = { table: 'request_event_contents', row: id, field: 'content' };
  if (isPartys(sealed)) return vault.openPartys<Committed>(place, sealed);
  if (reader === null || !wrapped) throw new Error('nobody can open it any more');
  return vault.open<Committed>(await vault.unwrap(request, reader, wrapped), place, sealed);
}
