import { BodyRow } from '#libs/parties';
import { newId, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { replaceConstituency } from '../bodies.service.js';
import { addressOf } from '../directory.queries.js';
import { personHolding } from '../entries.queries.js';
import { ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { entriesOf } from '../points-of-contact.service.js';
import { placeIn } from '../positions.service.js';
import type { ImportPlan, PlannedContact } from './import-plan.js';

/** What came of a plan: ids in the order of its bodies and points of contact. */
export interface Entered {
  bodies: string[];
  entries: string[];
}

/** How many are entered between two words on how far it is. */
const between = 10;

/**
 * Enters what was planned for a party: nominations with unproven channels, as if somebody had typed them. All of it in
 * the transaction that is given.
 */
export class Entering {
  constructor(
    private readonly vault: Vault,
    private readonly instance: 'sample' | 'real',
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
    for (const contact of plan.contacts) {
      entries.push(await this.contact(tx, party, contact, bodies));
      if (entries.length % between === 0) await told(entries.length);
    }
    return { bodies, entries };
  }

  private async contact(
    tx: Tx,
    partyCode: string,
    { level, body, said, duty, channels }: PlannedContact,
    bodies: readonly string[],
  ): Promise<string> {
    const id = newId();
    const key = await this.vault.partyKey(partyCode);
    const { person, roleNames, readiness, position: wanted, ...rest } = said;
    const position = await placeIn(tx, entriesOf(partyCode, level), wanted);
    await tx.manager.insert(PointOfContactRow, {
      ...{ id, partyCode, traffic: 'actual', level, position, state: 'nominated' as const },
      ...{ ...rest, roleNames: { ...roleNames }, readiness: { ...readiness }, duty: { ...duty } },
      bodyId: 'id' in body ? body.id : (bodies[body.planned] ?? ''),
      person: person && this.vault.seal(key, personHolding(id), person),
    });
    const rows = channels.map(({ address, ...use }, index) => {
      const channelId = newId();
      return {
        ...{ ...use, id: channelId, pointOfContactId: id, partyCode, traffic: 'actual' },
        ...{ position: index + 1, sample: this.instance === 'sample', state: 'unproven' as const },
        address: this.vault.seal(key, addressOf(channelId), address),
      };
    });
    if (rows.length > 0) await tx.manager.insert(ChannelRow, rows);
    return id;
  }
}
