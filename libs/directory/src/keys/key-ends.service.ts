import { demandFresh, recordBy, type Caller, type Work } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import { Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { openChannel } from '../channels.service.js';
import { addressOf } from '../directory.queries.js';
import { changeDays } from '../life/entry-change.js';
import type { ProposalMailing } from '../life/proposal-mailing.service.js';
import { ContactKeyRow } from './contact-key.entity.js';
import type { KeyQueries } from './contact-keys.queries.js';
import { endsByTwo, heldUntil } from './key-end.js';
import { kindNames, wantedByKey, type KeyMailing } from './key-mailing.service.js';
import type { KeyView } from './key-view.js';

/** A key, and whether it waits for a second person to end it. */
export interface KeyOrProposal {
  key: KeyView;
  waits: boolean;
}

/**
 * The end of keys. One that others rely on is ended by two administrators: the first proposes, another one ends it.
 * Raises `forbidden` by role, `step-up-needed`, `not-found` for those of others.
 */
export class KeyEnds {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly mailing: KeyMailing,
    private readonly proposals: ProposalMailing,
    private readonly queries: KeyQueries,
  ) {}

  /**
   * Ends one for good where another one has proposed that or nobody relies on it, and takes back what was only added;
   * else proposes it. Alike when repeated.
   */
  async end(caller: Caller, id: string): Promise<KeyOrProposal> {
    return this.change(caller, async (tx, at) => {
      const key = await openKey(tx, id);
      const seen = await this.queries.one(tx, caller, id);
      if (key.state === 'ended') return { key: seen, waits: false };
      if (seen.endProposedAt !== null && key.endProposedBy === caller.actor)
        return { key: seen, waits: true };
      if (seen.endProposedAt === null && (await this.proposed(tx, caller, key, at)))
        return { key: await this.queries.one(tx, caller, id), waits: true };
      await this.over(tx, key, 'ended', at);
      if (key.state !== 'proposed') await this.mailing.announce(tx, key, 'ended');
      await recordBy(tx, caller, 'channel-key-ended', id);
      return { key: await this.queries.one(tx, caller, id), waits: false };
    });
  }

  /** It stays: who proposed its end takes that back, or another one declines it. Raises `act-not-possible`. */
  async keep(caller: Caller, id: string): Promise<KeyView> {
    return this.change(caller, async (tx) => {
      const key = await openKey(tx, id);
      const { endProposedAt } = await this.queries.one(tx, caller, id);
      if (endProposedAt === null)
        throw new Problem(
          'act-not-possible',
          `Nobody has proposed to end the key within the last ${changeDays} days.`,
        );
      await tx.manager.update(ContactKeyRow, id, { endProposedAt: null, version: key.version + 1 });
      await this.proposals.cancel(tx, id);
      await recordBy(tx, caller, 'channel-key-kept', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Ends or revokes a key that is locked, and takes back the mails about it that have not left. */
  async over(tx: Tx, { id, version }: ContactKeyRow, state: 'ended' | 'revoked', at: Date): Promise<void> {
    await this.proposals.cancel(tx, id);
    for (const what of ['test', 'expiry'] as const) await this.outbox.cancel(tx, wantedByKey(id, what));
    await tx.manager.update(ContactKeyRow, id, {
      ...{ state, version: version + 1, ...(state === 'ended' ? { endedAt: at } : {}) },
    });
  }

  /** Proposes its end where that takes two people, and answers whether. */
  private async proposed(tx: Tx, caller: Caller, key: ContactKeyRow, at: Date): Promise<boolean> {
    const { id, channelId, kind, fingerprint, version } = key;
    const { channel, entry } = await openChannel(tx, channelId);
    if (!endsByTwo({ ...key, entry: entry.state }, at)) return false;
    // Who and when is written by the database itself. Of a proposal that is over, mails may wait still.
    await tx.manager.update(ContactKeyRow, id, { endProposedAt: at, version: version + 1 });
    await this.proposals.cancel(tx, id);
    const address = await this.vault.openPartys<string>(addressOf(channelId), channel.address);
    await this.proposals.tell(tx, caller, entry, {
      ...{ id, path: 'keys', what: 'end-key', channel: channelId, until: heldUntil(at) },
      ...{ ended: { kind: 'mail', address }, added: null, key: { kind: kindNames[kind], fingerprint } },
    });
    await recordBy(tx, caller, 'channel-key-end-proposed', id);
    return true;
  }

  private async change<T>(caller: Caller, work: (tx: Tx, at: Date) => Promise<T>): Promise<T> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      demandFresh(caller, 'change-key', at);
      return work(tx, at);
    });
  }
}

/** A key of the caller's own party, locked. Raises `not-found`, and `conflict` for a version that is not the newest. */
export async function openKey(tx: Tx, id: string, version?: number): Promise<ContactKeyRow> {
  const found = await tx.manager.findOneBy(ContactKeyRow, { id });
  // The channel and its point of contact come first, as in all changes of an entry.
  if (found && found.state !== 'ended') await openChannel(tx, found.channelId).catch(notFoundKey);
  const [locked] = await tx.query('SELECT 1 FROM contact_keys WHERE id = $1 FOR UPDATE', [id]);
  const key = locked ? await tx.manager.findOneBy(ContactKeyRow, { id }) : null;
  if (!key) throw new Problem('not-found', 'There is no such key.');
  if (version !== undefined && key.version !== version)
    throw new Problem('conflict', 'The key has changed meanwhile: read it again.');
  return key;
}

function notFoundKey(error: unknown): never {
  if (error instanceof Problem && error.code === 'not-found')
    throw new Problem('not-found', 'There is no such key.');
  throw error;
}
