import { latestCheckpoint, type SignedCheckpoint } from '#libs/ledger';
import { afterRequests, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { checkpointMail, chooseLanguage } from '#libs/wording';
import { nextDue } from './checkpoint-rhythm.js';
import { CheckpointSubscriptionRow } from './checkpoint-subscription.entity.js';
import { mailboxOf, wantedByOf } from './checkpoint-subscriptions.service.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/**
 * Sends the newest checkpoint to each party that is due one. Which number was sent, and when the next is due, move in
 * the transaction that writes the mail: none is lost and none is sent twice, however many workers there are.
 */
export class CheckpointMailing {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Writes the mails that are due, and answers how many. One that cannot be written raises after the others. */
  async run(): Promise<number> {
    const due = await this.units.run(worker, (tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM checkpoint_subscriptions
         WHERE due_at <= app.now() AND coalesce(sent_number, 0) < (SELECT max(number) FROM checkpoints) ORDER BY due_at`,
      ),
    );
    return this.units.each(worker, due, (tx, { id }) => this.send(tx, id));
  }

  private async send(tx: Tx, id: string): Promise<boolean> {
    // Another worker may be sending it, or it was ended or changed meanwhile: locked, then looked at.
    const locked = await tx.query(
      'SELECT 1 FROM checkpoint_subscriptions WHERE id = $1 AND due_at <= app.now() FOR UPDATE SKIP LOCKED',
      [id],
    );
    if (locked.length === 0) return false;
    const row = await tx.manager.findOneBy(CheckpointSubscriptionRow, { id });
    const newest = await latestCheckpoint(tx);
    if (!row?.address || !row.dueAt || !newest || newest.checkpoint.number <= (row.sentNumber ?? 0))
      return false;
    const { email } = await this.vault.openPartys<{ email: string }>(mailboxOf(id), row.address);
    // One that still waits is older than this one, and has nothing that this one does not vouch for.
    await this.outbox.cancel(tx, wantedByOf(id));
    await this.outbox.enqueueOwn(tx, {
      ...{ about: { subscriptionId: id }, kind: 'checkpoint', partyCode: row.partyCode },
      text: await this.text(tx, row, newest),
      recipients: [{ partyCode: row.partyCode, address: email }],
      ...{ wantedFor: wantedByOf(id), priority: afterRequests },
    });
    const at = await tx.now();
    await tx.manager.update(CheckpointSubscriptionRow, id, {
      ...{ sentNumber: newest.checkpoint.number, dueAt: nextDue(row.rhythm, row.dueAt, at) },
    });
    return true;
  }

  private async text(tx: Tx, { language, rhythm }: CheckpointSubscriptionRow, signed: SignedCheckpoint) {
    const { number, at } = signed.checkpoint;
    const { kind } = await this.parties.instance(tx);
    const { names } = await this.parties.network(tx);
    const reader = chooseLanguage([language]);
    return checkpointMail({
      ...{ language: reader, instance: kind, number, rhythm, at: new Date(at), publicUrl: this.publicUrl },
      network: names[reader] ?? names.en ?? Object.values(names)[0] ?? '',
      file: `${JSON.stringify(signed, null, 2)}\n`,
    });
  }
}
