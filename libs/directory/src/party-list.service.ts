import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import {
  isUserAssigned,
  MembershipRow,
  memberStates,
  observerStates,
  PartyRow,
  type PartyQueries,
  type PartyView,
  type RegionalGroup,
} from '#libs/parties';
import { Problem, type Fault, type Tx } from '#libs/runtime';
import type { Findables } from './finding/findables.service.js';

/** Who may join beside the Member States, which an instance has from its beginning. */
export const addedPartyKinds = ['observer-state', 'regional-organization', 'other'] as const;

export interface PartyInput {
  code: string;
  kind: (typeof addedPartyKinds)[number];
  /** ISO 3166-1, of States alone. */
  alpha3?: string | undefined;
  numeric?: string | undefined;
  /** Left out: as the United Nations names an observer State. */
  names?: Record<string, string> | undefined;
}

/** What changes of a party; a name that is null is taken away. */
export interface PartyChange {
  version: number;
  names?: Record<string, string | null> | undefined;
  regionalGroup?: RegionalGroup | null | undefined;
}

/** The list of parties as the secretariat keeps it. Raises `forbidden` by role. */
export class PartyList {
  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
    private readonly findables: Findables,
  ) {}

  /** Adds an observer State or an organization to the network. Raises `invalid-input` for codes that do not fit. */
  async add(caller: Caller, given: PartyInput): Promise<PartyView> {
    demandPermission(caller, 'keep-parties');
    const { code, kind } = given;
    const known = kind === 'observer-state' ? observerStates.find((state) => state.code === code) : undefined;
    const { alpha3 = known?.alpha3, numeric = known?.numeric, names = known?.names ?? {} } = given;
    return this.work.change(caller, 'keep-parties', async (tx) => {
      const input = { code, kind, alpha3, numeric, names: { ...names } };
      const errors = [...codeFaults(input), ...(await takenFaults(tx, input))];
      if (Object.keys(names).length === 0) errors.push({ pointer: '#/names', detail: 'are needed' });
      if (errors.length > 0) throw new Problem('invalid-input', 'No party can be added so.', { errors });
      const row = {
        code,
        kind,
        names: input.names,
        alpha3: alpha3 ?? null,
        numeric: numeric ?? null,
        regionalGroup: null,
      };
      await tx.manager.insert(PartyRow, row);
      const { networkId } = await this.parties.instance(tx);
      await tx.manager.insert(MembershipRow, { networkId, partyCode: code, joinedAt: await tx.now() });
      await this.findables.keep(tx, code);
      await recordBy(tx, caller, 'party-added');
      return this.parties.one(tx, code);
    });
  }

  /**
   * Changes names and regional group of an observer State or an organization. Raises `forbidden` for other States, whose
   * names are their own, `conflict` for a version that is not the newest, `invalid-input` where no name would be left.
   */
  async change(caller: Caller, code: string, { version, ...changes }: PartyChange): Promise<PartyView> {
    demandPermission(caller, 'keep-parties');
    return this.work.change(caller, 'keep-parties', async (tx) => {
      const { kind, names: before, regionalGroup } = await this.parties.one(tx, code);
      if (!addedPartyKinds.some((added) => added === kind))
        throw new Problem(
          'forbidden',
          'The names of a Member State are its own, as the United Nations has them.',
        );
      const names = Object.fromEntries(
        Object.entries({ ...before, ...changes.names }).filter(([, name]) => name !== null),
      );
      if (Object.keys(names).length === 0)
        throw new Problem('invalid-input', 'Some fields do not fit.', {
          errors: [{ pointer: '#/names', detail: 'must leave one name at least' }],
        });
      const group = changes.regionalGroup === undefined ? regionalGroup : changes.regionalGroup;
      const changed = await tx.query(
        `UPDATE parties SET names = $3, regional_group = $4, version = version + 1
         WHERE code = $1 AND version = $2 RETURNING 1`,
        [code, version, JSON.stringify(names), group],
      );
      if (changed.length === 0)
        throw new Problem('conflict', 'The party has changed meanwhile: read it again.');
      await recordBy(tx, caller, 'party-changed');
      return this.parties.one(tx, code);
    });
  }
}

/** Faults of the codes by themselves. The codes of Member States are theirs, whether an instance has them or not. */
function codeFaults({ code, kind, alpha3, numeric }: PartyInput): Fault[] {
  const faults: Fault[] = [];
  const add = (field: string, detail: string) => faults.push({ pointer: `#/${field}`, detail });
  if (kind === 'observer-state') {
    if (!/^[A-Z]{2}$/.test(code) || isUserAssigned(code))
      add('code', 'must be the ISO 3166-1 code of a State');
    if (alpha3 === undefined) add('alpha3', 'is needed for a State');
  } else {
    if (code.length < 3) add('code', 'must have three characters or more: two are for States');
    if (alpha3 !== undefined) add('alpha3', 'belongs to States alone');
    if (numeric !== undefined) add('numeric', 'belongs to States alone');
  }
  const member = memberStates.find(
    (state) => state.code === code || state.alpha3 === alpha3 || state.numeric === numeric,
  );
  if (member) add('code', `is, or its other codes are, those of a Member State (${member.code})`);
  return faults;
}

async function takenFaults(tx: Tx, { code, alpha3, numeric }: PartyInput): Promise<Fault[]> {
  const [taken] = await tx.query<Record<'code' | 'alpha3' | 'numeric', boolean>>(
    `SELECT coalesce(bool_or(code = $1), false) AS code, coalesce(bool_or(alpha3 = $2), false) AS alpha3,
       coalesce(bool_or("numeric" = $3), false) AS "numeric" FROM parties`,
    [code, alpha3 ?? null, numeric ?? null],
  );
  return (['code', 'alpha3', 'numeric'] as const).flatMap((field) =>
    taken?.[field] ? { pointer: `#/${field}`, detail: 'is that of another party' } : [],
  );
}
