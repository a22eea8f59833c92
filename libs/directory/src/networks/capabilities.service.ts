import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import {
  contentOf,
  type CapabilityFacts,
  type CapabilityQueries,
  type CapabilityView,
} from './capabilities.queries.js';
import { audienceColumns, type Audience } from './capability-words.js';
import { CapabilityRow } from './capability.entity.js';
import { openNow } from './networks.queries.js';

export interface CapabilityInput extends CapabilityFacts {
  audience: Audience;
}

/** What a party says at a time that it could offer, at most. */
const mostCapabilities = 200;

/** What a party could offer, as its officers and administrators keep it. Raises `forbidden` by role. */
export class Capabilities {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly queries: CapabilityQueries,
  ) {}

  /** Raises `invalid-input` for a contact point, networks or parties that do not fit, `act-not-possible` for too many. */
  async add(caller: Caller, input: CapabilityInput): Promise<CapabilityView> {
    const party = keeping(caller);
    return this.work.change(caller, 'keep-capabilities', async (tx) => {
      await refuseMore(tx, party);
      const id = newId();
      const at = await tx.now();
      const said = await this.said(tx, party, id, input);
      await tx.manager.insert(CapabilityRow, {
        ...{ ...said, id, partyCode: party, traffic: 'actual', createdAt: at, changedAt: at, endedAt: null },
      });
      await recordBy(tx, caller, 'capability-added', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Says one anew, whole. Raises `conflict` for a version that is not the newest, `act-not-possible` once it ended. */
  async change(caller: Caller, id: string, version: number, input: CapabilityInput): Promise<CapabilityView> {
    const party = keeping(caller);
    return this.work.change(caller, 'keep-capabilities', async (tx) => {
      await open(tx, party, id, version);
      const said = await this.said(tx, party, id, input);
      const changed = { ...said, changedAt: await tx.now(), version: version + 1 };
      await tx.manager.update(CapabilityRow, id, changed);
      await recordBy(tx, caller, 'capability-changed', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Ends one, for good: nobody else is shown it from now on. */
  async end(caller: Caller, id: string, version: number): Promise<CapabilityView> {
    const party = keeping(caller);
    return this.work.change(caller, 'keep-capabilities', async (tx) => {
      await open(tx, party, id, version);
      const at = await tx.now();
      await tx.manager.update(CapabilityRow, id, { endedAt: at, changedAt: at, version: version + 1 });
      await recordBy(tx, caller, 'capability-ended', id);
      return this.queries.one(tx, caller, id);
    });
  }

  private async said(tx: Tx, party: string, id: string, input: CapabilityInput) {
    const errors = await this.faults(tx, party, input);
    if (errors.length > 0) throw new Problem('invalid-input', 'Some fields do not fit.', { errors });
    const { kind, languages, leadHours, place, lastsDays, cost, validUntil, pointOfContact } = input;
    const { description, conditions, audience } = input;
    const content = this.vault.seal(await this.vault.partyKey(party), contentOf(id), {
      description,
      conditions,
    });
    return {
      ...{ kind, languages, leadHours, place, lastsDays, cost, validUntil, content },
      ...{ pointOfContactId: pointOfContact, ...audienceColumns(audience) },
    };
  }

  private async faults(
    tx: Tx,
    party: string,
    { audience, pointOfContact }: CapabilityInput,
  ): Promise<Fault[]> {
    const faults: Fault[] = [];
    const [contact] = await tx.query(
      `SELECT 1 FROM points_of_contact WHERE id = $1 AND party_code = $2 AND state <> 'retired'`,
      [pointOfContact, party],
    );
    if (!contact)
      faults.push({ pointer: '#/pointOfContact', detail: 'is no point of contact of your party' });
    if (audience.to === 'networks') {
      const rows = await tx.query<{ id: string }>('SELECT n AS id FROM app.own_networks() n');
      const own = new Set(rows.map((row) => row.id));
      audience.networks.forEach((network, at) => {
        if (!own.has(network))
          faults.push({ pointer: `#/audience/networks/${at}`, detail: 'is no network of your party' });
      });
    }
    if (audience.to === 'parties') {
      const known = await this.parties.known(tx, audience.parties);
      const rows = await tx.query<{ code: string }>(
        `SELECT DISTINCT m.party_code AS code FROM memberships m
         WHERE m.network_id IN (SELECT app.own_networks()) AND ${openNow('m')}`,
      );
      const met = new Set(rows.map(({ code }) => code));
      audience.parties.forEach((code, at) => {
        const pointer = `#/audience/parties/${at}`;
        if (!known.has(code) || code === party) faults.push({ pointer, detail: 'is no other party' });
        else if (!met.has(code))
          faults.push({ pointer, detail: 'shares no network with your party, and would not see it' });
      });
    }
    return faults;
  }
}

async function refuseMore(tx: Tx, party: string): Promise<void> {
  // Two that are added at one moment are counted one after the other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('aldis-capabilities:' || $1, 0))`, [party]);
  const open = await tx.query(
    `SELECT 1 FROM capabilities WHERE party_code = $1 AND ended_at IS NULL LIMIT ${mostCapabilities}`,
    [party],
  );
  if (open.length >= mostCapabilities)
    throw new Problem('act-not-possible', `A party has at most ${mostCapabilities}: end some first.`);
}

function keeping(caller: Caller): string {
  demandPermission(caller, 'keep-capabilities');
  if (caller.party === null) throw new Problem('forbidden', 'Capabilities are kept by their own party.');
  return caller.party;
}

async function open(tx: Tx, party: string, id: string, version: number): Promise<void> {
  await tx.query('SELECT 1 FROM capabilities WHERE id = $1 AND party_code = $2 FOR UPDATE', [id, party]);
  const row = await tx.manager.findOneBy(CapabilityRow, { id, partyCode: party });
  if (!row) throw new Problem('not-found', 'There is no such capability.');
  if (row.endedAt) throw new Problem('act-not-possible', 'The capability has ended.');
  if (row.version !== version)
    throw new Problem('conflict', 'The capability has changed meanwhile: read it again.');
}
