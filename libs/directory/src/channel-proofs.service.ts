import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import { endpointOf, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { channelProofMail, chooseLanguage, endpointProofText } from '#libs/wording';
import { partyKept } from './bodies.service.js';
import type { ChannelCallRow } from './calls/channel-call.entity.js';
import { enqueueCall, type EndpointMessage } from './calls/channel-calls.service.js';
import { demandNotOver, openChannel, proofOf, type Channels } from './channels.service.js';
import { addressOf } from './directory.queries.js';
import type { EntryChannelView, EntryQueries } from './entries.queries.js';
import { operatedByPeople } from './entry-words.js';
import { ChannelCheckRow, type ChannelRow, type PointOfContactRow } from './point-of-contact.entity.js';
import { ChannelCodeRow } from './sent-code.entity.js';
import { misfits, SentCodes } from './sent-codes.service.js';

/** What is known of the newest code of a channel, and of its way to a webhook or a gateway. */
export interface ProofView {
  sentAt: string;
  expiresAt: string;
  triesLeft: number;
  /** Null: it went by mail. `replyStatus`, `fault`: of the newest attempt. */
  call: {
    state: ChannelCallRow['state'];
    attempts: number;
    replyStatus: number | null;
    fault: ChannelCallRow['fault'];
  } | null;
}

/** That a mailbox, webhook or gateway leads to the party whose channel it is: a code is sent there and said back. */
export class ChannelProofs {
  private readonly codes: SentCodes;

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly channels: Channels,
    private readonly queries: EntryQueries,
  ) {
    this.codes = new SentCodes(vault, {
      ...{ rows: ChannelCodeRow, purpose: 'channel-code', sentTo: 'on a channel' },
    });
  }

  /** Sends a new code; the one before is over. Raises `act-not-possible` for what no code is sent on, or is proven. */
  async send(caller: Caller, channelId: string): Promise<{ expiresAt: string }> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const { channel, entry } = await provable(tx, channelId);
      const at = await tx.now();
      demandNotOver(channel, at);
      const { code, expiresAt } = await this.codes.make(tx, { about: channelId, partyCode, at });
      await this.dispatch(tx, channel, entry, code, expiresAt);
      await recordBy(tx, caller, 'channel-proof-sent', channelId);
      return { expiresAt: expiresAt.toISOString() };
    });
  }

  /** How it stands with the newest code. Raises `not-found` where none was sent. */
  async look(caller: Caller, channelId: string): Promise<ProofView> {
    demandPermission(caller, 'keep-entries');
    return this.work.read(caller, async (tx) => {
      const [row] = await tx.query<
        Omit<ProofView, 'sentAt' | 'expiresAt'> & { sentAt: Date; expiresAt: Date }
      >(
        `SELECT k.sent_at AS "sentAt", k.expires_at AS "expiresAt", k.tries_left AS "triesLeft",
           (SELECT jsonb_build_object('state', l.state, 'attempts', l.attempt, 'replyStatus', l.reply_status, 'fault', l.fault)
            FROM channel_calls l WHERE l.channel_id = k.channel_id AND l.about = 'proof'
              ORDER BY l.created_at DESC, l.id DESC LIMIT 1) AS call
         FROM channel_codes k WHERE k.channel_id = $1 ORDER BY k.sent_at DESC, k.id DESC LIMIT 1`,
        [channelId],
      );
      if (!row) throw new Problem('not-found', 'No code was sent on such a channel of your party.');
      return { ...row, sentAt: row.sentAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
    });
  }

  /** Proves the channel by the newest code. Raises `invalid-input` for another, which costs a try. */
  async confirm(caller: Caller, channelId: string, code: string): Promise<EntryChannelView> {
    const party = partyKept(caller);
    // A try that did not fit counts: it is committed before it is refused.
    const proven = await this.work.change(caller, 'keep-entries', async (tx) => {
      const { channel, entry } = await provable(tx, channelId);
      const at = await tx.now();
      const codeId = await this.codes.use(tx, channelId, code, at);
      if (codeId === undefined) return null;
      await tx.manager.insert(ChannelCheckRow, {
        ...{ id: newId(), channelId, partyCode: party, traffic: 'actual', evidenceId: codeId, at },
        ...{ kind: 'proof', outcome: 'answered' },
      });
      await this.channels.proveIn(tx, caller, channel, entry, at);
      return this.queries.channel(tx, caller, channelId);
    });
    if (!proven) throw misfits();
    return proven;
  }

  /** Sends it by mail, or leaves it to the worker, which calls webhooks and gateways. The one before is taken back. */
  private async dispatch(
    tx: Tx,
    { id: channelId, kind, partyCode, address: sealed }: ChannelRow,
    { languages }: PointOfContactRow,
    code: string,
    expiresAt: Date,
  ): Promise<void> {
    const address = await this.vault.openPartys<string>(addressOf(channelId), sealed);
    const language = chooseLanguage(languages);
    const [{ names }, { kind: instance }] = [
      await this.parties.one(tx, partyCode),
      await this.parties.instance(tx),
    ];
    const party = names[language] ?? names.en ?? partyCode;
    if (kind === 'mail') {
      await this.outbox.cancel(tx, proofOf(channelId));
      return this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'channel-proof', waitedFor: true },
        ...{ channelId, partyCode, address, wantedFor: proofOf(channelId) },
        text: channelProofMail({ language, instance, party, code, expiresAt }),
      });
    }
    const { to } = endpointOf(address);
    const message: EndpointMessage =
      to === null
        ? { type: 'aldis.channel-proof', party: partyCode, channel: channelId, code }
        : { type: 'aldis.text', to, language, text: endpointProofText(language, instance, party, code) };
    await enqueueCall(tx, this.vault, {
      ...{ about: 'proof', channelId, partyCode, expiresAt },
      message: { ...message, expiresAt: expiresAt.toISOString() },
    });
  }
}

async function provable(tx: Tx, channelId: string) {
  const found = await openChannel(tx, channelId);
  if (operatedByPeople.some((kind) => kind === found.channel.kind))
    throw new Problem(
      'act-not-possible',
      'A person proves such a channel by a call: POST /api/v1/call-tasks.',
    );
  if (found.channel.state === 'proven')
    throw new Problem('act-not-possible', 'The channel is proven already.');
  return found;
}
