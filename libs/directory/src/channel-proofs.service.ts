import { randomInt } from 'node:crypto';
import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import { endpointOf, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { channelProofMail, chooseLanguage, endpointProofText } from '#libs/wording';
import { partyKept } from './bodies.service.js';
import type { ChannelCallRow } from './calls/channel-call.entity.js';
import { enqueueCall, type EndpointMessage } from './calls/channel-calls.service.js';
import { ChannelCodeRow } from './channel-code.entity.js';
import { openChannel, proofOf, type Channels } from './channels.service.js';
import { addressOf } from './directory.queries.js';
import type { EntryChannelView, EntryQueries } from './entries.queries.js';
import { operatedByPeople } from './entry-words.js';
import { ChannelCheckRow, type ChannelRow, type PointOfContactRow } from './point-of-contact.entity.js';

/** How long a code can be said back, in hours; with how many tries; and how many are sent on a channel meanwhile. */
const codeHours = 24;
const codeTries = 5;
const codesADay = 5;

const misfits = () =>
  new Problem('invalid-input', 'Some fields do not fit.', {
    errors: [{ pointer: '#/code', detail: 'is not the newest code that was sent, or is over' }],
  });

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
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly channels: Channels,
    private readonly queries: EntryQueries,
  ) {}

  /** Sends a new code; the one before is over. Raises `act-not-possible` for what no code is sent on, or is proven. */
  async send(caller: Caller, channelId: string): Promise<{ expiresAt: string }> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const { channel, entry } = await provable(tx, channelId);
      const at = await tx.now();
      await refuseMore(tx, channelId, at);
      const code = randomInt(1_000_000).toString().padStart(6, '0');
      const expiresAt = new Date(at.getTime() + codeHours * 3_600_000);
      const id = newId();
      const keyId = this.vault.currentKey;
      await tx.manager.insert(ChannelCodeRow, {
        ...{ id, channelId, partyCode, traffic: 'actual', keyId, codeHash: await this.hash(id, code, keyId) },
        ...{ triesLeft: codeTries, sentAt: at, expiresAt, usedAt: null },
      });
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
            FROM channel_calls l WHERE l.channel_id = k.channel_id ORDER BY l.created_at DESC, l.id DESC LIMIT 1) AS call
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
      const codeId = await this.use(tx, channelId, code, at);
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
      ...{ channelId, partyCode, expiresAt },
      message: { ...message, expiresAt: expiresAt.toISOString() },
    });
  }

  /** The id of the code that fits, which is used up by it; a misfit costs a try. */
  private async use(tx: Tx, channelId: string, code: string, at: Date): Promise<string | undefined> {
    const [newest] = await tx.manager.find(ChannelCodeRow, {
      ...{ where: { channelId }, order: { sentAt: 'DESC', id: 'DESC' }, take: 1 },
    });
    if (!newest || newest.usedAt || newest.triesLeft === 0 || newest.expiresAt <= at) return undefined;
    const { id, keyId, codeHash, triesLeft } = newest;
    const fits = (await this.hash(id, code, keyId)) === codeHash;
    await tx.manager.update(ChannelCodeRow, id, fits ? { usedAt: at } : { triesLeft: triesLeft - 1 });
    return fits ? id : undefined;
  }

  private async hash(id: string, code: string, keyId: string): Promise<string> {
    return (await this.vault.secret('channel-code', `${id}:${code}`, keyId)).toString('hex');
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

async function refuseMore(tx: Tx, channelId: string, at: Date): Promise<void> {
  const since = new Date(at.getTime() - codeHours * 3_600_000);
  const sent = await tx.query('SELECT 1 FROM channel_codes WHERE channel_id = $1 AND sent_at > $2', [
    channelId,
    since,
  ]);
  if (sent.length >= codesADay)
    throw new Problem('too-many-tries', `At most ${codesADay} codes are sent on a channel within a day.`);
}
