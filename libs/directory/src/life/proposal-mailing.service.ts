import type { Caller } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { proposalMail, type ProposalFacts } from '#libs/wording';
import { maskedAddress } from '../confirm/masked-address.js';
import type { ChannelKind } from '../entry-words.js';
import type { PointOfContactRow } from '../point-of-contact.entity.js';
import { channelAbout, otherAdministrators } from '../readers.queries.js';

interface Way {
  kind: ChannelKind;
  address: string;
}

/**
 * What waits for a second person: an entry change, a key, or the end of one; and the path below the interface at which
 * it is read.
 */
export interface Proposal extends Pick<ProposalFacts, 'what' | 'key' | 'until'> {
  id: string;
  path: 'entry-changes' | 'keys';
  /** The channel that it is about, where there is one already. */
  channel: string | null;
  ended: Way | null;
  added: Way | null;
}

const proposalOf = (id: string): string => `proposal:${id}`;
const masked = (way: Way | null) => way && { kind: way.kind, masked: maskedAddress(way.kind, way.address) };

/**
 * Tells the other administrators of a party that something waits for a second person. The mails are rows of the
 * transaction that proposes it, and what is decided before they have left takes them back.
 */
export class ProposalMailing {
  constructor(
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly publicUrl: string,
  ) {}

  /** Writes to all administrators of the caller's party but the caller. */
  async tell(tx: Tx, caller: Caller, entry: PointOfContactRow, proposal: Proposal): Promise<void> {
    const { partyCode, roleNames, level } = entry;
    const channelId = await channelAbout(tx, entry, proposal.channel);
    if (channelId === undefined) return;
    const { names } = await this.parties.one(tx, partyCode);
    const { kind: instance } = await this.parties.instance(tx);
    const { id, path, what, until, key } = proposal;
    const proposedAt = await tx.now();
    for (const { address, language } of await otherAdministrators(tx, this.vault, partyCode, caller.actor))
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'proposal', waitedFor: false, channelId, partyCode, address, wantedFor: proposalOf(id) },
        text: proposalMail({
          ...{ language, instance, what, level, until, key, proposedAt, proposedBy: caller.name },
          party: names[language] ?? names.en ?? partyCode,
          role: roleNames[language] ?? roleNames.en ?? Object.values(roleNames)[0] ?? '',
          ...{ ended: masked(proposal.ended), added: masked(proposal.added) },
          link: `${this.publicUrl}/api/v1/${path}/${id}`,
        }),
      });
  }

  /** Takes back what has not left yet: it is decided, or taken back by who proposed it. */
  async cancel(tx: Tx, id: string): Promise<void> {
    await this.outbox.cancel(tx, proposalOf(id));
  }
}
