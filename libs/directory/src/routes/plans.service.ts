import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, toPointer, type Fault, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import { decidePlan, type PlanAct, type PlanContent } from './plan-words.js';
import { PlanModeRow, PlanRow } from './plan.entity.js';
import {
  declares,
  holdPlan,
  levelsOf,
  modeReasonOf,
  planContentOf,
  type PlanQueries,
  type PlanView,
} from './plan.queries.js';
import { wayFaults } from './plan-faults.js';
import type { PlanMode } from './route-words.js';

const pastOf = {
  agree: 'plan-agreed',
  decline: 'plan-declined',
  withdraw: 'plan-withdrawn',
  end: 'plan-ended',
} as const satisfies Record<PlanAct, string>;

/** For whom a plan is: with another party, or of a network; left out by the secretariat: the one of the instance. */
export interface PlanFor {
  with?: string | undefined;
  network?: string | undefined;
}

/** Communication plans (A/76/135, 55): proposed by one party and agreed by the other, or set for a network. */
export class Plans {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly queries: PlanQueries,
  ) {}

  /** A party proposes one to another; the secretariat sets a network's. Raises `invalid-input`, `act-not-possible`. */
  async propose(caller: Caller, of: PlanFor, content: PlanContent): Promise<PlanView> {
    demandPermission(caller, 'keep-plans');
    return this.work.change(caller, 'keep-plans', async (tx) => {
      await this.demandFit(tx, caller, of, content);
      const networkId = of.network ?? (await this.parties.instance(tx)).networkId;
      const { party } = caller;
      const other = of.with;
      const inForce = await lockedPlan(tx, networkId, party, other ?? null);
      if (party !== null) await this.refuseSecond(tx, party, other);
      const at = await tx.now();
      if (party === null && inForce) await this.replace(tx, inForce, caller, at);
      const id = newId();
      const ofNetwork = { state: 'in-force' as const, settledBy: caller.actor, settledAt: at };
      await tx.manager.insert(PlanRow, {
        ...{ id, networkId, partyCode: party, otherCode: other ?? null, traffic: 'actual' },
        ...{
          kind: party === null ? ('network' as const) : ('pair' as const),
          proposedBy: caller.actor,
          proposedAt: at,
        },
        ...{ number: await nextNumber(tx, networkId, party, other ?? null), mode: 'normal' as const },
        ...(party === null
          ? { ...ofNetwork, mode: inForce?.mode ?? 'normal' }
          : { state: 'proposed' as const }),
        content: this.vault.seal(await this.vault.partyKey(party), planContentOf(id), content),
      });
      await recordBy(tx, caller, party === null ? 'plan-set' : 'plan-proposed', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Raises `not-found`, `conflict` for a version that is not the newest, `act-not-possible` with the reason. */
  async act(caller: Caller, id: string, act: PlanAct, version: number): Promise<PlanView> {
    demandPermission(caller, 'keep-plans');
    return this.work.change(caller, 'keep-plans', async (tx) => {
      const plan = await this.open(tx, caller, id, version);
      const { state, kind, partyCode, otherCode, networkId } = plan;
      const decision = decidePlan({ state, kind, mine: partyCode === caller.party }, act);
      if ('refused' in decision)
        throw new Problem(
          'act-not-possible',
          decision.refused === 'other-side'
            ? 'It is for the other side: who proposes a plan may withdraw it, and the other agrees or declines.'
            : `A plan that is ${state} cannot be changed so.`,
        );
      const at = await tx.now();
      const inForce = act === 'agree' ? await lockedPlan(tx, networkId, partyCode, otherCode) : null;
      if (inForce) await this.replace(tx, inForce, caller, at);
      await tx.manager.update(PlanRow, id, {
        ...{ state: decision.to, version: version + 1 },
        ...(act === 'end'
          ? { endedByCode: caller.party, endedAt: at }
          : { settledBy: caller.actor, settledAt: at, mode: inForce?.mode ?? 'normal' }),
      });
      await recordBy(tx, caller, pastOf[act], id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Declares how tense it is, with the reason; both sides see it. Raises `forbidden` for those the plan does not name. */
  async declare(
    caller: Caller,
    id: string,
    input: { mode: PlanMode; reason: WrittenText; version: number },
  ): Promise<PlanView> {
    demandPermission(caller, 'declare-modes');
    return this.work.change(caller, 'declare-modes', async (tx) => {
      const plan = await this.open(tx, caller, id, input.version);
      const content = await this.vault.openPartys<PlanContent>(planContentOf(id), plan.content);
      if (!declares(caller, plan.kind, content, await levelsOf(tx, caller)))
        throw new Problem('forbidden', 'The plan names others on your side who declare a mode.');
      if (plan.state !== 'in-force') throw new Problem('act-not-possible', 'The plan is not in force.');
      if (plan.mode === input.mode)
        throw new Problem('act-not-possible', `The mode is "${input.mode}" already.`);
      const modeId = newId();
      const { party, actor } = caller;
      const other = plan.partyCode === party ? plan.otherCode : plan.partyCode;
      await tx.manager.insert(PlanModeRow, {
        ...{ id: modeId, planId: id, partyCode: party, otherCode: party === null ? null : other },
        ...{ traffic: 'actual', mode: input.mode, declaredBy: actor, declaredAt: await tx.now() },
        reason: this.vault.seal(await this.vault.partyKey(party), modeReasonOf(modeId), input.reason),
      });
      await tx.manager.update(PlanRow, id, { mode: input.mode, version: plan.version + 1 });
      await recordBy(tx, caller, 'mode-declared', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Locked, with all other versions of it. */
  private async open(tx: Tx, caller: Caller, id: string, version: number): Promise<PlanRow> {
    const found = await tx.manager.findOneBy(PlanRow, { id });
    if (!found) throw new Problem('not-found', 'There is no such plan.');
    if (found.kind === 'network' && caller.party !== null)
      throw new Problem('forbidden', 'The plan of the network is kept by its secretariat.');
    await lockedPlan(tx, found.networkId, found.partyCode, found.otherCode);
    const plan = await tx.manager.findOneByOrFail(PlanRow, { id });
    if (plan.version !== version)
      throw new Problem('conflict', 'The plan has changed meanwhile: read it again.');
    return plan;
  }

  private async replace(tx: Tx, { id, version }: PlanRow, { party }: Caller, at: Date): Promise<void> {
    const change = { state: 'replaced' as const, endedByCode: party, endedAt: at, version: version + 1 };
    await tx.manager.update(PlanRow, id, change);
  }

  private async refuseSecond(tx: Tx, partyCode: string, otherCode: string | undefined): Promise<void> {
    if (
      otherCode !== undefined &&
      (await tx.manager.existsBy(PlanRow, { partyCode, otherCode, state: 'proposed' }))
    )
      throw new Problem(
        'act-not-possible',
        'You have proposed a plan to that party already: withdraw it first.',
      );
  }

  private async demandFit(tx: Tx, { party }: Caller, of: PlanFor, content: PlanContent): Promise<void> {
    const errors = party === null ? await faultsOfNetwork(tx, of) : await this.faultsOfPair(tx, party, of);
    const sides = [party, party === null ? null : of.with].filter((side) => typeof side === 'string');
    const channels = content.ways.flatMap(({ channel }) => channel ?? []);
    const known = await tx.query<{ id: string }>(
      `SELECT id FROM channels WHERE id = ANY($1::uuid[]) AND party_code = ANY($2) AND state IN ('proven', 'suspect')`,
      [channels, sides],
    );
    errors.push(...wayFaults(content.ways, new Set(known.map(({ id }) => id))));
    content.mayDeclare.forEach((one, index) => {
      const isFirst = content.mayDeclare.findIndex(({ party: named }) => named === one.party) === index;
      if (!sides.includes(one.party) || !isFirst)
        errors.push({
          pointer: toPointer(['mayDeclare', index, 'party']),
          detail: 'must be one of the two parties, each once',
        });
    });
    if (errors.length > 0) throw new Problem('invalid-input', 'A plan cannot be made so.', { errors });
  }

  private async faultsOfPair(tx: Tx, party: string, { with: other, network }: PlanFor): Promise<Fault[]> {
    const fits = other !== undefined && other !== party && (await this.parties.met(tx)).has(other);
    return [
      ...(fits ? [] : [{ pointer: '#/with', detail: 'must be another party of a network of yours' }]),
      ...(network === undefined
        ? []
        : [{ pointer: '#/network', detail: 'is for the secretariat, which sets the plans of networks' }]),
    ];
  }
}

async function faultsOfNetwork(tx: Tx, { with: other, network }: PlanFor): Promise<Fault[]> {
  const found =
    network === undefined ? [1] : await tx.query('SELECT 1 FROM networks WHERE id = $1', [network]);
  return [
    ...(other === undefined
      ? []
      : [{ pointer: '#/with', detail: 'is for parties: the plan of a network is for all its members' }]),
    ...(found.length > 0 ? [] : [{ pointer: '#/network', detail: 'is no network' }]),
  ];
}

/** The plan in force between two parties, or of the network; whoever changes one waits here for the other. */
async function lockedPlan(
  tx: Tx,
  networkId: string,
  one: string | null,
  other: string | null,
): Promise<PlanRow | null> {
  await holdPlan(tx, networkId, one, other);
  return tx.manager
    .createQueryBuilder(PlanRow, 'p')
    .where(`p.state = 'in-force'`)
    .andWhere(
      one === null
        ? `p.kind = 'network' AND p.networkId = :networkId`
        : 'p.partyCode IN (:...sides) AND p.otherCode IN (:...sides)',
      { networkId, sides: [one, other] },
    )
    .getOne();
}

async function nextNumber(
  tx: Tx,
  networkId: string,
  one: string | null,
  other: string | null,
): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    `SELECT coalesce(max(number), 0) + 1 AS next FROM plans WHERE CASE WHEN $2::text IS NULL
       THEN kind = 'network' AND network_id = $1
       ELSE party_code IN ($2, $3) AND other_code IN ($2, $3) END`,
    [networkId, one, other],
  );
  return row?.next ?? 1;
}
