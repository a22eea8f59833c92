import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { ChannelKind, ChannelPurpose, ChannelState, ContactState, Level } from './entry-words.js';

export interface PointOfContactView {
  id: string;
  party: string;
  body: { id: string; names: Record<string, string> };
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  /** BCP 47 tags, preferred first. */
  languages: string[];
  /** IANA time zone. */
  zone: string;
  /** Only those that are `verified`, `active` or `stale` are told of anything. */
  state: ContactState;
  /** In order; those that are suspect come last, unproven and ended ones not at all. */
  channels: ChannelView<string>[];
}

interface ChannelView<Address> {
  id: string;
  kind: ChannelKind;
  position: number;
  purpose: ChannelPurpose;
  state: ChannelState;
  address: Address;
}

interface Row extends Omit<PointOfContactView, 'channels'> {
  channels: ChannelView<Sealed>[];
}

export const addressOf = (channelId: string) => ({ table: 'channels', row: channelId, field: 'address' });

/** Reads of the directory. */
export class DirectoryQueries {
  constructor(private readonly vault: Vault) {}

  /** Points of contact by party, level and their own order; an absent filter lets all through. */
  async pointsOfContact(
    tx: Tx,
    filter: { party?: string | undefined; level?: Level | undefined },
  ): Promise<PointOfContactView[]> {
    const rows = await tx.query<Row>(
      `SELECT p.id, p.party_code AS party, p.level, p.position, p.role_names AS "roleNames", p.languages, p.zone, p.state,
         (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = p.body_id) AS body,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'position', c.position,
           'purpose', c.purpose, 'state', c.state, 'address', c.address) ORDER BY c.state = 'suspect', c.position)
           FROM channels c WHERE c.point_of_contact_id = p.id AND c.state IN ('proven', 'suspect')), '[]') AS channels
       FROM points_of_contact p
       WHERE ($1::text IS NULL OR p.party_code = $1) AND ($2::text IS NULL OR p.level = $2)
         AND p.state IN ('verified', 'active', 'stale')
       ORDER BY p.party_code, array_position(ARRAY['technical', 'diplomatic', 'policy', 'law-enforcement-liaison'], p.level), p.position`,
      [filter.party ?? null, filter.level ?? null],
    );
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  private async opened(row: Row): Promise<PointOfContactView> {
    const channels = await Promise.all(
      row.channels.map(async ({ address, ...channel }) => ({
        ...channel,
        address: await this.vault.openPartys<string>(addressOf(channel.id), address),
      })),
    );
    return { ...row, channels };
  }
}
