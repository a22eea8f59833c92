import type { Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { expiryWarning } from './channel-expiry.js';
import { checksOfChannel, reachOf, type Reach, type SeenCheck } from './calls/reachability.js';
import { channelKeyView, keysOfChannel, type ChannelKeyRow, type ChannelKeyView } from './keys/key-view.js';
import type { ChannelKind, ChannelPurpose, ChannelState, ContactState, Level } from './entry-words.js';
import { VisibilityQueries } from './networks/visibility.queries.js';
import { shownEntry } from './networks/visible-fields.js';

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
  /** When its party last said that it is right; null: not since it was verified. */
  confirmedAt: string | null;
  /** In order; those that are suspect come last, unproven and ended ones not at all. */
  channels: (ChannelView & {
    address: string;
    expiresOn: string | null;
    warning: string | null;
    reach: Reach;
    keys: ChannelKeyView[];
  })[];
}

interface ChannelView {
  id: string;
  kind: ChannelKind;
  position: number;
  purpose: ChannelPurpose;
  state: ChannelState;
}

/** What a channel is read with and answered without. */
export interface SealedReach {
  address: Sealed;
  expiresOn: string | null;
  answeredAt: string | null;
  answeredHow: string | null;
  seenChecks: SeenCheck[];
  keys: ChannelKeyRow[];
}

interface Row extends Omit<PointOfContactView, 'channels' | 'confirmedAt'> {
  confirmedAt: Date | null;
  channels: (ChannelView & SealedReach)[];
}

export const addressOf = (channelId: string) => ({ table: 'channels', row: channelId, field: 'address' });

/** The pairs of a channel `c`, as SQL, that {@link openReach} takes. */
export const reachColumns = `'expiresOn', c.expires_on, 'answeredAt', c.answered_at, 'answeredHow', c.answered_how, 'seenChecks', ${checksOfChannel}, 'keys', ${keysOfChannel}`;

/**
 * A channel with its address opened, what is to be known of its last day, how far it has been seen to reach anybody, and
 * the keys to write to it with.
 */
export async function openReach<Channel extends { id: string }>(
  vault: Vault,
  { address, expiresOn, answeredAt, answeredHow, seenChecks, keys, ...channel }: Channel & SealedReach,
  at: Date,
) {
  return {
    ...channel,
    address: await vault.openPartys<string>(addressOf(channel.id), address),
    ...{ expiresOn, warning: expiryWarning(expiresOn, at) },
    keys: keys.map((key) => channelKeyView(key, at)),
    reach: reachOf({ answeredAt, answeredHow }, seenChecks, at),
  };
}

/** Reads of the directory. */
export class DirectoryQueries {
  private readonly visibility = new VisibilityQueries();

  constructor(private readonly vault: Vault) {}

  /**
   * Points of contact by party, level and their own order, stale ones behind fresh ones, with all that notices are
   * routed by; an absent filter lets all through. For whoever is told of things, never to be shown.
   */
  async pointsOfContact(
    tx: Tx,
    filter: { party?: string | undefined; level?: Level | undefined },
  ): Promise<PointOfContactView[]> {
    const rows = await tx.query<Row>(
      `SELECT p.id, p.party_code AS party, p.level, p.position, p.role_names AS "roleNames", p.languages, p.zone, p.state,
         p.confirmed_at AS "confirmedAt",
         (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = p.body_id) AS body,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'position', c.position,
           'purpose', c.purpose, 'state', c.state, 'address', c.address, ${reachColumns}) ORDER BY c.state = 'suspect', c.position)
           FROM channels c WHERE c.point_of_contact_id = p.id AND c.state IN ('proven', 'suspect')), '[]') AS channels
       FROM points_of_contact p
       WHERE ($1::text IS NULL OR p.party_code = $1) AND ($2::text IS NULL OR p.level = $2)
         AND p.state IN ('verified', 'active', 'stale')
       ORDER BY p.party_code, array_position(ARRAY['technical', 'diplomatic', 'policy', 'law-enforcement-liaison'], p.level),
         p.state = 'stale', p.position`,
      [filter.party ?? null, filter.level ?? null],
    );
    const at = await tx.now();
    return Promise.all(rows.map((row) => this.opened(row, at)));
  }

  /** The same as a caller sees them: what is hidden by all networks that are shared is left out. */
  async shown(
    tx: Tx,
    caller: Pick<Caller, 'party'>,
    filter: { party?: string | undefined; level?: Level | undefined },
  ): Promise<PointOfContactView[]> {
    const sight = await this.visibility.of(tx, caller);
    const found = await this.pointsOfContact(tx, filter);
    return found.flatMap((entry) => shownEntry(entry, sight.fields(entry.party, entry.level)));
  }

  private async opened(row: Row, at: Date): Promise<PointOfContactView> {
    const channels = await Promise.all(row.channels.map((channel) => openReach(this.vault, channel, at)));
    return { ...row, confirmedAt: row.confirmedAt?.toISOString() ?? null, channels };
  }
}
