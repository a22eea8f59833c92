import { includes, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import type { Level } from '../entry-words.js';
import { allowedPlanActs, mayDeclare, type PlanAct, type PlanContent } from './plan-words.js';
import type { PlanModeRow, PlanRow } from './plan.entity.js';
import type { PlanMode } from './route-words.js';

/** A plan as those read it whom it is for. */
export interface PlanView extends PlanContent {
  id: string;
  kind: 'pair' | 'network';
  network: string;
  /** Who proposed it, then the other; null: of a network. */
  parties: [string, string] | null;
  number: number;
  state: PlanRow['state'];
  mode: PlanMode;
  version: number;
  proposedAt: string;
  settledAt: string | null;
  /** Null: not ended, or by the network's staff. */
  endedBy: string | null;
  endedAt: string | null;
  /** The newest ones first. */
  modes: { mode: PlanMode; by: string | null; at: string; reason: WrittenText }[];
  /** What the caller can do now; `declare`: another mode. */
  allowedActs: (PlanAct | 'declare')[];
}

/** A plan that a party obeys. */
export interface PlanInForce extends PlanContent {
  kind: 'pair' | 'network';
  with: string | null;
  network: string;
  number: number;
  mode: PlanMode;
}

type ModeRow = Pick<PlanModeRow, 'id' | 'mode' | 'partyCode' | 'reason'> & { declaredAt: string };
type Row = PlanRow & { modes: ModeRow[] };

export const planContentOf = (id: string) => ({ table: 'plans', row: id, field: 'content' });
export const modeReasonOf = (id: string) => ({ table: 'plan_modes', row: id, field: 'reason' });

/** Reads of communication plans: the walls show those of two parties to these two alone. */
export class PlanQueries {
  constructor(private readonly vault: Vault) {}

  /** Raises `not-found` for those of others. */
  async one(tx: Tx, caller: Caller, id: string): Promise<PlanView> {
    const [view] = await this.some(tx, caller, 'p.id = $1', [id]);
    if (!view) throw new Problem('not-found', 'There is no such plan.');
    return view;
  }

  /** Those proposed and in force; with a party, all versions there were of the plan with it. The newest first. */
  async list(tx: Tx, caller: Caller, other?: string): Promise<PlanView[]> {
    return other === undefined
      ? this.some(tx, caller, `p.state IN ('proposed', 'in-force')`, [])
      : this.some(tx, caller, '$1 IN (p.party_code, p.other_code)', [other]);
  }

  /** Those that a party obeys now; `with`: the other of a pair. */
  async inForce(tx: Tx, own: string | null): Promise<PlanInForce[]> {
    const rows = await tx.query<Omit<PlanInForce, keyof PlanContent> & { id: string; content: Sealed }>(
      `SELECT p.id, p.kind, CASE WHEN p.party_code = $1 THEN p.other_code ELSE p.party_code END AS "with",
         n.code AS network, p.number, p.mode, p.content
       FROM plans p JOIN networks n ON n.id = p.network_id
       WHERE p.state = 'in-force' AND CASE p.kind WHEN 'pair' THEN $1 IN (p.party_code, p.other_code)
         ELSE p.network_id IN (SELECT app.own_networks()) END ORDER BY p.kind DESC, "with", n.code, p.id`,
      [own],
    );
    return Promise.all(
      rows.map(async ({ id, content, ...plan }) => ({
        ...plan,
        ...(await this.vault.openPartys<PlanContent>(planContentOf(id), content)),
      })),
    );
  }

  private async some(tx: Tx, caller: Caller, where: string, values: unknown[]): Promise<PlanView[]> {
    const rows = await tx.query<Row>(
      `SELECT p.id, p.network_id AS "networkId", p.kind, p.party_code AS "partyCode", p.other_code AS "otherCode",
         p.number, p.state, p.mode, p.content, p.proposed_at AS "proposedAt", p.settled_at AS "settledAt",
         p.ended_by_code AS "endedByCode", p.ended_at AS "endedAt", p.version,
         coalesce((SELECT jsonb_agg(to_jsonb(m) ORDER BY m."declaredAt" DESC) FROM (
           SELECT d.id, d.mode, d.party_code AS "partyCode", d.reason, d.declared_at AS "declaredAt" FROM plan_modes d
           WHERE d.plan_id = p.id ORDER BY d.declared_at DESC LIMIT 50) m), '[]') AS modes
       FROM plans p WHERE ${where} ORDER BY p.kind DESC, p.proposed_at DESC, p.id LIMIT 500`,
      values,
    );
    const levels = await levelsOf(tx, caller);
    return Promise.all(rows.map((row) => this.opened(row, caller, levels)));
  }

  private async opened(row: Row, caller: Caller, levels: readonly Level[]): Promise<PlanView> {
    const { id, kind, networkId, partyCode, otherCode, number, state, mode, version } = row;
    const content = await this.vault.openPartys<PlanContent>(planContentOf(id), row.content);
    const modes = row.modes.map(
      async ({ id: modeId, reason, mode: declared, partyCode: by, declaredAt }) => ({
        ...{ mode: declared, by, at: new Date(declaredAt).toISOString() },
        reason: await this.vault.openPartys<WrittenText>(modeReasonOf(modeId), reason satisfies Sealed),
      }),
    );
    return {
      ...{ id, kind, network: networkId, number, state, mode, version, ...content },
      parties: partyCode === null || otherCode === null ? null : [partyCode, otherCode],
      ...{ proposedAt: row.proposedAt.toISOString(), settledAt: row.settledAt?.toISOString() ?? null },
      ...{ endedBy: row.endedByCode, endedAt: row.endedAt?.toISOString() ?? null },
      modes: await Promise.all(modes),
      allowedActs: [
        ...(keeps(caller, kind) ? allowedPlanActs({ state, kind, mine: partyCode === caller.party }) : []),
        ...(state === 'in-force' && declares(caller, kind, content, levels) ? (['declare'] as const) : []),
      ],
    };
  }
}

/** Whoever changes a plan between two parties, or of a network, or tells of its mode, waits here for the other. */
export async function holdPlan(
  tx: Tx,
  networkId: string,
  one: string | null,
  other: string | null,
): Promise<void> {
  const name = one === null ? networkId : [one, other].toSorted().join('/');
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`aldis-plan:${name}`]);
}

const keeps = (caller: Caller, kind: PlanRow['kind']): boolean =>
  includes(caller, 'keep-plans') && (caller.party === null) === (kind === 'network');

/** Whether the caller may declare a mode: as the plan says, and of a network the secretariat. */
export function declares(
  caller: Caller,
  kind: PlanRow['kind'],
  content: PlanContent,
  levels: readonly Level[],
): boolean {
  if (!includes(caller, 'declare-modes') || (caller.party === null) !== (kind === 'network')) return false;
  return caller.party === null || mayDeclare(content, { party: caller.party, role: caller.role, levels });
}

/** The levels at which the caller's body has a point of contact that is told of things. */
export async function levelsOf(tx: Tx, { body }: Caller): Promise<Level[]> {
  if (body === null) return [];
  const rows = await tx.query<{ level: Level }>(
    `SELECT DISTINCT level FROM points_of_contact WHERE body_id = $1 AND state IN ('verified', 'active', 'stale')`,
    [body],
  );
  return rows.map(({ level }) => level);
}
