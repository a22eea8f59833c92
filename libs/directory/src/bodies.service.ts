import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import {
  BodyRow,
  missingNames,
  type BodyKind,
  type BodyProfile,
  type LanguageCode,
  type SharingBoundary,
} from '#libs/parties';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import { readConstituency, type ConstituencyItem, type ConstituencyValue } from './constituency.js';
import type { Findables } from './finding/findables.service.js';
import { ConstituencyRow } from './point-of-contact.entity.js';

export interface BodyInput {
  kind: BodyKind;
  names: Record<string, string>;
  sharingBoundary: SharingBoundary;
  profile: BodyProfile;
  constituency: ConstituencyItem[];
}

export interface BodyView extends BodyInput {
  id: string;
  party: string;
  state: BodyRow['state'];
  version: number;
  /** Those of the six languages of the United Nations in which it has no name. */
  missingNames: LanguageCode[];
}

export interface BodyFilter {
  party?: string | undefined;
  kind?: BodyKind | undefined;
}

const notFound = () => new Problem('not-found', 'There is no such body.');
const conflict = () => new Problem('conflict', 'The body has changed meanwhile: read it again.');

/** The party of who keeps its entries. Raises `forbidden` by role. */
export function partyKept(caller: Caller): string {
  demandPermission(caller, 'keep-entries');
  if (caller.party === null) throw new Problem('forbidden', 'Entries are kept by their own party.');
  return caller.party;
}

/** Bodies as their own party keeps them. Raises `forbidden` by role, `not-found` for those of others. */
export class Bodies {
  constructor(
    private readonly work: Work,
    private readonly findables: Findables,
  ) {}

  /** One body, of whichever party, as every member reads it. */
  async one(tx: Tx, id: string): Promise<BodyView> {
    const [body] = await this.read(tx, 'b.id = $1', [id]);
    if (!body) throw notFound();
    return body;
  }

  /**
   * The bodies that there are, of one party or kind or of all, by party; the caller's own party also sees what it retired.
   * Raises `forbidden` for those of all parties without the right to read in bulk.
   */
  async all(tx: Tx, caller: Caller, { party, kind }: BodyFilter): Promise<BodyView[]> {
    if (party === undefined) demandPermission(caller, 'read-in-bulk');
    return this.read(
      tx,
      `($1::text IS NULL OR b.party_code = $1) AND ($2::text IS NULL OR b.kind = $2)
         AND (b.state = 'active' OR b.party_code = $3)`,
      [party ?? null, kind ?? null, caller.party],
    );
  }

  private async read(tx: Tx, condition: string, sought: readonly unknown[]): Promise<BodyView[]> {
    const bodies = await tx.query<Omit<BodyView, 'missingNames'>>(
      `SELECT b.id, b.party_code AS party, b.kind, b.names, b.state, b.sharing_boundary AS "sharingBoundary", b.profile,
         b.version, coalesce((SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'value', c.value) ORDER BY c.kind, c.id)
           FROM constituencies c WHERE c.body_id = b.id), '[]') AS constituency
       FROM bodies b WHERE ${condition} ORDER BY b.party_code, b.state, b.id`,
      [...sought],
    );
    return bodies.map((body) => ({ ...body, missingNames: missingNames(body.names) }));
  }

  /** Raises `invalid-input` with a pointer to each item of the constituency that does not fit. */
  async add(caller: Caller, input: BodyInput): Promise<BodyView> {
    const partyCode = partyKept(caller);
    const values = readAll(input.constituency);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const id = newId();
      const { kind, names, sharingBoundary, profile } = input;
      await tx.manager.insert(BodyRow, {
        ...{ id, partyCode, traffic: 'actual', kind, names, sharingBoundary },
        profile: { ...profile },
      });
      await replace(tx, id, partyCode, values);
      await this.findables.keep(tx, partyCode);
      await recordBy(tx, caller, 'body-added', id);
      return this.one(tx, id);
    });
  }

  /** Replaces what is said of a body, its constituency whole. Raises `conflict` for a version that is not the newest. */
  async change(caller: Caller, id: string, version: number, input: BodyInput): Promise<BodyView> {
    const party = partyKept(caller);
    const values = readAll(input.constituency);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const body = await this.locked(tx, party, id, version);
      const { kind, names, sharingBoundary, profile } = input;
      await tx.query(
        `UPDATE bodies SET kind = $2, names = $3, sharing_boundary = $4, profile = $5, version = $6 WHERE id = $1`,
        [id, kind, JSON.stringify(names), sharingBoundary, JSON.stringify(profile), body.version + 1],
      );
      await replace(tx, id, party, values);
      await this.findables.keep(tx, party);
      await recordBy(tx, caller, 'body-changed', id);
      return this.one(tx, id);
    });
  }

  /** Ends a body for good. Raises `act-not-possible` while it has accounts or points of contact. */
  async retire(caller: Caller, id: string, version: number): Promise<BodyView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const body = await this.locked(tx, party, id, version);
      const [used] = await tx.query(
        `SELECT 1 FROM points_of_contact WHERE body_id = $1 AND state <> 'retired'
         UNION ALL SELECT 1 FROM accounts WHERE body_id = $1 AND deactivated_at IS NULL LIMIT 1`,
        [id],
      );
      if (used)
        throw new Problem(
          'act-not-possible',
          'The body has points of contact or accounts: retire, move or end these first.',
        );
      await tx.manager.update(BodyRow, id, { state: 'retired', version: body.version + 1 });
      await recordBy(tx, caller, 'body-retired', id);
      return this.one(tx, id);
    });
  }

  private async locked(tx: Tx, party: string, id: string, version: number): Promise<BodyRow> {
    await tx.query('SELECT 1 FROM bodies WHERE id = $1 AND party_code = $2 FOR UPDATE', [id, party]);
    const body = await tx.manager.findOneBy(BodyRow, { id, partyCode: party });
    if (!body) throw notFound();
    if (body.state === 'retired') throw new Problem('act-not-possible', 'The body is retired.');
    if (body.version !== version) throw conflict();
    return body;
  }
}

function readAll(items: readonly ConstituencyItem[]): ConstituencyValue[] {
  const seen = new Set<string>();
  const errors: Fault[] = [];
  const values = items.flatMap((item, at): ConstituencyValue[] => {
    const read = readConstituency(item);
    const twice = 'value' in read && seen.has(`${read.kind} ${read.value}`);
    if ('fault' in read || twice) {
      const detail = 'fault' in read ? read.fault : 'is listed already';
      errors.push({ pointer: `#/constituency/${at}/value`, detail });
      return [];
    }
    seen.add(`${read.kind} ${read.value}`);
    return [read];
  });
  if (errors.length > 0)
    throw new Problem('invalid-input', 'Some fields do not fit.', { errors: errors.slice(0, 100) });
  return values;
}

/** Replaces whom a body answers for, whole. Raises `invalid-input` for what does not fit. */
export const replaceConstituency = (
  tx: Tx,
  body: string,
  party: string,
  items: readonly ConstituencyItem[],
) => replace(tx, body, party, readAll(items));

async function replace(tx: Tx, bodyId: string, partyCode: string, values: readonly ConstituencyValue[]) {
  await tx.query('DELETE FROM constituencies WHERE body_id = $1', [bodyId]);
  if (values.length === 0) return;
  await tx.manager.insert(
    ConstituencyRow,
    values.map(({ kind, value, asn, range }) => ({
      ...{ id: newId(), bodyId, partyCode, traffic: 'actual', kind, value, range },
      asn: asn === null ? null : String(asn),
    })),
  );
}
