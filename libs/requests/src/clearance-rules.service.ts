import { demandFresh, includes, recordAccess, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, violatedUnique, type Tx } from '#libs/runtime';
import { ClearanceRuleRow } from './clearance-rule.entity.js';
import type { Act } from './lifecycle.js';

export interface ClearanceRuleView {
  id: string;
  of: 'network' | 'party';
  version: number;
  acts: string[];
  state: 'in-force' | 'waiting' | 'replaced';
  /** Demands less than what was in force before. */
  loosens: boolean;
  setBy: string;
  setAt: string;
  agreedBy: string | null;
  agreedAt: string | null;
}

export interface ClearanceRulesView {
  /** Acts of the caller's party that need a second person now, by the network's rule and its own. */
  acts: string[];
  /** Newest first: the network's, and the caller's own party's. */
  items: ClearanceRuleView[];
}

export interface RuleInput {
  acts: readonly Act[];
  /** The newest version that was seen, 0 for none: a stale change is refused. */
  version?: number | undefined;
}

/** How many versions are listed. */
const atMost = 200;

/** Which acts need a second person: what the network says, and what a party adds to it. */
export class ClearanceRules {
  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
  ) {}

  async list(caller: Caller): Promise<ClearanceRulesView> {
    return this.work.read(caller, (tx) => this.read(tx));
  }

  /**
   * A new version: of the network by its directory manager, of a party by its administrator. One that demands more is
   * in force at once; one that demands less waits until a second one agrees. Raises `forbidden` by role.
   */
  async set(caller: Caller, { acts, version }: RuleInput): Promise<ClearanceRulesView> {
    return this.change(caller, async (tx, at) => {
      const { networkId } = await this.parties.instance(tx);
      const [newest] = await tx.query<{ version: number }>(
        `SELECT coalesce(max(version), 0) AS version FROM clearance_rules WHERE party_code IS NOT DISTINCT FROM $1`,
        [caller.party],
      );
      const before = newest?.version ?? 0;
      if (version !== undefined && version !== before) throw stale(before);
      const id = newId();
      await tx.query(
        `INSERT INTO clearance_rules (id, network_id, party_code, traffic, version, acts, loosens, set_by, set_at)
         VALUES ($1, $2, $3, 'actual', $4, $5, false, $6, $7)`,
        [id, networkId, caller.party, before + 1, [...new Set(acts)].sort(), caller.actor, at],
      );
      // The database weighs it against what is in force.
      const { loosens } = await tx.manager.findOneByOrFail(ClearanceRuleRow, { id });
      await this.record(tx, caller, id, loosens ? 'clearance-loosening-asked' : 'clearance-changed', at);
      return this.read(tx);
    });
  }

  /** Agrees to demanding less, as another one than asked for it. Raises `conflict` where nothing waits for that. */
  async agree(caller: Caller, id: string): Promise<ClearanceRulesView> {
    return this.change(caller, async (tx, at) => {
      await tx.query('SELECT 1 FROM clearance_rules WHERE id = $1 FOR UPDATE', [id]);
      const rule = (await this.read(tx)).items.find((each) => each.id === id);
      if (!rule || (rule.of === 'network') !== (caller.party === null))
        throw new Problem('not-found', 'There is no such rule.');
      if (rule.setBy === caller.actor)
        throw new Problem('forbidden', 'You asked for it yourself: somebody else agrees.');
      if (rule.state !== 'waiting') throw new Problem('conflict', 'This rule does not wait for anybody.');
      await tx.manager.update(ClearanceRuleRow, id, { agreedBy: caller.actor, agreedAt: at });
      await this.record(tx, caller, id, 'clearance-changed', at);
      return this.read(tx);
    });
  }

  private async change<T>(caller: Caller, change: (tx: Tx, at: Date) => Promise<T>): Promise<T> {
    if (!includes(caller, 'set-clearance'))
      throw new Problem('forbidden', `The role "${caller.role}" does not include "set-clearance".`);
    try {
      return await this.work.change(caller, 'set-clearance', async (tx) => {
        const at = await tx.now();
        demandFresh(caller, 'set-clearance', at);
        return change(tx, at);
      });
    } catch (error) {
      if (violatedUnique(error) === 'clearance_rules_versions') throw stale();
      throw error;
    }
  }

  private async record(
    tx: Tx,
    { actor, party, assurance }: Caller,
    about: string,
    act: 'clearance-changed' | 'clearance-loosening-asked',
    at: Date,
  ): Promise<void> {
    await recordAccess(tx, { id: actor, partyCode: party }, { act, assurance, at, about });
  }

  private async read(tx: Tx): Promise<ClearanceRulesView> {
    const [found] = await tx.query<{ acts: string[] }>('SELECT app.acts_to_clear() AS acts');
    const rows = await tx.manager.find(ClearanceRuleRow, { order: { id: 'DESC' }, take: atMost });
    return { acts: found?.acts ?? [], items: rows.map((row) => viewOf(row, rows)) };
  }
}

const stale = (version?: number) =>
  new Problem('conflict', 'The rule has changed meanwhile. Read it again.', {
    ...(version === undefined ? {} : { version }),
  });

const isAgreed = (row: ClearanceRuleRow): boolean => !row.loosens || row.agreedBy !== null;

function viewOf(row: ClearanceRuleRow, all: readonly ClearanceRuleRow[]): ClearanceRuleView {
  const newer = all.filter((each) => each.partyCode === row.partyCode && each.version > row.version);
  const state = isAgreed(row)
    ? newer.some(isAgreed)
      ? 'replaced'
      : 'in-force'
    : newer.length > 0
      ? 'replaced'
      : 'waiting';
  return {
    ...{ id: row.id, of: row.partyCode === null ? 'network' : 'party', version: row.version, acts: row.acts },
    ...{ state, loosens: row.loosens, setBy: row.setBy, setAt: row.setAt.toISOString() },
    ...{ agreedBy: row.agreedBy, agreedAt: row.agreedAt?.toISOString() ?? null },
  };
}
