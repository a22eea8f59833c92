import { includes, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import { usualRules, type NetworkRules } from './network-words.js';
import type { Visibility } from './visible-fields.js';

export interface NetworkView {
  id: string;
  code: string;
  names: Record<string, string>;
  levelsRequired: Level[];
  visibility: Visibility;
  /** With what holds where the network lays nothing down. */
  rules: Required<NetworkRules>;
  /** Parties that belong to it now. */
  memberCount: number;
  /** Since when the caller's party belongs to it; null: it does not. */
  memberSince: string | null;
  version: number;
  allowedActs: ('change' | 'set-member')[];
}

export interface MembershipView {
  party: string;
  names: Record<string, string>;
  joinedAt: string;
  leftAt: string | null;
  isMember: boolean;
}

type Row = Omit<NetworkView, 'memberSince' | 'allowedActs' | 'rules'> & {
  rules: NetworkRules;
  memberSince: Date | null;
};

/** SQL for a membership that holds now. */
export const openNow = (alias: string): string =>
  `${alias}.joined_at <= (SELECT app.now()) AND (${alias}.left_at IS NULL OR ${alias}.left_at > (SELECT app.now()))`;

/** Networks as their members and the network's staff read them. Others know nothing of them. */
export class NetworkQueries {
  /** Those that the caller's party belongs to, by code; all of them for the staff. */
  async all(tx: Tx, caller: Caller): Promise<NetworkView[]> {
    return this.some(tx, caller, null);
  }

  /** Raises `not-found` also where the caller's party does not belong to it. */
  async one(tx: Tx, caller: Caller, id: string): Promise<NetworkView> {
    const [network] = await this.some(tx, caller, id);
    if (!network) throw new Problem('not-found', 'There is no such network.');
    return network;
  }

  /** Members by code, with those that left and those that are still to join. */
  async members(tx: Tx, id: string): Promise<MembershipView[]> {
    const rows = await tx.query<
      Omit<MembershipView, 'joinedAt' | 'leftAt'> & { joinedAt: Date; leftAt: Date | null }
    >(
      `SELECT m.party_code AS party, p.names, m.joined_at AS "joinedAt", m.left_at AS "leftAt", ${openNow('m')} AS "isMember"
       FROM memberships m JOIN parties p ON p.code = m.party_code WHERE m.network_id = $1 ORDER BY m.party_code`,
      [id],
    );
    return rows.map(({ joinedAt, leftAt, ...row }) => ({
      ...{ ...row, joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null },
    }));
  }

  private async some(tx: Tx, caller: Caller, id: string | null): Promise<NetworkView[]> {
    const rows = await tx.query<Row>(
      `SELECT n.id, n.code, n.names, n.levels_required AS "levelsRequired", n.visibility, n.rules, n.version,
         (SELECT count(*)::int FROM memberships m WHERE m.network_id = n.id AND ${openNow('m')}) AS "memberCount",
         own.joined_at AS "memberSince"
       FROM networks n
       LEFT JOIN memberships own ON own.network_id = n.id AND own.party_code = $2 AND ${openNow('own')}
       WHERE ($1::uuid IS NULL OR n.id = $1) AND ($2::text IS NULL OR own.party_code IS NOT NULL) ORDER BY n.code`,
      [id, caller.party],
    );
    const allowedActs: NetworkView['allowedActs'] = includes(caller, 'keep-networks')
      ? ['change', 'set-member']
      : [];
    return rows.map(({ memberSince, rules, ...row }) => ({
      ...row,
      rules: { ...usualRules, ...rules },
      memberSince: memberSince?.toISOString() ?? null,
      allowedActs,
    }));
  }
}
