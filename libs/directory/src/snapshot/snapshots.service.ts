import { signedBytes } from '#libs/ledger';
import type { PartyQueries, PartyView } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { SigningKeys } from '#libs/vault';
import type { EntryQueries, EntryView, Reader } from '../entries.queries.js';
import { VisibilityQueries } from '../networks/visibility.queries.js';
import type { PlanInForce, PlanQueries } from '../routes/plan.queries.js';
import { takenOut, type ExportConsent } from './export-consent.js';
import { consentsOf } from './export-consents.service.js';
import {
  digestOfParties,
  snapshotDays,
  snapshotTag,
  type SignedSnapshot,
  type SnapshotBody,
  type SnapshotEntry,
  type SnapshotParty,
  type SnapshotPlan,
} from './snapshot.js';

/** Signed snapshots of the directory, each made when it is asked for. */
export class Snapshots {
  constructor(
    private readonly entries: EntryQueries,
    private readonly parties: PartyQueries,
    private readonly plans: PlanQueries,
    private readonly keys: SigningKeys,
  ) {}

  /** What the reader may see now. Takes a fraction of a second for 200 parties. */
  async take(tx: Tx, reader: Reader): Promise<SignedSnapshot> {
    const takenAt = await tx.now();
    const [{ code: network }, { kind: instance }] = [
      await this.parties.network(tx),
      await this.parties.instance(tx),
    ];
    const parties = await this.seenBy(tx, reader);
    const snapshot = {
      ...({ type: 'aldis-directory-snapshot', version: 1, network, instance, for: reader.party } as const),
      ...({ tlp: 'AMBER', takenAt: takenAt.toISOString() } as const),
      expiresAt: new Date(takenAt.getTime() + snapshotDays * 86_400_000).toISOString(),
      ...{ digest: digestOfParties(parties), parties },
    };
    const kid = this.keys.keyId;
    return { snapshot, kid, signature: this.keys.sign(signedBytes(snapshotTag, snapshot)) };
  }

  private async seenBy(tx: Tx, reader: Reader): Promise<SnapshotParty[]> {
    const consents = await consentsOf(tx);
    const { shared } = await new VisibilityQueries().of(tx, reader);
    const entries = grouped(await this.entries.reachable(tx, reader));
    const bodies = grouped(await bodiesOf(tx));
    const plans = await this.plans.inForce(tx, reader.party);
    const all = await this.parties.all(tx);
    return all.map((party) => {
      const isOwn = party.code === reader.party;
      const consent = consents.get(party.code) ?? 'whole';
      // Without a shared network a party is known by its name alone.
      const isShared = isOwn || shared(party.code).length > 0;
      const seen = isShared ? bodies.get(party.code) : undefined;
      const given = { consent, isOwn, bodies: seen, entries: entries.get(party.code) };
      const obeyed = plans.filter((plan) => (plan.kind === 'pair' ? plan.with === party.code : isOwn));
      return { ...partyOf(party, given), plans: obeyed.map(planOf) };
    });
  }
}

interface Given {
  consent: ExportConsent;
  isOwn: boolean;
  bodies: (SnapshotBody & { party: string })[] | undefined;
  entries: EntryView[] | undefined;
}

const planOf = ({ with: _, mayDeclare: _declarers, ...plan }: PlanInForce): SnapshotPlan => plan;

function partyOf(
  party: PartyView,
  { consent, isOwn, bodies = [], entries = [] }: Given,
): Omit<SnapshotParty, 'plans'> {
  const { code, alpha3, numeric, kind, regionalGroup, names } = party;
  return {
    ...{ code, alpha3, numeric, kind, regionalGroup, names, consent },
    bodies: consent === 'nothing' && !isOwn ? [] : bodies.map(({ party: _, ...body }) => body),
    pointsOfContact: takenOut(entries, consent, isOwn).map(entryOf),
  };
}

function entryOf({
  party: _,
  version: _v,
  allowedActs: _a,
  readiness: _r,
  ...entry
}: EntryView): SnapshotEntry {
  return {
    ...entry,
    channels: entry.channels
      .filter(({ state }) => state === 'proven' || state === 'suspect')
      // What grows by the day, or by the hour, would make every snapshot another one.
      .map(({ version: _, warning: _warning, reach: { daysAgo: _days, ...reach }, ...channel }) => ({
        ...channel,
        reach,
      })),
  };
}

/** Bodies that are active, with whom they answer for. */
export const bodiesOf = (tx: Tx): Promise<(SnapshotBody & { party: string })[]> =>
  tx.query(
    `SELECT b.id, b.party_code AS party, b.kind, b.names, b.sharing_boundary AS "sharingBoundary", b.profile,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'value', c.value) ORDER BY c.kind, c.id)
         FROM constituencies c WHERE c.body_id = b.id), '[]') AS constituency
     FROM bodies b WHERE b.state = 'active' ORDER BY b.party_code, b.id`,
  );

function grouped<Row extends { party: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.party, [...(found.get(row.party) ?? []), row]);
  return found;
}
