import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { channelChangeMail, chooseLanguage, type ChannelChangeFacts } from '#libs/wording';
import { notOver } from '../channel-expiry.js';
import { addressOf } from '../directory.queries.js';
import type { ChannelKind } from '../entry-words.js';
import type { PointOfContactRow } from '../point-of-contact.entity.js';

/** What is told: by whose id it is known, which channel it is about, and what comes. */
export interface ToldChange {
  id: string;
  kind: ChannelChangeFacts['kind'];
  channel: { id: string; kind: ChannelKind } | null;
  newChannel: { kind: ChannelKind } | null;
}

/** Tells those who were reached until now that the ways to reach a point of contact change. */
export class ChangeNotices {
  constructor(
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
  ) {}

  /** By mail to the channel that ends or is used otherwise, and to every other one that is proven, in the language of the entry; to none past its last day. */
  async announce(tx: Tx, entry: PointOfContactRow, change: ToldChange): Promise<void> {
    const { partyCode } = entry;
    const channels = await tx.query<{ id: string; address: Sealed }>(
      `SELECT c.id, c.address FROM channels c WHERE c.point_of_contact_id = $1 AND c.kind = 'mail' AND ${notOver('c')}
         AND (c.state = 'proven' OR (c.id = $2 AND c.state = 'suspect')) ORDER BY c.position`,
      [entry.id, change.channel?.id ?? null],
    );
    const language = chooseLanguage(entry.languages);
    const { names } = await this.parties.one(tx, partyCode);
    const facts = {
      ...{ language, kind: change.kind, at: await tx.now() },
      instance: (await this.parties.instance(tx)).kind,
      party: names[language] ?? names.en ?? partyCode,
      role: entry.roleNames[language] ?? Object.values(entry.roleNames)[0] ?? '',
      ended: change.channel?.kind ?? null,
      added: change.newChannel?.kind ?? null,
    };
    for (const { id, address } of channels)
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'channel-change', channelId: id, partyCode, waitedFor: true },
        address: await this.vault.openPartys<string>(addressOf(id), address),
        wantedFor: `channel-change:${change.id}`,
        text: channelChangeMail({ ...facts, isThisOne: id === change.channel?.id }),
      });
  }
}
