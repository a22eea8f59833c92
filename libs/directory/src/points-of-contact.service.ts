import { recordBy, type Caller, type Work } from '#libs/access';
import { BodyRow } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { partyKept } from './bodies.service.js';
import { inEarnest } from './channel-expiry.js';
import { personHolding, type EntryQueries, type EntryView, type Holder } from './entries.queries.js';
import { decideEntry, withChannels, type EntryAct, type EntryRefusal } from './entry-life.js';
import type { ContactState, Level } from './entry-words.js';
import type { Findables } from './finding/findables.service.js';
import { recordCallBack, type CallBackInput } from './life/call-backs.service.js';
import { PointOfContactRow } from './point-of-contact.entity.js';
import { placeIn, type Ordered } from './positions.service.js';

/** What a party says of a point of contact, whole. */
export interface EntryInput {
  body: string;
  /** Left out: behind the others, or where it is. */
  position?: number | undefined;
  roleNames: Record<string, string>;
  languages: string[];
  zone: string;
  person: Holder | null;
  expectedRoles: string[];
  coordination: string[];
  readiness: Record<string, boolean>;
  note: { text: string; language: string } | null;
}

const pastOf = {
  verify: 'entry-verified',
  suspend: 'entry-suspended',
  resume: 'entry-resumed',
  retire: 'entry-retired',
} as const satisfies Record<EntryAct, string>;

/** The list in which a point of contact has its place. */
export const entriesOf = (party: string, level: Level): Ordered => ({
  ...{ table: 'points_of_contact', where: 'party_code = $1 AND level = $2', left: 'retired' },
  values: [party, level],
});

