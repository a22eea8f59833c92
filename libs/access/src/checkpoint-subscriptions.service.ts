import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { recordAccess } from './access-record.service.js';
import type { Caller } from './caller.js';
import type { Rhythm } from './checkpoint-rhythm.js';
import { CheckpointSubscriptionRow } from './checkpoint-subscription.entity.js';
import { demandPermission } from './demand-permission.js';
import { addressFault } from './invitations.service.js';
import type { Work } from './work.service.js';

/** Where and how often a party has checkpoints sent. */
export interface CheckpointSubscription {
  email: string;
  every: Rhythm;
  subscribedAt: string;
  /** The number of the newest checkpoint that was sent; null: none yet. */
  sent: number | null;
}

export const mailboxOf = (id: string) => ({ table: 'checkpoint_subscriptions', row: id, field: 'address' });
/** What mails of a subscription are wanted for. */
export const wantedByOf = (id: string): string => `checkpoints:${id}`;

/** Checkpoints by mail, as an administrator orders them for the party. Raises `forbidden` by role. */
export class CheckpointSubscriptions {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
  ) {}

  /** Raises `not-found` where there is none. */
  async one(caller: Caller): Promise<CheckpointSubscription> {
    demandPermission(caller, 'subscribe-checkpoints');
    return this.work.read(caller, async (tx) => this.view(await this.running(tx)));
  }

  /** Subscribes, or changes where and how often; the next mail is due at once. Raises `invalid-input` for the address. */
  async subscribe(
    caller: Caller,
    { email, every }: { email: string; every: Rhythm },
  ): Promise<CheckpointSubscription> {
    demandPermission(caller, 'subscribe-checkpoints');
    return this.work.change(caller, 'subscribe', async (tx) => {
      const fault = addressFault(email, (await this.parties.instance(tx)).kind);
      if (fault)
        throw new Problem('invalid-input', 'Nothing can be sent there.', {
          errors: [{ pointer: '#/email', detail: fault }],
        });
      const id = await this.make(tx, caller);
      const at = await tx.now();
      await this.outbox.cancel(tx, wantedByOf(id));
      await tx.manager.update(CheckpointSubscriptionRow, id, {
        address: this.vault.seal(await this.vault.partyKey(caller.party), mailboxOf(id), { email }),
        ...{
          rhythm: every,
          language: caller.language,
          subscribedBy: caller.actor,
          subscribedAt: at,
          dueAt: at,
        },
      });
      await this.record(tx, caller, 'checkpoints-subscribed', id, at);
      return this.view(await this.running(tx));
    });
  }

  /** Ends it: nothing more is sent, and it keeps no address; notices that were made keep theirs. Alike when repeated. */
  async end(caller: Caller): Promise<void> {
    demandPermission(caller, 'subscribe-checkpoints');
    await this.work.change(caller, 'subscribe', async (tx) => {
      await this.lock(tx);
      const row = await this.found(tx);
      if (!row) return null;
      await this.outbox.cancel(tx, wantedByOf(row.id));
      await tx.manager.update(CheckpointSubscriptionRow, row.id, {
        ...{ address: null, dueAt: null, subscribedBy: caller.actor },
      });
      await this.record(tx, caller, 'checkpoints-unsubscribed', row.id, await tx.now());
      return null;
    });
  }

  /** The id of the party's one row, locked; made where there is none, whoever else makes it at this moment. */
  private async make(tx: Tx, caller: Caller): Promise<string> {
    await tx.query(
      `INSERT INTO checkpoint_subscriptions (id, party_code, traffic, rhythm, language, subscribed_by, subscribed_at)
       VALUES ($1, $2, 'actual', 'day', $3, $4, app.now()) ON CONFLICT (party_code) DO NOTHING`,
      [newId(), caller.party, caller.language, caller.actor],
    );
    const id = await this.lock(tx);
    if (id === undefined) throw new Problem('internal', 'The subscription was not kept.');
    return id;
  }

  // Row level security leaves an administrator the one row of the party.
  private async lock(tx: Tx): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>('SELECT id FROM checkpoint_subscriptions FOR UPDATE');
    return row?.id;
  }

  private async found(tx: Tx): Promise<CheckpointSubscriptionRow | undefined> {
    const [row] = await tx.manager.find(CheckpointSubscriptionRow);
    return row?.address ? row : undefined;
  }

  private async running(tx: Tx): Promise<CheckpointSubscriptionRow> {
    const row = await this.found(tx);
    if (!row) throw new Problem('not-found', 'Your party has no checkpoints sent.');
    return row;
  }

  private async view(row: CheckpointSubscriptionRow): Promise<CheckpointSubscription> {
    if (!row.address) throw new Problem('not-found', 'Your party has no checkpoints sent.');
    const { email } = await this.vault.openPartys<{ email: string }>(mailboxOf(row.id), row.address);
    const { rhythm: every, subscribedAt, sentNumber: sent } = row;
    return { email, every, subscribedAt: subscribedAt.toISOString(), sent };
  }

  private async record(
    tx: Tx,
    { actor, party, assurance }: Caller,
    act: 'checkpoints-subscribed' | 'checkpoints-unsubscribed',
    about: string,
    at: Date,
  ): Promise<void> {
    await recordAccess(tx, { id: actor, partyCode: party }, { act, assurance, at, about });
  }
}
