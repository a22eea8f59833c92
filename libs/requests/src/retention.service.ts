import { demandFresh, includes, recordAccess, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { Problem, violatedUnique, type Tx } from '#libs/runtime';
import { inForce, noticeDays, type PolicyVersion, type Terms } from './retention.js';

/** The policy as members read it. */
export interface RetentionView {
  /** Null: none was ever set, and nothing is erased. */
  policy: (Omit<PolicyVersion, 'setAt'> & { setAt: string }) | null;
  /** What counts now: the longest of the policies of the notice period. */
  inForce: Terms;
  noticeDays: number;
}

/** How long contents are kept: read by every member, set by the network's directory managers, on the record. */
export class Retention {
  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
  ) {}

  async read(caller: Caller): Promise<RetentionView> {
    return this.work.read(caller, (tx) => this.view(tx));
  }

  /** Raises `forbidden` by role, `step-up-needed`, and `conflict` when `seen` is not the newest version. */
  async set(caller: Caller, terms: Terms, seen?: number): Promise<RetentionView> {
    if (!includes(caller, 'set-retention'))
      throw new Problem('forbidden', `The role "${caller.role}" does not include "set-retention".`);
    try {
      return await this.work.change(caller, 'network', (tx) => this.add(tx, caller, terms, seen));
    } catch (error) {
      if (violatedUnique(error) !== 'retention_policies_pkey') throw error;
      throw new Problem('conflict', 'Somebody else set it at this moment. Read it again.');
    }
  }

  private async add(tx: Tx, caller: Caller, { days, draftDays }: Terms, seen?: number) {
    const at = await tx.now();
    demandFresh(caller, 'set-retention', at);
    const { policy } = await this.view(tx);
    const version = policy?.version ?? 0;
    if (seen !== undefined && seen !== version)
      throw new Problem('conflict', `The policy is at version ${version} now.`, {
        version,
        errors: [{ pointer: '#/version', detail: `is ${seen}, but the current one is ${version}` }],
      });
    const { networkId } = await this.parties.instance(tx);
    await tx.query(
      `INSERT INTO retention_policies (network_id, version, days, draft_days, set_by, set_at)
       VALUES ($1, $2, $3, $4, $5, app.now())`,
      [networkId, version + 1, days, draftDays, caller.actor],
    );
    const account = { id: caller.actor, partyCode: null };
    const { assurance } = caller;
    await recordAccess(tx, account, { act: 'retention-changed', assurance, at, about: networkId });
    return this.view(tx);
  }

  private async view(tx: Tx): Promise<RetentionView> {
    const { networkId } = await this.parties.instance(tx);
    const versions = await tx.query<PolicyVersion>(
      `SELECT version, days, draft_days AS "draftDays", set_at AS "setAt" FROM retention_policies
       WHERE network_id = $1 ORDER BY version`,
      [networkId],
    );
    const newest = versions.at(-1);
    return {
      policy: newest ? { ...newest, setAt: newest.setAt.toISOString() } : null,
      inForce: inForce(versions, await tx.now()),
      noticeDays,
    };
  }
}
