import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import { MembershipRow, NetworkRow, PartyRow } from '#libs/parties';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import type { NetworkQueries, NetworkView } from './networks.queries.js';
import type { NetworkRules } from './network-words.js';
import type { Visibility } from './visible-fields.js';

export interface NetworkInput {
  names: Record<string, string>;
  levelsRequired: Level[];
  visibility: Visibility;
  rules: NetworkRules;
}

/** From when until when a party belongs to a network. */
export interface MembershipInput {
  joinedAt?: string | undefined;
  leftAt?: string | null | undefined;
}

const invalid = (errors: Fault[]) => new Problem('invalid-input', 'Some fields do not fit.', { errors });

/** Networks as the secretariat keeps them. Raises `forbidden` by role. */
export class Networks {
  constructor(
    private readonly work: Work,
    private readonly queries: NetworkQueries,
  ) {}

  /** Adds one, without members. Raises `invalid-input` for a code that is taken. */
  async add(caller: Caller, { code, ...said }: NetworkInput & { code: string }): Promise<NetworkView> {
    demandPermission(caller, 'keep-networks');
    return this.work.change(caller, 'keep-networks', async (tx) => {
      const id = newId();
      // Two at once with one code: the second waits for the first and adds nothing.
      const added = await tx.query(
        `INSERT INTO networks (id, code, names, levels_required, visibility, rules) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (code) DO NOTHING RETURNING id`,
        [id, code, ...columnsOf(said)],
      );
      if (added.length === 0) throw invalid([{ pointer: '#/code', detail: 'is that of another network' }]);
      await recordBy(tx, caller, 'network-added', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Says anew what one is; its code stays. Raises `not-found`, and `conflict` for a version that is not the newest. */
  async change(caller: Caller, id: string, version: number, said: NetworkInput): Promise<NetworkView> {
    demandPermission(caller, 'keep-networks');
    return this.work.change(caller, 'keep-networks', async (tx) => {
      await openNetwork(tx, id, version);
      await tx.query(
        `UPDATE networks SET names = $2, levels_required = $3, visibility = $4, rules = $5, version = version + 1
         WHERE id = $1`,
        [id, ...columnsOf(said)],
      );
      await recordBy(tx, caller, 'network-changed', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /**
   * Lets a party join, from now on unless a day is named, or ends its membership. Who rejoins begins anew. Raises
   * `not-found`, `conflict` for a version of the network that is not the newest, and `invalid-input` for the dates.
   */
  async setMember(
    caller: Caller,
    id: string,
    party: string,
    version: number,
    { joinedAt, leftAt }: MembershipInput,
  ): Promise<NetworkView> {
    demandPermission(caller, 'keep-networks');
    return this.work.change(caller, 'keep-networks', async (tx) => {
      await openNetwork(tx, id, version);
      if (!(await tx.manager.existsBy(PartyRow, { code: party })))
        throw new Problem('not-found', 'There is no such party.');
      const known = await tx.manager.findOneBy(MembershipRow, { networkId: id, partyCode: party });
      const at = await tx.now();
      const over = known !== null && known.leftAt !== null && known.leftAt <= at;
      const joined = joinedAt === undefined ? (known && !over ? known.joinedAt : at) : new Date(joinedAt);
      const left = leftAt === null || leftAt === undefined ? null : new Date(leftAt);
      if (left && left < joined)
        throw invalid([{ pointer: '#/leftAt', detail: 'must not be before it joined' }]);
      if (known)
        await tx.manager.update(
          MembershipRow,
          { networkId: id, partyCode: party },
          { joinedAt: joined, leftAt: left },
        );
      else
        await tx.manager.insert(MembershipRow, {
          ...{ networkId: id, partyCode: party, joinedAt: joined, leftAt: left },
        });
      await tx.query('UPDATE networks SET version = version + 1 WHERE id = $1', [id]);
      await recordBy(tx, caller, 'membership-changed', id);
      return this.queries.one(tx, caller, id);
    });
  }
}

const columnsOf = ({ names, levelsRequired, visibility, rules }: NetworkInput) => [
  ...[JSON.stringify(names), levelsRequired, JSON.stringify(visibility), JSON.stringify(rules)],
];

/** A network, locked for a change. Raises `not-found`, and `conflict` for a version that is not the newest. */
export async function openNetwork(tx: Tx, id: string, version?: number): Promise<NetworkRow> {
  const [locked] = await tx.query('SELECT 1 FROM networks WHERE id = $1 FOR UPDATE', [id]);
  const row = locked ? await tx.manager.findOneBy(NetworkRow, { id }) : null;
  if (!row) throw new Problem('not-found', 'There is no such network.');
  if (version !== undefined && row.version !== version)
    throw new Problem('conflict', 'The network has changed meanwhile: read it again.');
  return row;
}
