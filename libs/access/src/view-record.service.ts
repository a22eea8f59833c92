import { randomBytes } from 'node:crypto';
import { newId, type Tx } from '#libs/runtime';
import type { Caller } from './caller.js';

/** For so long the same look by the same account, with the same assurance, at the same thing is one view: a page that is loaded anew. */
export const sameViewSeconds = 60;

/** What was looked at: a request, or the directory, of one party or as a list. */
export type Looked =
  { kind: 'view.request'; request: string; traffic: string } | { kind: 'look-up'; sought: string | null };

/** Records that the caller looked, in the transaction that reads. Of two that begin at the same moment both may stand. */
export async function recordView(tx: Tx, caller: Caller, looked: Looked): Promise<void> {
  const { request, traffic, sought } =
    looked.kind === 'look-up' ? { ...looked, request: null, traffic: 'actual' } : { ...looked, sought: null };
  await tx.prepared(
    `INSERT INTO views (id, party_code, traffic, kind, actor, assurance, request_id, sought, at, salt)
     SELECT $1, $2::text, $3, $4, $5, $6, $7::uuid, $8::text, app.now(), $9 WHERE NOT EXISTS (
       SELECT 1 FROM views v WHERE v.actor = $5 AND v.at > app.now() - make_interval(secs => $10) AND v.kind = $4
         AND v.assurance = $6 AND v.request_id IS NOT DISTINCT FROM $7::uuid AND v.sought IS NOT DISTINCT FROM $8::text)`,
    [
      ...[newId(), caller.party, traffic, looked.kind, caller.actor, caller.assurance, request, sought],
      ...[randomBytes(16).toString('hex'), sameViewSeconds],
    ],
  );
}
