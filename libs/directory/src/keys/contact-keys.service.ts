import { demandFresh, recordBy, type Caller, type Work } from '#libs/access';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { openChannel } from '../channels.service.js';
import { addressOf } from '../directory.queries.js';
import type { ProposalMailing } from '../life/proposal-mailing.service.js';
import { ChannelRow } from '../point-of-contact.entity.js';
import { ContactKeyRow } from './contact-key.entity.js';
import type { KeyQueries } from './contact-keys.queries.js';
import { draftOf } from './key-draft.js';
import { isFit, meantKeys, readKeyFile, type KeyFile } from './key-file.js';
import { openKey, type KeyEnds } from './key-ends.service.js';
import { kindNames, type KeyMailing } from './key-mailing.service.js';
import type { KeyDraft, KeyView } from './key-view.js';
import { mostKeys } from './key-words.js';
import { proposedKey } from './proposed-key.service.js';
import type { ReadKey } from './read-key.js';

const misfit = (pointer: string, detail: string) =>
  new Problem('invalid-input', 'Some fields do not fit.', { errors: [{ pointer, detail }] });

/** Keys as their own party keeps them. Raises `forbidden` by role, `not-found` for those of others. */
export class ContactKeys {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly mailing: KeyMailing,
    private readonly proposals: ProposalMailing,
    private readonly ends: KeyEnds,
    private readonly queries: KeyQueries,
  ) {}

  /** What a file holds for a channel, without keeping any of it. Raises `act-not-possible` for what is no open mail channel. */
  async look(caller: Caller, channelId: string, file: string) {
    const { address, at } = await this.addressOf(caller, channelId);
    const { keys, findings } = await readKeyFile(file, address, at);
    return { findings, keys: keys.map((key): KeyDraft => draftOf(key)) };
  }

  /** The address of an open mail channel of the caller's own party, and the time. */
  async addressOf(caller: Caller, channelId: string): Promise<{ address: string; at: Date }> {
    const partyCode = partyKept(caller);
    return this.work.read(caller, async (tx) => {
      const channel = await tx.manager.findOneBy(ChannelRow, { id: channelId, partyCode });
      if (!channel) throw new Problem('not-found', 'There is no such channel.');
      return { address: await this.opened(channel), at: await tx.now() };
    });
  }

  /**
   * Adds a key of a file: another administrator confirms it. A revoked copy of a key that is in use revokes that one
   * at once. Raises `invalid-input` for what is refused, or where the file holds several and none is named.
   */
  async add(caller: Caller, channelId: string, file: string, fingerprint?: string): Promise<KeyView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      demandFresh(caller, 'change-key', at);
      const { channel, entry } = await openChannel(tx, channelId);
      const address = await this.opened(channel);
      const key = chosen(await readKeyFile(file, address, at), fingerprint);
      const revoked = await this.revokedBy(tx, caller, channelId, key);
      if (revoked) return this.queries.one(tx, caller, revoked);
      if (!isFit(key)) throw misfit('#/file', key.findings.find(isRefusal)?.text ?? '');
      await refuseMore(tx, channelId, key.fingerprint);
      const id = newId();
      const sealing = await this.vault.partyKey(party);
      const about = { id, channelId, partyCode: party, addedBy: caller.actor, addedAt: at };
      await tx.manager.insert(ContactKeyRow, proposedKey(this.vault, sealing, about, key));
      await this.proposals.tell(tx, caller, entry, {
        ...{ id, path: 'keys', what: 'add-key', channel: channelId, until: null, ended: null },
        ...{
          added: { kind: 'mail', address },
          key: { kind: kindNames[key.kind], fingerprint: key.fingerprint },
        },
      });
      await recordBy(tx, caller, 'channel-key-added', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /**
   * Confirms a key that somebody else added: from now on others see it, and one of the same fingerprint before it ends.
   * Raises `forbidden` for who added it, `conflict` for a version that is not the newest, `act-not-possible`.
   */
  async confirm(caller: Caller, id: string, version: number): Promise<KeyView> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      demandFresh(caller, 'change-key', at);
      const key = await openKey(tx, id, version);
      if (key.state !== 'proposed') throw new Problem('act-not-possible', `The key is ${key.state} already.`);
      if (key.addedBy === caller.actor)
        throw new Problem('forbidden', 'Somebody else of your party than who added the key confirms it.');
      if (key.expiresAt && key.expiresAt <= at)
        throw new Problem('act-not-possible', 'The key has expired meanwhile.');
      const before = await tx.manager.findBy(ContactKeyRow, {
        ...{ channelId: key.channelId, fingerprint: key.fingerprint, state: 'confirmed' as const },
      });
      for (const one of before) await this.ends.over(tx, one, 'ended', at);
      await tx.manager.update(ContactKeyRow, id, { state: 'confirmed', version: version + 1 });
      await this.proposals.cancel(tx, id);
      await this.mailing.announce(tx, key, before.length > 0 ? 'renewed' : 'added');
      await recordBy(tx, caller, 'channel-key-confirmed', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /**
   * That a key is revoked needs one person and no other: its own holder has signed it. Answers the id of the key that
   * it was.
   */
  private async revokedBy(
    tx: Tx,
    caller: Caller,
    channelId: string,
    key: ReadKey,
  ): Promise<string | undefined> {
    if (!key.findings.some(({ code }) => code === 'revoked')) return undefined;
    const used = await tx.manager.findOneBy(ContactKeyRow, {
      ...{ channelId, fingerprint: key.fingerprint, state: 'confirmed' as const },
    });
    if (!used) return undefined;
    await this.ends.over(tx, used, 'revoked', await tx.now());
    await this.mailing.announce(tx, used, 'revoked');
    await recordBy(tx, caller, 'channel-key-revoked', used.id);
    return used.id;
  }

  private async opened({ id, kind, state, address }: ChannelRow): Promise<string> {
    if (kind !== 'mail' || state === 'ended')
      throw new Problem('act-not-possible', 'Only open mail channels have keys.');
    return this.vault.openPartys<string>(addressOf(id), address);
  }
}

const isRefusal = ({ verdict }: { verdict: string }): boolean => verdict === 'refuse';

/** The one key that is meant. */
function chosen({ keys, findings }: KeyFile, fingerprint: string | undefined): ReadKey {
  const [fault] = findings;
  if (fault) throw misfit('#/file', fault.text);
  const [key, ...more] = meantKeys(keys, fingerprint);
  if (!key) throw misfit('#/fingerprint', 'is of no key in the file');
  if (more.length > 0)
    throw misfit('#/fingerprint', 'must name one key: the file holds several. POST /keys/look-at lists them');
  return key;
}

async function refuseMore(tx: Tx, channelId: string, fingerprint: string): Promise<void> {
  const open = await tx.query<{ fingerprint: string; state: string }>(
    `SELECT fingerprint, state FROM contact_keys WHERE channel_id = $1 AND state <> 'ended'`,
    [channelId],
  );
  if (open.some((key) => key.state === 'proposed' && key.fingerprint === fingerprint))
    throw new Problem('act-not-possible', 'The key is added already, and waits to be confirmed.');
  if (open.length >= mostKeys)
    throw new Problem('act-not-possible', `A channel has at most ${mostKeys} keys.`);
}
