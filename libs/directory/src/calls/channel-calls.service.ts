import {
  afterReply,
  callEndpoint,
  endpointOf,
  waitAfter,
  type EndpointReply,
  type RefusalObserver,
  type Signer,
} from '#libs/notifications';
import { newId, type OutgoingCalls, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { addressOf } from '../directory.queries.js';
import { ChannelCallRow } from './channel-call.entity.js';

const bodyOf = (id: string) => ({ table: 'channel_calls', row: id, field: 'body' });
const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** How many are made at once, and for how many seconds a worker may hold one. */
const atOnce = 10;
const heldFor = 60;

interface Claimed {
  id: string;
  channelId: string;
  about: ChannelCallRow['about'];
  kind: 'webhook' | 'gateway';
  body: Sealed;
  address: Sealed;
  attempt: number;
  expiresAt: Date;
  at: Date;
}

/** What is to be said to a webhook or a gateway: `type`, and what belongs to it. */
export interface EndpointMessage {
  type: string;
  [field: string]: string | boolean;
}

/**
 * Puts down what the worker has to say to an endpoint, in the transaction that wants it. With a code that proves the channel
 * the one that waited before is over; what announces a change waits beside all others.
 */
export async function enqueueCall(
  tx: Tx,
  vault: Vault,
  {
    message,
    expiresAt,
    ...about
  }: Pick<ChannelCallRow, 'about' | 'channelId' | 'partyCode' | 'expiresAt'> & { message: EndpointMessage },
): Promise<void> {
  const id = newId();
  const at = await tx.now();
  if (about.about === 'proof')
    await tx.query(
      `UPDATE channel_calls SET state = 'cancelled', settled_at = $2
       WHERE channel_id = $1 AND state = 'pending' AND about = 'proof'`,
      [about.channelId, at],
    );
  const body = JSON.stringify({ ...message, id, sentAt: at.toISOString() });
  await tx.manager.insert(ChannelCallRow, {
    ...{ ...about, id, traffic: 'actual', state: 'pending', createdAt: at, dueAt: at, expiresAt },
    body: vault.seal(await vault.partyKey(about.partyCode), bodyOf(id), body),
  });
}

/**
 * Makes the calls to webhooks and gateways that wait: claimed, made, recorded, and made again where nobody answered. A
 * worker that was killed meanwhile leaves a call that is made again, with the same id in it. A code goes to no channel that is
 * proven or has ended meanwhile, a change to each. An endpoint that refuses to be told of a change has refused a notice.
 */
export class ChannelCalls {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outgoing: Pick<OutgoingCalls, 'fetch'>,
    private readonly signer: Signer,
    private readonly observer: RefusalObserver,
  ) {}

  /** Makes what is due, some at a time; answers how many. */
  async run(): Promise<number> {
    const claimed = await this.claim();
    const made = await Promise.allSettled(
      claimed.map(async (call) => ({ call, reply: await this.make(call) })),
    );
    // One connection for all of them: deliveries need the others.
    const failures: unknown[] = [];
    for (const one of made)
      if (one.status === 'rejected') failures.push(one.reason);
      else await this.record(one.value.call, one.value.reply).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new Error(failures.map(String).join('; '));
    return claimed.length;
  }

  private async claim(): Promise<Claimed[]> {
    return this.units.run(worker, async (tx) => {
      await tx.query(
        `UPDATE channel_calls l SET sending_until = NULL, settled_at = app.now(),
           state = CASE WHEN l.expires_at <= app.now() THEN 'failed' ELSE 'cancelled' END
         FROM channels c WHERE c.id = l.channel_id AND (l.expires_at <= app.now()
             OR l.about = 'proof' AND c.state NOT IN ('unproven', 'suspect'))
           AND (l.state = 'pending' OR l.state = 'sending' AND l.sending_until < app.now())`,
      );
      return tx.query<Claimed>(
        `UPDATE channel_calls l SET state = 'sending', attempt = l.attempt + 1,
           sending_until = app.now() + make_interval(secs => $2)
         FROM channels c
         WHERE c.id = l.channel_id AND l.id IN (
           SELECT d.id FROM channel_calls d WHERE d.due_at <= app.now()
             AND (d.state = 'pending' OR d.state = 'sending' AND d.sending_until < app.now())
           ORDER BY d.due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING l.id, l.channel_id AS "channelId", l.about, c.kind, l.body, c.address, l.attempt, l.expires_at AS "expiresAt", app.now() AS at`,
        [atOnce, heldFor],
      );
    });
  }

  private async make({ id, body: sealed, at, ...to }: Claimed): Promise<EndpointReply> {
    const body = await this.vault.openPartys<string>(bodyOf(id), sealed);
    const { url } = endpointOf(await this.addressIn(to));
    return callEndpoint(this.outgoing, this.signer, { url, body }, at);
  }

  private async addressIn({ channelId, address }: Pick<Claimed, 'channelId' | 'address'>): Promise<string> {
    return this.vault.openPartys<string>(addressOf(channelId), address);
  }

  private async record(call: Claimed, reply: EndpointReply): Promise<void> {
    const { id, attempt, expiresAt } = call;
    const next = afterReply(reply);
    const unobserved = await this.units.run(worker, async (tx) => {
      const at = await tx.now();
      const dueAt = new Date(at.getTime() + waitAfter(attempt));
      const again = next === 'again' && dueAt < expiresAt;
      const state = again ? 'pending' : next === 'accepted' ? 'accepted' : 'failed';
      const recorded = await tx.query(
        `UPDATE channel_calls SET state = $3, sending_until = NULL, due_at = $4, settled_at = $5, reply_status = $6, fault = $7
         WHERE id = $1 AND attempt = $2 AND state = 'sending' RETURNING id`,
        [
          ...[id, attempt, state, again ? dueAt : at, again ? null : at],
          ...['status' in reply ? reply.status : null, 'fault' in reply ? reply.fault : null],
        ],
      );
      const isRefused = recorded.length > 0 && next === 'failed' && 'status' in reply;
      return isRefused && call.about === 'change' ? this.observe(tx, call) : null;
    });
    // What came of the call is on record all the same.
    if (unobserved) throw unobserved;
  }

  /** Hands a refusal up, in the transaction that records it. Answers why that was not possible. */
  private async observe(tx: Tx, call: Claimed): Promise<Error | null> {
    const { id: noticeId, channelId, kind } = call;
    const address = await this.addressIn(call);
    return tx
      .attempt(() =>
        this.observer.observe(tx, { noticeId, pointOfContactId: null, channelId, kind, address }),
      )
      .then(() => null)
      .catch((error: unknown) => new Error(`a refusal cannot be observed: ${String(error)}`));
  }
}
