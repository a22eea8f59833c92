import { demandFresh, recordBy, type Caller, type Work } from '#libs/access';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { misfit, openChannel, refuseMore, type Channels, type NewChannel } from '../channels.service.js';
import type { EntryChannelView, EntryQueries } from '../entries.queries.js';
import { ChannelRow, type PointOfContactRow } from '../point-of-contact.entity.js';
import { openEntry, retireEntry } from '../points-of-contact.service.js';
import type { ChangeNotices } from './change-notices.service.js';
import { changeDays, type EntryChangeAct } from './entry-change.js';
import {
  contentOfChange,
  type ChangeContent,
  type EntryChangeQueries,
  type EntryChangeView,
} from './entry-changes.queries.js';
import { EntryChangeRow } from './entry-life.entity.js';
import type { ProposalMailing } from './proposal-mailing.service.js';

type Reason = { reason: ChangeContent['reason'] };
/** What is proposed for one point of contact. */
export type EntryChangeInput = Reason &
  (
    | { kind: 'add-channel'; newChannel: NewChannel }
    | { kind: 'end-channel'; channel: string }
    | { kind: 'replace-channel'; channel: string; newChannel: NewChannel }
    | { kind: 'retire'; noteVerbale: string; version: number }
  );

/** A channel as it is now, or the change of it that waits for a second person. */
export type ChannelOrChange = { channel: EntryChannelView } | { change: EntryChangeView };

/** Changes of one entry that can wait at a time. */
const mostWaiting = 20;
const stateAfter = { confirm: 'confirmed', decline: 'declined', withdraw: 'withdrawn' } as const;
const pastOf = {
  confirm: 'change-confirmed',
  decline: 'change-declined',
  withdraw: 'change-withdrawn',
} as const;

/**
 * Changes of the ways to reach an entry that others rely on, and its removal: one administrator proposes, another one
 * sees exactly what it does and confirms. Raises `forbidden` by role, `step-up-needed`, `not-found` for those of others.
 */
