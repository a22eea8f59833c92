import { addressFault, demandFresh, recordBy, type Caller, type Work } from '#libs/access';
import { endpointOf, isExampleAddress, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { Problem, type Fault, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { partyKept } from './bodies.service.js';
import { readAddress } from './channel-address.js';
import { isOver } from './channel-expiry.js';
import { wantedAhead } from './confirm/ahead-warnings.service.js';
import { addressOf } from './directory.queries.js';
import type { EntryChannelView, EntryQueries } from './entries.queries.js';
import { encryptions, type ChannelKind, type ChannelPurpose, type Encryption } from './entry-words.js';
import { ChangeNotices } from './life/change-notices.service.js';
import { ChannelRow, type PointOfContactRow } from './point-of-contact.entity.js';
import { followChannels, openEntry } from './points-of-contact.service.js';
import { placeIn, type Ordered } from './positions.service.js';

/** How a channel is used. */
export interface ChannelUse {
  purpose: ChannelPurpose;
  /** Left out: behind the others, or where it is. */
  position?: number | undefined;
  encryption: Encryption;
  expiresOn: string | null;
}

/** A channel that is to come: what it is, where it leads and how it is used. */
export type NewChannel = ChannelUse & { kind: ChannelKind; address: string };

/** Channels that one point of contact has open at a time. */
export const mostChannels = 20;

/** What mails that prove a channel are wanted for. */
export const proofOf = (channelId: string): string => `channel-proof:${channelId}`;

const listOf = (entry: string, party: string): Ordered => ({
  ...{ table: 'channels', where: 'point_of_contact_id = $1 AND party_code = $2', left: 'ended' },
  values: [entry, party],
});
export const misfit = (errors: Fault[]) =>
  new Problem('invalid-input', 'Some fields do not fit.', { errors });

/** Channels as their own party keeps them. Raises `forbidden` by role, `not-found` for those of others. */
export class Channels {
  private readonly notices: ChangeNotices;

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly queries: EntryQueries,
  ) {
    this.notices = new ChangeNotices(vault, parties, outbox);
  }

  /** What is wrong with a channel that is to come, with pointers below `at`; else its address in one spelling. */
  async read(
    tx: Tx,
    { kind, address, ...use }: NewChannel,
    at: string,
  ): Promise<{ address: string } | { faults: Fault[] }> {
    const { kind: instance } = await this.parties.instance(tx);
    const read = readFor(instance, kind, address);
    const faults: Fault[] = 'fault' in read ? [{ pointer: '#/address', detail: read.fault }] : [];
    faults.push(...useFaults(kind, use, await tx.now()));
    if (!('fault' in read) && faults.length === 0) return read;
    return {
      faults: faults.map(({ pointer = '', ...fault }) => ({ ...fault, pointer: pointer.replace('#', at) })),
    };
  }

  /** Adds one to an entry that is locked, unproven. Raises `invalid-input` with pointers, `act-not-possible`. */
  async addTo(
    tx: Tx,
    caller: Caller,
    entry: PointOfContactRow,
    { id, ...channel }: NewChannel & { id: string },
  ): Promise<void> {
    const read = await this.read(tx, channel, '#');
    if ('faults' in read) throw misfit(read.faults);
    await refuseMore(tx, entry.id);
    const { kind, purpose, encryption, expiresOn } = channel;
    const { partyCode } = entry;
    await tx.manager.insert(ChannelRow, {
      ...{ id, pointOfContactId: entry.id, partyCode, traffic: 'actual', kind, state: 'unproven' as const },
      ...{
        position: await placeIn(tx, listOf(entry.id, partyCode), channel.position),
        purpose,
        encryption,
        expiresOn,
      },
      sample: (await this.parties.instance(tx)).kind === 'sample',
      address: this.vault.seal(await this.vault.partyKey(partyCode), addressOf(id), read.address),
    });
    await recordBy(tx, caller, 'channel-added', id);
  }

  /**
   * Changes how one is used, never where it leads. Raises `conflict` for a version that is not the newest. What takes a
   * channel away from those who rely on it needs a fresh second factor (`step-up-needed`), and they are told.
   */
  async change(caller: Caller, id: string, version: number, use: ChannelUse): Promise<EntryChannelView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const { channel, entry } = await openChannel(tx, id);
      if (channel.version !== version)
        throw new Problem('conflict', 'The channel has changed meanwhile: read it again.');
      const at = await tx.now();
      const errors = useFaults(channel.kind, use, at);
      if (errors.length > 0) throw misfit(errors);
      if (isReliedOn(channel, entry) && takesAway(channel, use)) {
        demandFresh(caller, 'change-channel', at);
        await this.notices.announce(tx, entry, { id, kind: 'change-use', channel, newChannel: null });
      }
      const { purpose, encryption, expiresOn, position: wanted = channel.position } = use;
      const position =
        wanted === channel.position ? wanted : await placeIn(tx, listOf(entry.id, party), wanted, id);
      if (expiresOn !== channel.expiresOn) await this.outbox.cancel(tx, wantedAhead(id));
      await tx.manager.update(ChannelRow, id, {
        ...{ purpose, encryption, expiresOn, position, version: version + 1 },
      });
      if (expiresOn !== channel.expiresOn || purpose !== channel.purpose) await followChannels(tx, entry);
      await recordBy(tx, caller, 'channel-changed', id);
      return this.queries.channel(tx, caller, id);
    });
  }

  /** Takes one that is locked for proven; what it comes in place of has ended by that. */
  async proveIn(
    tx: Tx,
    caller: Caller,
    { id, version }: ChannelRow,
    entry: PointOfContactRow,
    at: Date,
  ): Promise<void> {
    await tx.manager.update(ChannelRow, id, {
      ...{ state: 'proven', provenAt: at, suspectSince: null, version: version + 1 },
    });
    await followChannels(tx, entry);
    await recordBy(tx, caller, 'channel-proven', id);
    // The database saw to it that the other one ended.
    const [replaced] = await tx.query<{ id: string }>(
      `SELECT channel_id AS id FROM entry_changes
       WHERE new_channel_id = $1 AND kind = 'replace-channel' AND done_at >= $2`,
      [id, at],
    );
    if (!replaced) return;
    await this.outbox.cancel(tx, proofOf(replaced.id));
    await recordBy(tx, caller, 'channel-ended', replaced.id);
  }

  /** Ends one that is locked, for good; what is on its way to prove it is taken back. */
  async endIn(tx: Tx, caller: Caller, channel: ChannelRow, entry: PointOfContactRow): Promise<void> {
    for (const wanted of [proofOf(channel.id), wantedAhead(channel.id)]) await this.outbox.cancel(tx, wanted);
    await tx.manager.update(ChannelRow, channel.id, {
      ...{ state: 'ended', endedAt: await tx.now(), version: channel.version + 1 },
    });
    await followChannels(tx, entry);
    await recordBy(tx, caller, 'channel-ended', channel.id);
  }
}

