import type { Tx } from '#libs/runtime';
import { isNothing, type Sealed, type Vault } from '#libs/vault';
import { emergencyState, type EmergencyView, type Someone } from './emergency.js';
import { nameOf } from './person.service.js';

export const reasonOf = (id: string) => ({ table: 'emergency_access', row: id, field: 'reason' });

/** Which of them: those of one account, one of them, or all that the walls show. */
export interface WhichEmergency {
  account?: string;
  id?: string;
}

interface Named {
  account: string;
  person: Sealed;
}
interface Found {
  id: string;
  sessionId: string;
  who: Named;
  reason: Sealed;
  askedAt: Date;
  askUntil: Date;
  grantedAt: Date | null;
  endsAt: Date | null;
  begunAt: Date | null;
  factorSetUpAt: Date | null;
  endedAt: Date | null;
  endedBy: Named | null;
  approvals: (Named & { at: string })[];
  now: Date;
}

const named = (alias: string) => `jsonb_build_object('account', ${alias}.id, 'person', ${alias}.person)`;

/** The statement reads all that a view needs; each row's names and reason are opened here. */
export class EmergencyQueries {
  constructor(private readonly vault: Vault) {}

  /**
   * Emergency accesses that the caller's party sees, newest first, at most 200. `whole` shows names of those who
   * vouched or ended it; `session` the code, to the session that waits for it.
   */
  async find(
    tx: Tx,
    { account, id }: WhichEmergency,
    shown: { whole: boolean; session: string | undefined },
  ): Promise<EmergencyView[]> {
    const rows = await tx.query<Found>(
      `SELECT e.id, e.session_id AS "sessionId", ${named('a')} AS who, e.reason, e.asked_at AS "askedAt",
         e.ask_until AS "askUntil", e.granted_at AS "grantedAt", e.ends_at AS "endsAt", e.begun_at AS "begunAt",
         e.factor_set_up_at AS "factorSetUpAt", e.ended_at AS "endedAt", CASE WHEN b.id IS NOT NULL THEN ${named('b')} END AS "endedBy", app.now() AS now,
         coalesce((SELECT jsonb_agg(${named('v')} || jsonb_build_object('at', app.utc(p.approved_at)) ORDER BY p.approved_at)
           FROM emergency_approvals p JOIN accounts v ON v.id = p.account_id
           WHERE p.emergency_access_id = e.id), '[]') AS approvals
       FROM emergency_access e JOIN accounts a ON a.id = e.account_id LEFT JOIN accounts b ON b.id = e.ended_by
       WHERE ($1::uuid IS NULL OR e.account_id = $1) AND ($2::uuid IS NULL OR e.id = $2) ORDER BY e.id DESC LIMIT 200`,
      [account ?? null, id ?? null],
    );
    return Promise.all(rows.map((row) => this.view(row, shown)));
  }

  /** Six digits that the person reads out to those who vouch, derived from the id; under each key at hand. */
  async codes(id: string): Promise<string[]> {
    const secrets = await this.vault.secrets('emergency-code', id);
    return secrets.map((secret) => String(secret.readUIntBE(0, 6) % 1_000_000).padStart(6, '0'));
  }

  private async view(
    row: Found,
    { whole, session }: { whole: boolean; session: string | undefined },
  ): Promise<EmergencyView> {
    const { id, approvals, endedBy } = row;
    const someone = async (one: Named | null): Promise<Someone | null> =>
      one && whole ? this.someone(one) : null;
    const [code = null] = row.sessionId === session ? await this.codes(id) : [];
    return {
      ...{ id, code, state: emergencyState(row, row.now), who: await this.someone(row.who) },
      reason: isNothing(row.reason)
        ? null
        : await this.vault.openPartys<EmergencyView['reason']>(reasonOf(id), row.reason),
      askedAt: row.askedAt.toISOString(),
      askUntil: row.askUntil.toISOString(),
      approvals: await Promise.all(
        approvals.map(async (one) => ({ by: await someone(one), at: new Date(one.at).toISOString() })),
      ),
      grantedAt: row.grantedAt?.toISOString() ?? null,
      endsAt: row.endsAt?.toISOString() ?? null,
      begunAt: row.begunAt?.toISOString() ?? null,
      factorSetUpAt: row.factorSetUpAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      endedBy: await someone(endedBy),
    };
  }

  private async someone({ account, person }: Named): Promise<Someone> {
    return { account, name: await nameOf(this.vault, account, person) };
  }
}