export class EntryChanges {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly channels: Channels,
    private readonly entries: EntryQueries,
    private readonly queries: EntryChangeQueries,
    private readonly notices: ChangeNotices,
    private readonly proposals: ProposalMailing,
  ) {}

  /** One as it stands, for those who keep its entry. Raises `not-found`. */
  async one(tx: Tx, caller: Caller, id: string): Promise<EntryChangeView> {
    return this.queries.one(tx, caller, id);
  }

  /** Proposes one. Raises `act-not-possible` for what needs no second person, `invalid-input`, `conflict`. */
  async propose(caller: Caller, entryId: string, input: EntryChangeInput): Promise<EntryChangeView> {
    return this.change(caller, (tx) => this.proposeIn(tx, caller, entryId, input));
  }

  /** The same within another change, which has demanded a second factor given just now. */
  async proposeIn(
    tx: Tx,
    caller: Caller,
    entryId: string,
    input: EntryChangeInput,
  ): Promise<EntryChangeView> {
    const version = input.kind === 'retire' ? input.version : undefined;
    const entry = await openEntry(tx, entryId, version);
    if (entry.state === 'nominated')
      throw new Problem(
        'act-not-possible',
        'Nobody relies on this entry yet: it is changed without a second person.',
      );
    return this.proposed(tx, caller, entry, input);
  }

  /** Adds a channel to an entry that is only nominated; to another one, proposes it. */
  async addChannel(caller: Caller, entryId: string, newChannel: NewChannel): Promise<ChannelOrChange> {
    return this.change(caller, async (tx) => {
      const entry = await openEntry(tx, entryId);
      if (entry.state !== 'nominated')
        return {
          change: await this.proposed(
            tx,
            caller,
            entry,
            { kind: 'add-channel', newChannel, reason: null },
            '#',
          ),
        };
      const id = newId();
      await this.channels.addTo(tx, caller, entry, { ...newChannel, id });
      await moveOn(tx, entry);
      return { channel: await this.entries.channel(tx, caller, id) };
    });
  }

  /** Ends a channel that nobody relies on; for another one, proposes it. Alike when repeated. */
  async endChannel(caller: Caller, channelId: string): Promise<ChannelOrChange> {
    return this.change(caller, async (tx) => {
      const { channel, entry } = await openChannel(tx, channelId, true);
      const reliedOn = channel.state === 'proven' || channel.state === 'suspect';
      if (reliedOn && entry.state !== 'nominated')
        return {
          change: await this.proposed(tx, caller, entry, {
            ...{ kind: 'end-channel', channel: channelId, reason: null },
          }),
        };
      if (channel.state !== 'ended') await this.channels.endIn(tx, caller, channel, entry);
      if (channel.state !== 'ended' && entry.state === 'nominated') await moveOn(tx, entry);
      return { channel: await this.entries.channel(tx, caller, channelId) };
    });
  }

  /** Confirms, declines or takes back. Raises `forbidden` for who proposed it and would decide, `act-not-possible`. */
  async act(caller: Caller, id: string, act: EntryChangeAct): Promise<EntryChangeView> {
    return this.change(caller, async (tx) => {
      const known = await tx.manager.findOneBy(EntryChangeRow, { id });
      if (!known) throw new Problem('not-found', 'There is no such change.');
      await tx.query('SELECT 1 FROM points_of_contact WHERE id = $1 FOR UPDATE', [known.pointOfContactId]);
      await tx.query('SELECT 1 FROM entry_changes WHERE id = $1 FOR UPDATE', [id]);
      const change = await this.queries.one(tx, caller, id);
      if (!change.allowedActs.includes(act)) throw refusalOf(change, act, caller);
      await tx.query('UPDATE entry_changes SET state = $2 WHERE id = $1', [id, stateAfter[act]]);
      await this.proposals.cancel(tx, id);
      await recordBy(tx, caller, pastOf[act], id);
      if (act === 'confirm') await this.carryOut(tx, caller, change);
      return this.queries.one(tx, caller, id);
    });
  }

  private async carryOut(tx: Tx, caller: Caller, change: EntryChangeView): Promise<void> {
    const entry = await openEntry(tx, change.pointOfContact.id);
    // Before anything ends: those who are told are those who were relied on until now.
    await this.notices.announce(tx, entry, change);
    const { kind, newChannel, newChannelId, channel } = change;
    if (newChannel && newChannelId)
      await this.channels.addTo(tx, caller, entry, { ...newChannel, id: newChannelId });
    if (kind === 'end-channel' && channel)
      await this.channels.endIn(
        ...([tx, caller, await tx.manager.findOneByOrFail(ChannelRow, { id: channel.id })] as const),
        entry,
      );
    if (kind === 'retire') {
      await retireEntry(tx, entry);
      await recordBy(tx, caller, 'entry-retired', entry.id);
    }
  }

  private async proposed(
    tx: Tx,
    caller: Caller,
    entry: PointOfContactRow,
    input: EntryChangeInput,
    at = '#/newChannel',
  ): Promise<EntryChangeView> {
    const newChannel = await this.demandFitting(tx, entry, input, at);
    const id = newId();
    const { kind, reason } = input;
    const proposedAt = await tx.now();
    const content: ChangeContent = { newChannel, reason };
    await tx.manager.insert(EntryChangeRow, {
      ...{ id, pointOfContactId: entry.id, partyCode: entry.partyCode, traffic: 'actual', kind },
      channelId: 'channel' in input ? input.channel : null,
      newChannelId: newChannel && newId(),
      noteId: input.kind === 'retire' ? input.noteVerbale : null,
      entryVersion: entry.version,
      content: this.vault.seal(await this.vault.partyKey(entry.partyCode), contentOfChange(id), content),
      ...{ state: 'asked', proposedBy: caller.actor, proposedAt },
      expiresAt: new Date(proposedAt.getTime() + changeDays * 86_400_000),
    });
    await recordBy(tx, caller, 'change-proposed', id);
    const change = await this.queries.one(tx, caller, id);
    await this.proposals.tell(tx, caller, entry, {
      ...{ id, path: 'entry-changes', what: kind, key: null, until: new Date(change.expiresAt) },
      ...{ channel: change.channel?.id ?? null, ended: change.channel, added: newChannel },
    });
    return change;
  }

  /** The new channel of a proposal that fits, its address in one spelling. Raises what does not fit. */
  private async demandFitting(
    tx: Tx,
    entry: PointOfContactRow,
    input: EntryChangeInput,
    at: string,
  ): Promise<NewChannel | null> {
    let newChannel: NewChannel | null = null;
    if ('newChannel' in input) {
      const read = await this.channels.read(tx, input.newChannel, at);
      if ('faults' in read) throw misfit(read.faults);
      await refuseMore(tx, entry.id);
      newChannel = { ...input.newChannel, ...read };
    }
    if ('channel' in input) await demandReliedOn(tx, entry.id, input.channel);
    if (input.kind === 'retire') await demandRemovalNote(tx, entry.id, input.noteVerbale);
    const waiting = await tx.query(
      `SELECT 1 FROM entry_changes WHERE point_of_contact_id = $1 AND state = 'asked' AND expires_at > app.now()`,
      [entry.id],
    );
    if (waiting.length >= mostWaiting)
      throw new Problem(
        'act-not-possible',
        `At most ${mostWaiting} changes of a point of contact wait at a time.`,
      );
    return newChannel;
  }

  private async change<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      demandFresh(caller, 'change-channel', await tx.now());
      return work(tx);
    });
  }
}

function refusalOf(
  { state, because, proposedBy }: EntryChangeView,
  act: EntryChangeAct,
  caller: Caller,
): Problem {
  if (state === 'void')
    return new Problem('act-not-possible', `The change does not fit any more (${because}): propose it anew.`);
  if (state !== 'asked') return new Problem('act-not-possible', `The change is ${state} already.`);
  return proposedBy.account === caller.actor
    ? new Problem('forbidden', `Somebody else of your party than who proposed it may "${act}" it.`)
    : new Problem('forbidden', 'Only who proposed a change takes it back; another one declines it.');
}

async function demandReliedOn(tx: Tx, entry: string, id: string): Promise<void> {
  const channel = await tx.manager.findOneBy(ChannelRow, { id, pointOfContactId: entry });
  if (!channel || channel.state === 'ended')
    throw misfit([{ pointer: '#/channel', detail: 'is no channel of this point of contact that is in use' }]);
  if (channel.state === 'unproven')
    throw new Problem(
      'act-not-possible',
      'Nobody relies on this channel yet: it is ended without a second person.',
    );
}

async function demandRemovalNote(tx: Tx, entry: string, id: string): Promise<void> {
  const found = await tx.query(
    `SELECT 1 FROM notes_verbales WHERE id = $1 AND point_of_contact_id = $2 AND purpose = 'removal'
       AND file IS NOT NULL`,
    [id, entry],
  );
  if (found.length === 0)
    throw misfit([
      {
        pointer: '#/noteVerbale',
        detail: 'is no note verbale, with its file, about the removal of this point of contact',
      },
    ]);
}

/** Whoever verifies an entry names the version they saw: its channels count. */
const moveOn = (tx: Tx, { id }: PointOfContactRow) =>
  tx.query('UPDATE points_of_contact SET version = version + 1, changed_at = app.now() WHERE id = $1', [id]);