/** Whether others may have come to rely on it. */
const isReliedOn = ({ state }: ChannelRow, entry: PointOfContactRow): boolean =>
  entry.state !== 'nominated' && (state === 'proven' || state === 'suspect');

/** Whether it would be used for less than before: it ends sooner, serves exercises alone, or takes more in clear. */
const takesAway = (before: ChannelRow, { purpose, encryption, expiresOn }: ChannelUse): boolean =>
  (expiresOn !== null && (before.expiresOn === null || expiresOn < before.expiresOn)) ||
  (purpose === 'exercise' && before.purpose !== 'exercise') ||
  encryptions.indexOf(encryption) < encryptions.indexOf(before.encryption);

/**
 * A channel of the caller's own party with its entry, both locked, the entry first. Raises `not-found`, and
 * `act-not-possible` for one that is ended, unless these are asked for too.
 */
export async function openChannel(
  tx: Tx,
  id: string,
  orEnded = false,
): Promise<{ channel: ChannelRow; entry: PointOfContactRow }> {
  const found = await tx.manager.findOneBy(ChannelRow, { id });
  if (!found) throw new Problem('not-found', 'There is no such channel.');
  const entry = await openEntry(tx, found.pointOfContactId);
  const channel = await tx.manager.findOneByOrFail(ChannelRow, { id });
  if (channel.state === 'ended' && !orEnded) throw new Problem('act-not-possible', 'The channel is ended.');
  return { channel, entry };
}

/** Samples lead nowhere real and real instances to no sample, so names under `.example` belong to samples alone. */
export function readFor(
  instance: 'sample' | 'real',
  kind: ChannelKind,
  text: string,
): { address: string } | { fault: string } {
  if (kind === 'mail') {
    const fault = addressFault(text, instance);
    return fault === undefined ? { address: text } : { fault };
  }
  const read = readAddress(kind, text);
  if ('fault' in read || (kind !== 'webhook' && kind !== 'gateway')) return read;
  if (isExampleAddress(new URL(endpointOf(read.address).url).hostname) === (instance === 'sample'))
    return read;
  return {
    fault: instance === 'sample' ? 'must lead to .example in a sample world' : 'must not lead to .example',
  };
}

/** Raises `act-not-possible` for a channel past its last day: it is changed first, and proven then. */
export function demandNotOver({ expiresOn }: ChannelRow, at: Date): void {
  if (isOver(expiresOn, at))
    throw new Problem(
      'act-not-possible',
      `The channel was good until ${expiresOn}: give it a later last day first.`,
    );
}

function useFaults(kind: ChannelKind, { encryption, expiresOn }: ChannelUse, at: Date): Fault[] {
  const faults: Fault[] = [];
  if (kind === 'mail' && encryption === 'required')
    faults.push({ pointer: '#/encryption', detail: 'cannot be required yet: mails are not encrypted' });
  if (isOver(expiresOn, at)) faults.push({ pointer: '#/expiresOn', detail: 'must not be in the past' });
  return faults;
}

/** Raises `act-not-possible` where an entry has as many channels as it may. */
export async function refuseMore(tx: Tx, entry: string): Promise<void> {
  const open = await tx.query(`SELECT 1 FROM channels WHERE point_of_contact_id = $1 AND state <> 'ended'`, [
    entry,
  ]);
  if (open.length >= mostChannels)
    throw new Problem('act-not-possible', `A point of contact has at most ${mostChannels} channels.`);
}
