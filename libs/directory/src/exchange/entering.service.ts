import { BodyRow } from '#libs/parties';
import { newId, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { replaceConstituency } from '../bodies.service.js';
import { addressOf } from '../directory.queries.js';
import type { Level } from '../entry-words.js';
import { personHolding } from '../entries.queries.js';
import { ContactKeyRow } from '../keys/contact-key.entity.js';
import { proposedKey } from '../keys/proposed-key.service.js';
import { ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { entriesOf } from '../points-of-contact.service.js';
import { placeIn } from '../positions.service.js';
import type { PlannedKey } from './document-keys.js';
import type { ImportPlan, PlannedContact } from './import-plan.js';

/** What came of a plan: ids in the order of its bodies and points of contact. */
export interface Entered {
  bodies: string[];
  entries: string[];
  /** Keys that wait for a second person. */
  keys: EnteredKey[];
}

/** A key that was proposed, for which mailbox of which point of contact. */
export interface EnteredKey {
  id: string;
  entry: string;
  channel: string;
  address: string;
  key: PlannedKey;
}

interface MadeChannel {
  id: string;
  address: string;
  keys: readonly PlannedKey[];
}

/** How many are entered between two words on how far it is. */
const between = 10;

/**
 * Enters what was planned for a party: nominations with unproven channels, as if somebody had typed them. All of it in
 * the transaction that is given. They come behind those that are there, in their own order: nobody whom others rely on
 * loses a place to a nomination, and taking it back leaves the places as they were.
 */
export class Entering {
  constructor(
    private readonly vault: Vault,
    private readonly instance: 'sample' | 'real',
    /** The account that adds the keys; null: there are none, for a key is added by a person. */
    private readonly by: string | null = null,
  ) {}

  /** `told` hears how many points of contact are entered so far. */
  async enter(
    tx: Tx,
    party: string,
    plan: Pick<ImportPlan, 'bodies' | 'contacts'>,
    told: (done: number) => Promise<void> = () => Promise.resolve(),
  ): Promise<Entered> {
    const bodies: string[] = [];
    for (const { kind, names, sharingBoundary, profile, constituency } of plan.bodies) {
      const id = newId();
      await tx.manager.insert(BodyRow, {
        ...{ id, partyCode: party, traffic: 'actual', kind, names, sharingBoundary, profile: { ...profile } },
      });
      await replaceConstituency(tx, id, party, constituency);
      bodies.push(id);
    }
    const entries: string[] = [];
    const keys: EnteredKey[] = [];
    const standing = await lastPlaces(tx, party);
    for (const contact of plan.contacts) {
      const wanted = contact.said.position;
      const place = wanted === undefined ? undefined : (standing.get(contact.level) ?? 0) + wanted;
      const { id, channels } = await this.contact(tx, party, contact, bodies, place);
      entries.push(id);
      keys.push(...(await this.propose(tx, party, id, channels)));
      if (entries.length % between === 0) await told(entries.length);
    }
    return { bodies, entries, keys };
  }

  private async contact(
    tx: Tx,
    partyCode: string,
    { level, body, said, duty, channels }: PlannedContact,
    bodies: readonly string[],
    place: number | undefined,
  ): Promise<{ id: string; channels: MadeChannel[] }> {
    const id = newId();
    const key = await this.vault.partyKey(partyCode);
    const { person, roleNames, readiness, position: _, ...rest } = said;
    const position = await placeIn(tx, entriesOf(partyCode, level), place);
    await tx.manager.insert(PointOfContactRow, {
      ...{ id, partyCode, traffic: 'actual', level, position, state: 'nominated' as const },
      ...{ ...rest, roleNames: { ...roleNames }, readiness: { ...readiness }, duty: { ...duty } },
      bodyId: 'id' in body ? body.id : (bodies[body.planned] ?? ''),
      person: person && this.vault.seal(key, personHolding(id), person),
    });
    const made = channels.map(({ address, keys = [] }) => ({ id: newId(), address, keys }));
    const rows = channels.map(({ address, keys: _keys, ...use }, index) => {
      const channelId = made[index]?.id ?? '';
      return {
        ...{ ...use, id: channelId, pointOfContactId: id, partyCode, traffic: 'actual' },
        ...{ position: index + 1, sample: this.instance === 'sample', state: 'unproven' as const },
        address: this.vault.seal(key, addressOf(channelId), address),
      };
    });
    if (rows.length > 0) await tx.manager.insert(ChannelRow, rows);
    return { id, channels: made };
  }

  /** Adds the keys of mailboxes, each to be confirmed by another person. */
  private async propose(
    tx: Tx,
    partyCode: string,
    entry: string,
    channels: readonly MadeChannel[],
  ): Promise<EnteredKey[]> {
    const { by: addedBy } = this;
    if (addedBy === null) return [];
    const entered = channels.flatMap(({ id: channel, address, keys }) =>
      keys.map((key) => ({ id: newId(), entry, channel, address, key })),
    );
    if (entered.length === 0) return [];
    const [sealing, addedAt] = [await this.vault.partyKey(partyCode), await tx.now()];
    const rows = entered.map(({ id, channel: channelId, key }) =>
      proposedKey(
        this.vault,
        sealing,
        { id, channelId, partyCode, addedBy, addedAt },
        {
          ...{ ...key, createdAt: new Date(key.createdAt), validFrom: new Date(key.validFrom) },
          expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
        },
      ),
    );
    await tx.manager.insert(ContactKeyRow, rows);
    return entered;
  }
}

/** The last place that is taken at each level of a party. */
async function lastPlaces(tx: Tx, party: string): Promise<Map<Level, number>> {
  const rows = await tx.query<{ level: Level; last: number }>(
    `SELECT level, max(position) AS last FROM points_of_contact WHERE party_code = $1 AND state <> 'retired' GROUP BY level`,
    [party],
  );
  return new Map(rows.map(({ level, last }) => [level, last]));
}
