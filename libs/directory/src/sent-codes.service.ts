import { randomInt } from 'node:crypto';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { MoreThan } from 'typeorm';
import type { SentCodeRow } from './sent-code.entity.js';

/** How long a code can be said back, in hours; with how many tries; and how many are sent about one thing meanwhile. */
const codeHours = 24;
const codeTries = 5;
const codesADay = 5;

/** Codes of one kind: where they lie, what their hashes are made with, and what they are sent to, in words. */
interface Codes {
  rows: new () => SentCodeRow;
  purpose: 'channel-code' | 'key-test';
  sentTo: string;
}

/**
 * Codes of six digits that prove what they were sent to by being said back: the newest alone counts, once. Whoever calls
 * has locked what the code is about.
 */
export class SentCodes {
  constructor(
    private readonly vault: Vault,
    private readonly codes: Codes,
  ) {}

  /** A new code; the one before is over. Raises `too-many-tries` once five were made within a day. */
  async make(
    tx: Tx,
    { about, partyCode, at }: { about: string; partyCode: string; at: Date },
  ): Promise<{ code: string; expiresAt: Date }> {
    const { rows, sentTo } = this.codes;
    const sentAt = MoreThan(new Date(at.getTime() - codeHours * 3_600_000));
    if ((await tx.manager.countBy(rows, { about, sentAt })) >= codesADay)
      throw new Problem('too-many-tries', `At most ${codesADay} codes are sent ${sentTo} within a day.`);
    const code = randomInt(1_000_000).toString().padStart(6, '0');
    const expiresAt = new Date(at.getTime() + codeHours * 3_600_000);
    const [id, keyId] = [newId(), this.vault.currentKey];
    await tx.manager.insert(rows, {
      ...{ id, about, partyCode, traffic: 'actual', keyId, codeHash: await this.hash(id, code, keyId) },
      ...{ triesLeft: codeTries, sentAt: at, expiresAt, usedAt: null },
    });
    return { code, expiresAt };
  }

  /** The id of the code that fits, which is used up by it; undefined for a misfit, which costs a try. */
  async use(tx: Tx, about: string, code: string, at: Date): Promise<string | undefined> {
    const { rows } = this.codes;
    const [newest] = await tx.manager.find(rows, {
      ...{ where: { about }, order: { sentAt: 'DESC', id: 'DESC' }, take: 1 },
    });
    if (!newest || newest.usedAt || newest.triesLeft === 0 || newest.expiresAt <= at) return undefined;
    const { id, keyId, codeHash, triesLeft } = newest;
    const fits = (await this.hash(id, code, keyId)) === codeHash;
    await tx.manager.update(rows, id, fits ? { usedAt: at } : { triesLeft: triesLeft - 1 });
    return fits ? id : undefined;
  }

  private async hash(id: string, code: string, keyId: string): Promise<string> {
    return (await this.vault.secret(this.codes.purpose, `${id}:${code}`, keyId)).toString('hex');
  }
}

/** What whoever said a code is told that did not fit, once the try is committed. */
export const misfits = () =>
  new Problem('invalid-input', 'Some fields do not fit.', {
    errors: [{ pointer: '#/code', detail: 'is not the newest code that was sent, or is over' }],
  });
