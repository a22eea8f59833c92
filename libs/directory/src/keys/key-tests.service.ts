import { randomInt } from 'node:crypto';
import { recordBy, type Caller, type Work } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { keyTestMail, renderText } from '#libs/wording';
import { partyKept } from '../bodies.service.js';
import { openChannel } from '../channels.service.js';
import { addressOf } from '../directory.queries.js';
import { KeyTestRow, ContactKeyRow } from './contact-key.entity.js';
import { materialOf, type KeyQueries } from './contact-keys.queries.js';
import { openKey } from './contact-keys.service.js';
import { encryptedTo } from './encrypted-text.js';
import { wantedByKey, type KeyMailing } from './key-mailing.service.js';
import { keyUse } from './key-use.js';
import type { KeyView } from './key-view.js';

/** How long a code can be said back, in hours; with how many tries; and how many are sent to a key meanwhile. */
const codeHours = 24;
const codeTries = 5;
const codesADay = 5;

const misfits = () =>
  new Problem('invalid-input', 'Some fields do not fit.', {
    errors: [{ pointer: '#/code', detail: 'is not the newest code that was sent, or is over' }],
  });

/** That the holder of a key can read what is encrypted to it: a code is sent so, and said back. */
export class KeyTests {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly mailing: KeyMailing,
    private readonly queries: KeyQueries,
  ) {}

  /**
   * Sends a new code, encrypted; the one before is over. Raises `act-not-possible` where the key is not valid or the
   * channel not proven.
   */
  async send(caller: Caller, id: string): Promise<{ expiresAt: string }> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      const key = await testable(tx, id, at);
      await refuseMore(tx, id, at);
      const code = randomInt(1_000_000).toString().padStart(6, '0');
      const expiresAt = new Date(at.getTime() + codeHours * 3_600_000);
      const testId = newId();
      const keyId = this.vault.currentKey;
      await tx.manager.insert(KeyTestRow, {
        ...{ id: testId, contactKeyId: id, partyCode, traffic: 'actual', keyId },
        ...{ codeHash: await this.hash(testId, code, keyId), triesLeft: codeTries },
        ...{ sentAt: at, expiresAt, usedAt: null },
      });
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
      if (!(await this.uses(tx, id, code, at))) return null;
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

  /** Whether the code fits, which uses it up; a misfit costs a try. */
  private async uses(tx: Tx, contactKeyId: string, code: string, at: Date): Promise<boolean> {
    const [newest] = await tx.manager.find(KeyTestRow, {
      ...{ where: { contactKeyId }, order: { sentAt: 'DESC', id: 'DESC' }, take: 1 },
    });
    if (!newest || newest.usedAt || newest.triesLeft === 0 || newest.expiresAt <= at) return false;
    const { id, keyId, codeHash, triesLeft } = newest;
    const fits = (await this.hash(id, code, keyId)) === codeHash;
    await tx.manager.update(KeyTestRow, id, fits ? { usedAt: at } : { triesLeft: triesLeft - 1 });
    return fits;
  }

  private async hash(id: string, code: string, keyId: string): Promise<string> {
    return (await this.vault.secret('key-test', `${id}:${code}`, keyId)).toString('hex');
  }
}

async function testable(tx: Tx, id: string, at: Date): Promise<ContactKeyRow> {
  const key = await openKey(tx, id);
  const { valid, warning } = keyUse(key, at);
  if (!valid) throw new Problem('act-not-possible', warning ?? 'The key is not valid.');
  const { channel } = await openChannel(tx, key.channelId);
  if (channel.state !== 'proven')
    throw new Problem(
      'act-not-possible',
      'Only a key of a proven channel is tested: prove the mailbox first.',
    );
  return key;
}

async function refuseMore(tx: Tx, id: string, at: Date): Promise<void> {
  const since = new Date(at.getTime() - codeHours * 3_600_000);
  const sent = await tx.query('SELECT 1 FROM key_tests WHERE contact_key_id = $1 AND sent_at > $2', [
    id,
    since,
  ]);
  if (sent.length >= codesADay)
    throw new Problem('too-many-tries', `At most ${codesADay} codes are sent to a key within a day.`);
}
