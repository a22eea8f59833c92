import { endpointOf, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import {
  announcedChange,
  announcedChangeShort,
  channelChangeMail,
  chooseLanguage,
  type ChannelChangeFacts,
} from '#libs/wording';
import { toldOf, type ToldByCall } from '../calls/announced-change.js';
import { CallTaskRow } from '../calls/call-task.entity.js';
import { callDays } from '../calls/call-task-rules.js';
import { enqueueCall, type EndpointMessage } from '../calls/channel-calls.service.js';
import { notOver } from '../channel-expiry.js';
import { addressOf } from '../directory.queries.js';
import type { ChannelKind } from '../entry-words.js';
import type { PointOfContactRow } from '../point-of-contact.entity.js';
import { isAffected, whoIsTold, type OldChannel } from './who-is-told.js';

/** What is told: by whose id it is known, which channel it is about, and what comes. */
export interface ToldChange {
  id: string;
  kind: ChannelChangeFacts['kind'];
  channel: { id: string; kind: ChannelKind } | null;
  newChannel: { kind: ChannelKind } | null;
}

type SealedChannel = OldChannel & { address: Sealed };
type OpenedChannel = OldChannel & { address: string };
type Facts = Omit<ChannelChangeFacts, 'isThisOne'>;

/** For how many hours an endpoint that does not answer is told again of a change. */
const hoursToTell = 72;
/** Calls to one channel that wait at a time, beyond which no other use of it asks for one. */
const callsToWait = 3;

/** Tells those who were reached until now that the ways to reach a point of contact change. */
export class ChangeNotices {
  constructor(
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
  ) {}

  /**
   * By mail, by a call of the worker to an endpoint, or by a call that the secretariat is asked to make, in the language of
   * the entry: to those of {@link whoIsTold}, and to none past its last day. To be asked before anything ends.
   */
  async announce(tx: Tx, entry: PointOfContactRow, change: ToldChange): Promise<void> {
    const channels = await tx.query<SealedChannel>(
      `SELECT c.id, c.kind, c.state, c.position, c.address FROM channels c
       WHERE c.point_of_contact_id = $1 AND c.state IN ('proven', 'suspect') AND ${notOver('c')} ORDER BY c.position, c.id`,
      [entry.id],
    );
    const changed = change.channel?.id ?? null;
    const { byMachine, byPeople } = whoIsTold({ kind: change.kind, channel: changed }, channels);
    const facts = await this.facts(tx, entry, change);
    for (const channel of [...byMachine, ...byPeople]) {
      const address = await this.vault.openPartys<string>(addressOf(channel.id), channel.address);
      const said = { ...facts, isThisOne: isAffected(change.kind, changed, channel.id) };
      const opened = { ...channel, address };
      if (byPeople.includes(channel)) await this.askToCall(tx, entry, opened, said);
      else if (channel.kind === 'mail') await this.mail(tx, entry, opened, change.id, said);
      else await this.sayTo(tx, entry, opened, said);
    }
  }

  private async facts(tx: Tx, entry: PointOfContactRow, change: ToldChange): Promise<Facts> {
    const { partyCode } = entry;
    const language = chooseLanguage(entry.languages);
    const { names } = await this.parties.one(tx, partyCode);
    return {
      ...{ language, kind: change.kind, at: await tx.now() },
      instance: (await this.parties.instance(tx)).kind,
      party: names[language] ?? names.en ?? partyCode,
      role: entry.roleNames[language] ?? Object.values(entry.roleNames)[0] ?? '',
      ended: change.channel?.kind ?? null,
      added: change.newChannel?.kind ?? null,
    };
  }

  private async mail(
    tx: Tx,
    { partyCode }: PointOfContactRow,
    { id, address }: OpenedChannel,
    change: string,
    facts: ChannelChangeFacts,
  ): Promise<void> {
    await this.outbox.enqueueToChannel(tx, {
      ...{ kind: 'channel-change', channelId: id, partyCode, address, waitedFor: true },
      wantedFor: `channel-change:${change}`,
      text: channelChangeMail(facts),
    });
  }

  private async sayTo(
    tx: Tx,
    { id: pointOfContact, partyCode }: PointOfContactRow,
    { id: channelId, address }: OpenedChannel,
    facts: ChannelChangeFacts,
  ): Promise<void> {
    const { language, kind: change, isThisOne, at } = facts;
    const { to } = endpointOf(address);
    const message: EndpointMessage =
      to === null
        ? {
            ...{ type: 'aldis.channel-change', party: partyCode, pointOfContact, channel: channelId },
            ...{ change, isThisOne, decidedAt: at.toISOString(), language, text: announcedChange(facts) },
          }
        : { type: 'aldis.text', to, language, text: announcedChangeShort(facts) };
    const expiresAt = new Date(at.getTime() + hoursToTell * 3_600_000);
    await enqueueCall(tx, this.vault, { about: 'change', channelId, partyCode, expiresAt, message });
  }

  /** The task holds all that the call needs: its channel and its entry may have ended when it is made. */
  private async askToCall(
    tx: Tx,
    { partyCode, roleNames, languages, zone }: PointOfContactRow,
    { id: channelId, kind, address: number }: OpenedChannel,
    { at, ended, added, isThisOne, ...said }: ChannelChangeFacts,
  ): Promise<void> {
    if (said.kind === 'change-use' && (await isCalledEnough(tx, channelId))) return;
    const id = newId();
    const told: ToldByCall = {
      ...{ number, kind, roleNames, languages, zone },
      change: { kind: said.kind, ended, added, isThisOne, decidedAt: at.toISOString() },
    };
    await tx.manager.insert(CallTaskRow, {
      ...{ id, channelId, partyCode, traffic: 'actual', wantedBy: null, reason: 'change', state: 'open' },
      ...{ createdAt: at, expiresAt: new Date(at.getTime() + callDays * 86_400_000) },
      told: this.vault.seal(await this.vault.partyKey(partyCode), toldOf(id), told),
    });
  }
}

/**
 * Whether enough calls wait that announce changes on a channel. How it is used is changed by one person, as often as they
 * like: no number of such calls is to hide one that matters more.
 */
async function isCalledEnough(tx: Tx, channelId: string): Promise<boolean> {
  const waiting = await tx.query(
    `SELECT 1 FROM call_tasks WHERE channel_id = $1 AND reason = 'change' AND state = 'open' AND expires_at > app.now()`,
    [channelId],
  );
  return waiting.length >= callsToWait;
}
