import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import {
  chooseLanguage,
  keyChangeMail,
  type KeyChange,
  type KeyMailFacts,
  type MailText,
} from '#libs/wording';
import { addressOf } from '../directory.queries.js';
import { provenMailbox } from '../readers.queries.js';
import type { ContactKeyRow } from './contact-key.entity.js';

interface Mailbox {
  id: string;
  address: Sealed;
  languages: string[];
}

/** Kinds of keys, as mails name them. */
export const kindNames = { openpgp: 'OpenPGP', smime: 'S/MIME' } as const;

/** What mails about a key are wanted for; {@link Outbox.cancel} takes them back when it ends. */
export const wantedByKey = (id: string, what: 'test' | 'expiry'): string => `key-${what}:${id}`;

/** Writes to the mail channels of a point of contact about a key of one of them. */
export class KeyMailing {
  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
  ) {}

  /** Tells the proven mailboxes of the key's point of contact what has become of it. */
  async announce(tx: Tx, key: ContactKeyRow, change: KeyChange): Promise<void> {
    const mail = { kind: 'channel-change' as const, wantedFor: `key-change:${key.id}`, waitedFor: false };
    await this.toEntry(tx, key, mail, (about) => keyChangeMail({ ...about, change }));
  }

  /** To each proven mail channel of the key's point of contact that is not past its last day. Answers to how many. */
  async toEntry(
    tx: Tx,
    key: ContactKeyRow,
    mail: { kind: 'channel-change' | 'key-expiry'; wantedFor: string; waitedFor: boolean },
    text: (about: KeyMailFacts) => MailText,
  ): Promise<number> {
    const mailboxes = await tx.query<Mailbox>(
      `SELECT o.id, o.address, p.languages FROM channels c
       JOIN points_of_contact p ON p.id = c.point_of_contact_id
       JOIN channels o ON o.point_of_contact_id = p.id AND ${provenMailbox('o')}
       WHERE c.id = $1 ORDER BY o.position, o.id`,
      [key.channelId],
    );
    for (const { id, address } of mailboxes)
      await this.outbox.enqueueToChannel(tx, {
        ...{ ...mail, channelId: id, partyCode: key.partyCode },
        address: await this.vault.openPartys<string>(addressOf(id), address),
        text: text(await this.about(tx, key)),
      });
    return mailboxes.length;
  }

  /** What is said of a key, in a language of its point of contact. */
  async about(tx: Tx, { channelId, partyCode, kind, fingerprint }: ContactKeyRow): Promise<KeyMailFacts> {
    const [own] = await tx.query<Mailbox>(
      `SELECT c.id, c.address, p.languages FROM channels c
       JOIN points_of_contact p ON p.id = c.point_of_contact_id WHERE c.id = $1`,
      [channelId],
    );
    const language = chooseLanguage(own?.languages ?? []);
    const { names } = await this.parties.one(tx, partyCode);
    const { kind: instance } = await this.parties.instance(tx);
    return {
      ...{ language, instance, party: names[language] ?? names.en ?? partyCode },
      mailbox: own ? await this.vault.openPartys<string>(addressOf(channelId), own.address) : '',
      ...{ kind: kindNames[kind], fingerprint },
    };
  }
}
