import { recordBy, type Caller, type Work } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import { Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { keyTestMail, renderText } from '#libs/wording';
import { partyKept } from '../bodies.service.js';
import { isOver } from '../channel-expiry.js';
import { openChannel } from '../channels.service.js';
import { addressOf } from '../directory.queries.js';
import { KeyTestRow } from '../sent-code.entity.js';
import { misfits, SentCodes } from '../sent-codes.service.js';
import { ContactKeyRow } from './contact-key.entity.js';
import { materialOf, type KeyQueries } from './contact-keys.queries.js';
import { encryptedTo } from './encrypted-text.js';
import { openKey } from './key-ends.service.js';
import { wantedByKey, type KeyMailing } from './key-mailing.service.js';
import { keyUse, mayEncryptTo } from './key-use.js';
import type { KeyView } from './key-view.js';

/** That the holder of a key can read what is encrypted to it: a code is sent so, and said back. */
export class KeyTests {
  private readonly codes: SentCodes;

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly mailing: KeyMailing,
    private readonly queries: KeyQueries,
  ) {
    this.codes = new SentCodes(vault, { rows: KeyTestRow, purpose: 'key-test', sentTo: 'to a key' });
  }

  /**
   * Sends a new code, encrypted; the one before is over. Raises `act-not-possible` where the key is not valid or the
   * channel not proven, or past its last day.
   */
  async send(caller: Caller, id: string): Promise<{ expiresAt: string }> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      const key = await testable(tx, id, at);
      const { code, expiresAt } = await this.codes.make(tx, { about: id, partyCode, at });
      await this.outbox.cancel(tx, wantedByKey(id, 'test'));
      await this.write(tx, key, { code, expiresAt, at });
      await recordBy(tx, caller, 'channel-key-test-sent', id);
      return { expiresAt: expiresAt.toISOString() };
    });
  }

  /** The key is tested by the newest code. Raises `invalid-input` for another, which costs a try. */
  async confirm(caller: Caller, id: string, code: string): Promise<KeyView> {
    partyKept(caller);
    // A try that did not fit counts: it is committed before it is refused.
    const tested = await this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      const { version } = await testable(tx, id, at);
      if (!(await this.codes.use(tx, id, code, at))) return null;
      await tx.manager.update(ContactKeyRow, id, { testedAt: at, version: version + 1 });
      await recordBy(tx, caller, 'channel-key-tested', id);
      return this.queries.one(tx, caller, id);
    });
    if (!tested) throw misfits();
    return tested;
  }

  private async write(tx: Tx, key: ContactKeyRow, test: { code: string; expiresAt: Date; at: Date }) {
    const { id, channelId, partyCode, kind } = key;
    const { channel } = await openChannel(tx, channelId);
    const text = keyTestMail({ ...(await this.mailing.about(tx, key)), ...test });
    const material = await this.vault.openPartys<string>(materialOf(id), key.material);
    await this.outbox.enqueueToChannel(tx, {
      ...{ kind: 'key-test', waitedFor: true, channelId, partyCode, wantedFor: wantedByKey(id, 'test') },
      address: await this.vault.openPartys<string>(addressOf(channelId), channel.address),
      text: {
        ...{ subject: text.subject, language: text.language, blocks: [] },
        encrypted: await encryptedTo({ kind, material }, renderText(text, undefined), test.at),
      },
    });
  }
}

async function testable(tx: Tx, id: string, at: Date): Promise<ContactKeyRow> {
  const key = await openKey(tx, id);
  const use = keyUse(key, at);
  if (!mayEncryptTo(use)) throw new Problem('act-not-possible', use.warning ?? 'The key is not usable.');
  const { channel } = await openChannel(tx, key.channelId);
  if (channel.state !== 'proven')
    throw new Problem(
      'act-not-possible',
      'Only a key of a proven channel is tested: prove the mailbox first.',
    );
  if (isOver(channel.expiresOn, at))
    throw new Problem(
      'act-not-possible',
      'The channel is past its last day: nothing is sent there any more.',
    );
  return key;
}
