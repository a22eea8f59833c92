import { timingSafeEqual } from 'node:crypto';
import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { callCodeMail, chooseLanguage, type Language } from '#libs/wording';
import { addressOf } from '../directory.queries.js';
import { PointOfContactRow } from '../point-of-contact.entity.js';
import type { Mailbox } from '../readers.queries.js';
import type { CallTaskRow } from './call-task.entity.js';

type Taken = Pick<CallTaskRow, 'id' | 'takes' | 'keyId'>;
const wantedFor = (taskId: string): string => `call-code:${taskId}`;

/** Codes of calls: six digits for each time that one is taken. Derived, so that no copy of the database proves anything. */
export class CallCodes {
  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
  ) {}

  async of({ id, takes, keyId }: Taken): Promise<string> {
    const digits = await this.vault.secret('call-code', `${id}:${takes}`, keyId ?? this.vault.currentKey);
    return String(digits.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
  }

  /** Whether six digits are those of a call, told in the same time whatever they are. */
  async fit(task: Taken, code: string): Promise<boolean> {
    const [given, expected] = [Buffer.from(code), Buffer.from(await this.of(task))];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** Sends the code of a call that was just taken to the callee's mailbox; who calls is named in its language. */
  async mail(
    tx: Tx,
    task: Taken,
    mailbox: Mailbox,
    until: Date,
    callerIn: (language: Language) => Promise<string>,
  ): Promise<void> {
    const { languages } = await tx.manager.findOneByOrFail(PointOfContactRow, {
      id: mailbox.pointOfContactId,
    });
    const language = chooseLanguage(languages);
    const { kind: instance } = await this.parties.instance(tx);
    const [caller, code] = [await callerIn(language), await this.of(task)];
    await this.takeBack(tx, task.id);
    await this.outbox.enqueueToChannel(tx, {
      ...{ kind: 'call-code', waitedFor: true, wantedFor: wantedFor(task.id) },
      ...{ channelId: mailbox.id, partyCode: mailbox.partyCode },
      address: await this.vault.openPartys<string>(addressOf(mailbox.id), mailbox.address),
      text: callCodeMail({ language, instance, caller, code, expiresAt: until }),
    });
  }

  /** What is on its way to the callee is no longer wanted. */
  async takeBack(tx: Tx, taskId: string): Promise<void> {
    await this.outbox.cancel(tx, wantedFor(taskId));
  }
}
