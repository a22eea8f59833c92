import type { Caller } from '#libs/access';
import { includes } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { Reach } from './calls/reachability.js';
import { openReach, reachColumns, type SealedReach } from './directory.queries.js';
import type { Duty } from './duty.js';
import { allowedEntryActs, type EntryAct } from './entry-life.js';
import type { ChannelKeyView } from './keys/key-view.js';
import {
  reachableStates,
  type ChannelKind,
  type ChannelPurpose,
  type ChannelState,
  type ContactState,
  type Encryption,
  type Level,
} from './entry-words.js';
import { VisibilityQueries } from './networks/visibility.queries.js';
import { shownEntry } from './networks/visible-fields.js';

/** Who reads: their party, and what their role lets them do. */
export type Reader = Pick<Caller, 'actor' | 'party' | 'role' | 'scope'>;

/** Who holds a role. */
export interface Holder {
  name: string;
  title?: string;
}

export interface EntryChannelView {
  id: string;
  kind: ChannelKind;
  position: number;
  purpose: ChannelPurpose;
  state: ChannelState;
  encryption: Encryption;
  expiresOn: string | null;
  provenAt: string | null;
  version: number;
  address: string;
  /** What whoever would write there is told of its last day, from 30 days before on. */
  warning: string | null;
  reach: Reach;
  /** With what can be encrypted what is sent there, and whether it is good. */
  keys: ChannelKeyView[];
}

export interface EntryView {
  id: string;
  party: string;
  body: { id: string; names: Record<string, string> };
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  languages: string[];
  zone: string;
  /** When it is asked to be reached; nothing where that was not said. */
  hours: Duty;
  state: ContactState;
  person: Holder | null;
  expectedRoles: string[];
  coordination: string[];
  readiness: Record<string, boolean>;
  note: { text: string; language: string } | null;
  verifiedAt: string | null;
  confirmedAt: string | null;
  version: number;
  /** Its own party sees all of them; others those that are proven or suspect. */
  channels: EntryChannelView[];
  /** What the caller can do with it now. */
  allowedActs: EntryAct[];
}

/** What identifies an entry. */
export type EntryBrief = Pick<EntryView, 'id' | 'party' | 'body' | 'level' | 'position' | 'roleNames'>;

/** With who holds it, where that is asked for and shown. */
export type HeldBrief = EntryBrief & { person: Holder | null };

type SealedChannel = Omit<EntryChannelView, 'address' | 'expiresOn' | 'warning' | 'reach' | 'keys'> &
  SealedReach;
type Row = Omit<EntryView, 'person' | 'channels' | 'allowedActs' | 'verifiedAt' | 'confirmedAt'> & {
  person: Sealed | null;
  nominatedBy: string | null;
  verifiedAt: Date | null;
  confirmedAt: Date | null;
  channels: SealedChannel[];
};

const isReachable = (state: ContactState): boolean => reachableStates.some((one) => one === state);
export const personHolding = (id: string) => ({ table: 'points_of_contact', row: id, field: 'person' });

/** Points of contact in full: to others, what the networks that are shared show. */
export class EntryQueries {
  private readonly visibility = new VisibilityQueries();

  constructor(private readonly vault: Vault) {}

  /** One entry. Raises `not-found` for what others have not made known yet, or no longer do. */
  async one(tx: Tx, caller: Reader, id: string): Promise<EntryView> {
    const [entry] = await this.some(tx, caller, { id });
    if (!entry) throw new Problem('not-found', 'There is no such point of contact.');
    return entry;
  }

