import type { Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { commitmentTo, type Committed } from './commitment.js';
import { allPages, beforeAll, type Findings } from './findings.js';
import type { LedgerQueries, SealedContent } from './ledger.queries.js';

/** Opens what was said and compares it with what was committed to; what is not there any more is counted. */
export async function verifyContents(
  tx: Tx,
  queries: LedgerQueries,
  vault: Vault,
  findings: Findings,
): Promise<void> {
  const page = (after: SealedContent | undefined, limit: number) =>
    queries.contents(tx, after?.id ?? beforeAll, limit);
  for await (const row of allPages(page)) {
    if (!row.sealed || !row.wrapped) {
      findings.erased += 1;
      continue;
    }
    findings.contents += 1;
    const what = await faultOfContent(vault, row);
    if (what) findings.faults.push({ table: 'request_event_contents', row: row.id, what });
  }
}

async function faultOfContent(vault: Vault, row: SealedContent): Promise<string | undefined> {
  if (!row.sealed || !row.wrapped) return undefined;
  const place = { table: 'request_event_contents', row: row.id, field: 'content' };
  let committed: Committed;
  try {
    const key = await vault.unwrap(row.request, row.requester, row.wrapped);
    committed = vault.open<Committed>(key, place, row.sealed);
  } catch {
    return 'cannot be opened: it was changed, or its key is not at hand';
  }
  return commitmentTo(committed) === row.commitment ? undefined : 'is not what was committed to';
}
