import { includes, type Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import { inEarnest, notOver } from '../channel-expiry.js';
import { daysOfAll, usualDays } from '../confirm/confirmation-days.queries.js';
import { levels } from '../entry-words.js';
import {
  dashboardFor,
  type Aggregate,
  type DashboardView,
  type KindReach,
  type MemberLine,
} from './dashboard.js';
import type { NetworkQueries } from './networks.queries.js';

type Row = Pick<Aggregate, 'entries'> & { channels: KindReach[] | null; lines: MemberLine[] | null };

/** How a network stands, read at once. The walls let a State read what its sums are made of, and no more is told. */
export class DashboardQueries {
  constructor(private readonly networks: NetworkQueries) {}

  /** Raises `not-found` for a network that the caller's party does not belong to. */
  async of(tx: Tx, caller: Caller, id: string): Promise<DashboardView> {
    const { levelsRequired: required, rules } = await this.networks.one(tx, caller, id);
    const { confirmationDays, hardConfirmationDays } = rules;
    const [row] = await tx.query<Row>(
      `WITH now AS MATERIALIZED (SELECT app.now() AS at),
       members AS MATERIALIZED (SELECT m.party_code FROM memberships m, now
         WHERE m.network_id = $1 AND m.joined_at <= now.at AND (m.left_at IS NULL OR m.left_at > now.at)),
       entries AS MATERIALIZED (SELECT p.* FROM points_of_contact p JOIN members USING (party_code)
         WHERE p.state IN ('verified', 'active', 'stale')),
       -- An entry that cannot be reached holds no level for its party.
       reached AS (SELECT e.party_code, e.level FROM entries e WHERE EXISTS (SELECT 1 FROM channels c
         WHERE c.point_of_contact_id = e.id AND c.state IN ('proven', 'suspect') AND ${inEarnest('c')})),
       held AS (SELECT m.party_code AS party,
           coalesce(array_agg(DISTINCT r.level) FILTER (WHERE r.level IS NOT NULL), '{}') AS held
         FROM members m LEFT JOIN reached r USING (party_code) GROUP BY 1),
       reach AS (SELECT c.kind, count(*)::int AS total, count(*) FILTER (WHERE c.state = 'proven')::int AS proven,
           count(*) FILTER (WHERE c.state = 'suspect')::int AS suspect,
           count(*) FILTER (WHERE c.state = 'unproven')::int AS unproven,
           count(*) FILTER (WHERE c.answered_at > now.at - interval '90 days')::int AS "answeredWithin90Days",
           count(*) FILTER (WHERE c.answered_at > now.at - interval '180 days')::int AS "answeredWithin180Days"
         FROM channels c JOIN entries e ON e.id = c.point_of_contact_id CROSS JOIN now
         WHERE c.state <> 'ended' AND ${notOver('c')} GROUP BY c.kind),
       -- As entries go stale: by the strictest network of each party.
       lasting AS (SELECT e.state = 'stale'
             OR greatest(e.confirmed_hard_at, e.confirmed_at, e.verified_at, e.created_at) <= now.at - make_interval(days => d.soft) AS stale,
           greatest(e.confirmed_hard_at, e.verified_at, e.created_at) <= now.at - make_interval(days => d.hard) AS overdue
         FROM entries e JOIN ${daysOfAll(3, 4)} d USING (party_code) CROSS JOIN now)
       SELECT (SELECT jsonb_build_object('total', count(*), 'confirmed', count(*) FILTER (WHERE NOT stale),
           'stale', count(*) FILTER (WHERE stale), 'hardConfirmationOverdue', count(*) FILTER (WHERE overdue))
         FROM lasting) AS entries,
         (SELECT jsonb_agg(to_jsonb(reach) ORDER BY kind) FROM reach) AS channels,
         (SELECT jsonb_agg(jsonb_build_object('party', party,
           'present', ARRAY(SELECT l FROM unnest($5::text[]) l WHERE l = ANY (held)),
           'missing', ARRAY(SELECT l FROM unnest($5::text[]) l WHERE l = ANY ($2::text[]) AND l <> ALL (held))) ORDER BY party)
         FROM held) AS lines`,
      [id, required, ...usualDays, levels],
    );
    if (!row) throw new Error('a query without rows');
    const lines = row.lines ?? [];
    const coverage = levels.map((level) => {
      const present = lines.filter((line) => line.present.includes(level)).length;
      return { level, required: required.includes(level), present, missing: lines.length - present };
    });
    const { entries, channels } = row;
    const whole = {
      aggregate: { members: lines.length, coverage, entries, channels: channels ?? [] },
      lines,
    };
    return {
      ...{
        network: id,
        at: (await tx.now()).toISOString(),
        rules: { confirmationDays, hardConfirmationDays },
      },
      ...dashboardFor(whole, { party: caller.party, keeps: includes(caller, 'keep-networks') }),
    };
  }
}
