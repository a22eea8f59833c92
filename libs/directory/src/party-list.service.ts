import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import {
  isUserAssigned,
  MembershipRow,
  memberStates,
  PartyRow,
  type PartyQueries,
  type PartyView,
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
  names: Record<string, string>;
}

/** The list of parties as the secretariat keeps it. Raises `forbidden` by role. */
export class PartyList {
  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
    private readonly findables: Findables,
  ) {}

  /** Adds an observer State or an organization to the network. Raises `invalid-input` for codes that do not fit. */
  async add(caller: Caller, { code, kind, alpha3, numeric, names }: PartyInput): Promise<PartyView> {
    demandPermission(caller, 'keep-parties');
    return this.work.change(caller, 'keep-parties', async (tx) => {
      const input = { code, kind, alpha3, numeric, names };
      const errors = [...codeFaults(input), ...(await takenFaults(tx, input))];
      if (errors.length > 0) throw new Problem('invalid-input', 'No party can be added so.', { errors });
      const row = {
        code,
        kind,
        names,
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