/** Points of contact as their own party keeps them. Raises `forbidden` by role, `not-found` for those of others. */
export class PointsOfContact {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly queries: EntryQueries,
    private readonly findables: Findables,
  ) {}

  /** Nominates one: it is told nothing until a second person has verified it. Raises `invalid-input` for the body. */
  async nominate(caller: Caller, { level, ...input }: EntryInput & { level: Level }): Promise<EntryView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const id = newId();
      const said = await this.said(tx, party, id, input);
      const position = await placeIn(tx, entriesOf(party, level), input.position);
      await tx.manager.insert(PointOfContactRow, {
        ...{ id, partyCode: party, traffic: 'actual', level, position, state: 'nominated' as const },
        ...said,
      });
      await this.findables.keep(tx, party);
      await recordBy(tx, caller, 'entry-nominated', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Replaces what is said of one; its level stays. Raises `conflict` for a version that is not the newest. */
  async change(caller: Caller, id: string, version: number, input: EntryInput): Promise<EntryView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const row = await openEntry(tx, id, version);
      const said = await this.said(tx, party, id, input, row.bodyId);
      const { position: wanted = row.position } = input;
      const position =
        wanted === row.position ? wanted : await placeIn(tx, entriesOf(party, row.level), wanted, id);
      await tx.manager.update(PointOfContactRow, id, {
        ...{ ...said, position, version: row.version + 1, changedAt: await tx.now() },
      });
      await this.findables.keep(tx, party);
      await recordBy(tx, caller, 'entry-changed', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /**
   * One step of its life. Verifying needs the note verbale and says how the nominee was called back. Raises
   * `act-not-possible` where there is no such step, `forbidden` for who nominated it and would verify it, `conflict` for a
   * version that is not the newest.
   */
  async act(
    caller: Caller,
    id: string,
    { act, version, callBack }: { act: EntryAct; version: number; callBack?: CallBackInput | undefined },
  ): Promise<EntryView> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const row = await openEntry(tx, id, version);
      const reachable = await hasProven(tx, id);
      const byNominator = row.nominatedBy === caller.actor;
      const decision = decideEntry({ state: row.state, reachable, byNominator }, act);
      if ('refused' in decision) throw refusalOf(decision.refused, row.state, act);
      if (act === 'verify') await recordCallBack(tx, this.vault, caller, row, callBack);
      if (act === 'retire') await retireEntry(tx, row);
      else {
        const at = await tx.now();
        await tx.manager.update(PointOfContactRow, id, {
          ...{ state: decision.to, version: row.version + 1, changedAt: at },
          ...(act === 'verify' ? { verifiedAt: at, confirmedAt: at } : {}),
        });
      }
      await recordBy(tx, caller, pastOf[act], id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** The columns of what is said. A body that is retired is kept, and no entry is moved to one. */
  private async said(tx: Tx, party: string, id: string, input: EntryInput, kept?: string) {
    const { body, roleNames, languages, zone, person, expectedRoles, coordination, readiness, note } = input;
    const known = await tx.manager.findOneBy(BodyRow, { id: body, partyCode: party });
    if (!known || (known.state === 'retired' && body !== kept))
      throw new Problem('invalid-input', 'Some fields do not fit.', {
        errors: [{ pointer: '#/body', detail: 'is no body of your party' }],
      });
    const key = await this.vault.partyKey(party);
    const sealed: Sealed | null = person && this.vault.seal(key, personHolding(id), person);
    return {
      ...{ bodyId: body, roleNames: { ...roleNames }, languages, zone, person: sealed, note },
      ...{ expectedRoles, coordination, readiness: { ...readiness } },
    };
  }
}

/**
 * An entry of the caller's own party, locked, for a change. Raises `not-found`, also where it is another party's,
 * `act-not-possible` when it is retired, and `conflict` where a version is given that is not the newest.
 */
export async function openEntry(tx: Tx, id: string, version?: number): Promise<PointOfContactRow> {
  // The walls lock to nobody what they may not change.
  const [locked] = await tx.query('SELECT 1 FROM points_of_contact WHERE id = $1 FOR UPDATE', [id]);
  const row = locked ? await tx.manager.findOneBy(PointOfContactRow, { id }) : null;
  if (!row) throw new Problem('not-found', 'There is no such point of contact.');
  if (row.state === 'retired') throw new Problem('act-not-possible', 'The point of contact is retired.');
  if (version !== undefined && row.version !== version)
    throw new Problem('conflict', 'The point of contact has changed meanwhile: read it again.');
  return row;
}

function refusalOf(refused: EntryRefusal, state: ContactState, act: EntryAct): Problem {
  if (refused === 'second-person')
    return new Problem('forbidden', 'Somebody else of your party than who nominated it verifies it.');
  return new Problem(
    'act-not-possible',
    refused === 'proposal'
      ? 'Others rely on this entry: its removal is proposed with the note verbale at /changes, and a second person confirms it.'
      : `An entry that is ${state} cannot be changed by "${act}".`,
  );
}

/** Ends an entry that is locked, and its channels with it. */
export async function retireEntry(tx: Tx, { id, version }: PointOfContactRow): Promise<void> {
  const at = await tx.now();
  await tx.manager.update(PointOfContactRow, id, {
    ...{ state: 'retired', version: version + 1, changedAt: at, endedAt: at },
  });
  await tx.query(
    `UPDATE channels SET state = 'ended', ended_at = $2, version = version + 1
     WHERE point_of_contact_id = $1 AND state <> 'ended'`,
    [id, at],
  );
}

/** Brings an entry's state in line with its channels, after these have changed. */
export async function followChannels(tx: Tx, { id, state, version }: PointOfContactRow): Promise<void> {
  const next = withChannels(state, await hasProven(tx, id));
  if (next === state) return;
  const changedAt = await tx.now();
  await tx.manager.update(PointOfContactRow, id, { state: next, version: version + 1, changedAt });
}

/** Whether an entry has a proven channel by which it can be reached in earnest. */
export async function hasProven(tx: Tx, id: string): Promise<boolean> {
  const sql = `SELECT 1 FROM channels c WHERE c.point_of_contact_id = $1 AND c.state = 'proven' AND ${inEarnest('c')} LIMIT 1`;
  return (await tx.query(sql, [id])).length > 0;
}