  /**
   * What identifies some entries, without addresses, by id; and who holds those of them that are named apart, where the
   * caller is shown that.
   */
  async briefs(
    tx: Tx,
    caller: Reader,
    ids: readonly string[],
    withHolders: readonly string[],
  ): Promise<Map<string, HeldBrief>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.prepared<EntryBrief & { person: Sealed | null }>(
      `SELECT p.id, p.party_code AS party, p.level, p.position, p.role_names AS "roleNames",
         CASE WHEN p.id = ANY ($3::uuid[]) THEN p.person END AS person,
         (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = p.body_id) AS body
       FROM points_of_contact p WHERE p.id = ANY ($1::uuid[]) AND (p.party_code = $2 OR p.state IN ('verified', 'active', 'stale'))`,
      [ids, caller.party, withHolders],
    );
    const sight = await this.visibility.of(tx, caller, [...new Set(rows.map(({ party }) => party))]);
    const shown = await Promise.all(
      rows.map(async ({ person, ...row }) =>
        shownEntry({ ...row, person: await this.holder(row.id, person) }, sight.fields(row.party, row.level)),
      ),
    );
    return new Map(shown.flat().map((row) => [row.id, row]));
  }

  /** All of the caller's own party, in whatever state, the retired ones last. */
  async own(tx: Tx, caller: Reader): Promise<EntryView[]> {
    return caller.party === null ? [] : this.some(tx, caller, { party: caller.party });
  }

  /** All that can be reached, of every party, as the caller may read them. */
  async reachable(tx: Tx, caller: Reader): Promise<EntryView[]> {
    const found = await this.some(tx, caller, 'all');
    return found.filter(({ state }) => isReachable(state));
  }

  /** All of a party that the caller may read. */
  async ofParty(tx: Tx, caller: Caller, party: string): Promise<EntryView[]> {
    return this.some(tx, caller, { party });
  }

  /** One channel of the caller's own party. */
  async channel(tx: Tx, caller: Reader, id: string): Promise<EntryChannelView> {
    const [found] = await tx.query<{ entry: string }>(
      'SELECT point_of_contact_id AS entry FROM channels WHERE id = $1',
      [id],
    );
    const entry = found && (await this.one(tx, caller, found.entry));
    const channel = entry?.channels.find((one) => one.id === id);
    if (!channel) throw new Problem('not-found', 'There is no such channel.');
    return channel;
  }

  private async some(
    tx: Tx,
    caller: Reader,
    by: { id: string } | { party: string } | 'all',
  ): Promise<EntryView[]> {
    const [condition, ...sought] =
      by === 'all' ? [''] : 'id' in by ? ['AND p.id = $2', by.id] : ['AND p.party_code = $2', by.party];
    const rows = await tx.prepared<Row>(
      `SELECT p.id, p.party_code AS party, p.level, p.position, p.role_names AS "roleNames", p.languages, p.zone, p.duty AS hours, p.state,
         p.person, p.expected_roles AS "expectedRoles", p.coordination, p.readiness, p.note, p.version,
         p.nominated_by AS "nominatedBy", p.verified_at AS "verifiedAt", p.confirmed_at AS "confirmedAt",
         (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = p.body_id) AS body,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'position', c.position,
           'purpose', c.purpose, 'state', c.state, 'encryption', c.encryption,
           'provenAt', c.proven_at, 'version', c.version, 'address', c.address, ${reachColumns}) ORDER BY c.state = 'ended', c.position, c.id)
           FROM channels c WHERE c.point_of_contact_id = p.id
             AND (c.party_code = $1 OR c.state IN ('proven', 'suspect'))), '[]') AS channels
       FROM points_of_contact p
       WHERE (p.party_code = $1 OR p.state IN ('verified', 'active', 'stale')) ${condition}
       ORDER BY p.party_code, p.state = 'retired', array_position(ARRAY['technical', 'diplomatic', 'policy', 'law-enforcement-liaison'], p.level),
         p.position, p.id`,
      [caller.party, ...sought],
    );
    const at = await tx.now();
    const sight = await this.visibility.of(tx, caller);
    const opened = await Promise.all(rows.map((row) => this.opened(row, caller, at)));
    return opened.flatMap((entry) => shownEntry(entry, sight.fields(entry.party, entry.level)));
  }

  private async opened(row: Row, caller: Reader, at: Date): Promise<EntryView> {
    const { person, nominatedBy, verifiedAt, confirmedAt, channels, ...entry } = row;
    const keeps = includes(caller, 'keep-entries') && caller.party === row.party;
    const facts = {
      state: row.state,
      reachable: channels.some(({ state }) => state === 'proven'),
      byNominator: nominatedBy === caller.actor,
    };
    return {
      ...entry,
      person: await this.holder(row.id, person),
      verifiedAt: verifiedAt?.toISOString() ?? null,
      confirmedAt: confirmedAt?.toISOString() ?? null,
      channels: await Promise.all(channels.map((channel) => this.openedChannel(channel, at))),
      allowedActs: keeps ? allowedEntryActs(facts) : [],
    };
  }

  private async holder(id: string, sealed: Sealed | null): Promise<Holder | null> {
    return sealed && this.vault.openPartys<Holder>(personHolding(id), sealed);
  }

  private async openedChannel({ provenAt, ...channel }: SealedChannel, at: Date): Promise<EntryChannelView> {
    return {
      ...(await openReach(this.vault, channel, at)),
      provenAt: provenAt === null ? null : new Date(provenAt).toISOString(),
    };
  }
}
