import { Problem, type Tx } from '#libs/runtime';
import type { LanguageCode } from './member-states.js';
import { type BodyRow, InstanceRow, NetworkRow, PartyRow } from './party.entity.js';
import { missingNames } from './six-languages.js';

export interface PartyView {
  code: string;
  alpha3: string | null;
  numeric: string | null;
  kind: string;
  regionalGroup: string | null;
  names: Record<string, string>;
  /** Those of the six languages of the United Nations in which it has no name. */
  missingNames: LanguageCode[];
  version: number;
  bodies?: (BodyOfParty & { missingNames: LanguageCode[] })[];
}

type BodyOfParty = Pick<BodyRow, 'id' | 'kind' | 'names' | 'state' | 'sharingBoundary' | 'profile'>;
type Row = Omit<PartyView, 'missingNames' | 'bodies'>;
const columns = `p.code, p.alpha3, p.numeric, p.kind, p.regional_group AS "regionalGroup", p.names, p.version`;
const told = <T extends { names: Record<string, string> }>(row: T) => ({
  ...row,
  missingNames: missingNames(row.names),
});

/** Reads of parties, each one statement. Raises `not-found` where one party is asked for and there is none. */
export class PartyQueries {
  #instance: InstanceRow | null = null;

  async all(tx: Tx): Promise<PartyView[]> {
    return (await tx.query<Row>(`SELECT ${columns} FROM parties p ORDER BY p.code`)).map((row) => told(row));
  }

  async one(tx: Tx, code: string): Promise<PartyView> {
    const [party] = await tx.query<Row & { bodies: BodyOfParty[] }>(
      `SELECT ${columns}, coalesce((
         SELECT jsonb_agg(jsonb_build_object('id', b.id, 'kind', b.kind, 'names', b.names,
           'state', b.state, 'sharingBoundary', b.sharing_boundary, 'profile', b.profile) ORDER BY b.id)
         FROM bodies b WHERE b.party_code = p.code), '[]') AS bodies
       FROM parties p WHERE p.code = $1`,
      [code],
    );
    if (!party) throw new Problem('not-found', `No party of this network has the code ${code}.`);
    return { ...told(party), bodies: party.bodies.map((body) => told(body)) };
  }

  /** The given codes that belong to parties of this network. */
  async known(tx: Tx, codes: readonly string[]): Promise<Map<string, Record<string, string>>> {
    const rows = await tx.manager
      .createQueryBuilder(PartyRow, 'p')
      .select(['p.code', 'p.names'])
      .where('p.code IN (:...codes)', { codes: codes.length > 0 ? codes : [''] })
      .getMany();
    return new Map(rows.map((row) => [row.code, row.names]));
  }

  /** The codes of parties that share a network with the caller's own now, its own among them. */
  async met(tx: Tx): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>('SELECT code FROM app.parties_met() AS code');
    return new Set(rows.map(({ code }) => code));
  }

  /** What this instance is; null while it has not been set up. */
  async maybeInstance(tx: Tx): Promise<InstanceRow | null> {
    return tx.manager.findOneBy(InstanceRow, { sole: true });
  }

  /** The network that this instance serves. */
  async network(tx: Tx): Promise<NetworkRow> {
    const { networkId } = await this.instance(tx);
    return tx.manager.findOneByOrFail(NetworkRow, { id: networkId });
  }

  /** The same once it has been; for life, so the database is asked until there is an answer. Raises `unavailable`. */
  async instance(tx: Tx): Promise<InstanceRow> {
    this.#instance ??= await this.maybeInstance(tx);
    if (!this.#instance) throw new Problem('unavailable', 'This instance has not been set up yet.');
    return this.#instance;
  }
}
