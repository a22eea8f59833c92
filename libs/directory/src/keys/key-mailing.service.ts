import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import {
  chooseLanguage,
  keyChangeMail,
  keyExpiryMail,
  type KeyChange,
  type KeyMailFacts,
  type Language,
} from '#libs/wording';
import { maskedAddress } from '../confirm/masked-address.js';
import { addressOf } from '../directory.queries.js';
import { administratorsOfKey, eachOnce, toldOfKey, type Reader } from '../readers.queries.js';
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

/** Writes to the mailboxes of a point of contact about a key of one of them, and to administrators of its end. */
export class KeyMailing {
  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
  ) {}

  /** Tells the mailboxes of {@link toldOfKey} what has become of a key. */
  async announce(tx: Tx, key: ContactKeyRow, change: KeyChange): Promise<void> {
    for (const { address, channelId, language } of await this.mailboxes(tx, key))
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'channel-change', wantedFor: `key-change:${key.id}`, waitedFor: false },
        ...{ channelId, partyCode: key.partyCode, address },
        text: keyChangeMail({ ...(await this.about(tx, key, language)), change }),
      });
  }

  /**
   * Warns the mailboxes of {@link toldOfKey} and the administrators of the party of the end of a key, each address once.
   * The administrators are told the mailbox in part. For the worker, before it says that the warning was given: then nobody
   * of the administrators is named any more. Answers how many are told.
   */
  async warn(tx: Tx, key: ContactKeyRow, end: { expiresAt: Date; over: boolean }): Promise<number> {
    const keepers = await administratorsOfKey(tx, this.vault, key.id);
    const readers = eachOnce([
      ...(await this.mailboxes(tx, key)).map((reader) => ({ ...reader, keeper: false })),
      ...keepers.map((reader) => ({ ...reader, channelId: key.channelId, keeper: true })),
    ]);
    for (const { address, channelId, language, keeper } of readers) {
      const about = await this.about(tx, key, language);
      const mailbox = keeper ? maskedAddress('mail', about.mailbox) : about.mailbox;
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'key-expiry', wantedFor: wantedByKey(key.id, 'expiry'), waitedFor: false },
        ...{ channelId, partyCode: key.partyCode, address },
        text: keyExpiryMail({ ...about, ...end, mailbox, keeper }),
      });
    }
    return readers.length;
  }

  /** What is said of a key, in a language of its point of contact unless another one is named. */
  async about(
    tx: Tx,
    { channelId, partyCode, kind, fingerprint }: ContactKeyRow,
    named?: Language,
  ): Promise<KeyMailFacts> {
    const [own] = await tx.query<Mailbox>(
      `SELECT c.id, c.address, p.languages FROM channels c
       JOIN points_of_contact p ON p.id = c.point_of_contact_id WHERE c.id = $1`,
      [channelId],
    );
    const language = named ?? chooseLanguage(own?.languages ?? []);
    const { names } = await this.parties.one(tx, partyCode);
    const { kind: instance } = await this.parties.instance(tx);
    return {
      ...{ language, instance, party: names[language] ?? names.en ?? partyCode },
      mailbox: own ? await this.vault.openPartys<string>(addressOf(channelId), own.address) : '',
      ...{ kind: kindNames[kind], fingerprint },
    };
  }

  /** The mailboxes of {@link toldOfKey}, in the order and a language of the entry. */
  private async mailboxes(tx: Tx, { channelId }: ContactKeyRow): Promise<(Reader & { channelId: string })[]> {
    const found = await tx.query<Mailbox>(
      `SELECT o.id, o.address, p.languages FROM channels c
       JOIN points_of_contact p ON p.id = c.point_of_contact_id
       JOIN channels o ON o.point_of_contact_id = p.id AND ${toldOfKey('o', 'c')}
       WHERE c.id = $1 ORDER BY o.position, o.id`,
      [channelId],
    );
    return Promise.all(
      found.map(async ({ id, address, languages }) => ({
        channelId: id,
        address: await this.vault.openPartys<string>(addressOf(id), address),
        language: chooseLanguage(languages),
      })),
    );
  }
}
