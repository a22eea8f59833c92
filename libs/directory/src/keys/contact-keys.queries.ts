import { includes, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { notOver } from '../channel-expiry.js';
import type { EntryQueries, EntryView } from '../entries.queries.js';
import { VisibilityQueries } from '../networks/visibility.queries.js';
import { finding, type KeyFindingCode } from './key-findings.js';
import { keyUse, mayEncryptTo } from './key-use.js';
import { allowedKeyActs, type KeyKeeping, type KeyView } from './key-view.js';
import { endProposed, type KeyEndFacts } from './key-end.js';
import type { KeyKind } from './key-words.js';

const notFound = () => new Problem('not-found', 'There is no such key.');
export const userIdsOf = (id: string) => ({ table: 'contact_keys', row: id, field: 'user_ids' });
export const materialOf = (id: string) => ({ table: 'contact_keys', row: id, field: 'material' });

type Plain = Pick<
  KeyView,
  | ('id' | 'party' | 'pointOfContact' | 'channel' | 'fingerprint' | 'algorithm' | 'bits' | 'curve')
  | ('canEncrypt' | 'namesAddress' | 'version')
>;
interface Found extends Plain, KeyEndFacts {
  kind: KeyKind;
  userIds: Sealed;
  material: Sealed;
  findingCodes: KeyFindingCode[];
  madeAt: Date;
  validFrom: Date;
  addedBy: string;
  addedAt: Date;
  confirmedAt: Date | null;
  testedAt: Date | null;
  proven: boolean;
}

const columns = `k.id, k.party_code AS party, c.point_of_contact_id AS "pointOfContact", k.channel_id AS channel, k.kind,
  k.fingerprint, k.algorithm, k.bits, k.curve, k.can_encrypt AS "canEncrypt", k.names_address AS "namesAddress", k.version,
  k.state, k.user_ids AS "userIds", k.material, k.findings AS "findingCodes", k.made_at AS "madeAt",
  k.valid_from AS "validFrom", k.expires_at AS "expiresAt", k.added_by AS "addedBy", k.added_at AS "addedAt",
  k.confirmed_at AS "confirmedAt", k.tested_at AS "testedAt", k.end_proposed_at AS "endProposedAt",
  CASE WHEN e.deactivated_at IS NULL THEN k.end_proposed_by END AS "endProposedBy", p.state AS entry,
  c.state = 'proven' AND ${notOver('c')} AS proven`;

/** What of the keys of an entry somebody sees: the keys, and the names and addresses that are written in them. */
interface KeySight {
  keys: boolean;
  names: boolean;
}

/**
 * Keys of channels. Others see those that are confirmed or revoked, of channels that they see, where a network that is
 * shared shows keys; and whose they are, where one shows persons.
 */
export class KeyQueries {
  private readonly visibility = new VisibilityQueries();

  constructor(
    private readonly vault: Vault,
    private readonly entries: EntryQueries,
  ) {}

  /** All keys of the caller's own party, the ended ones last. */
  async own(tx: Tx, caller: Caller): Promise<KeyView[]> {
    const found = caller.party === null ? [] : await this.some(tx, 'k.party_code = $1', caller.party);
    return this.viewed(tx, caller, found, true);
  }

  /** Those of one point of contact, as far as the caller sees its channels. Raises `not-found` for the point of contact. */
  async ofEntry(tx: Tx, caller: Caller, entryId: string): Promise<{ party: string; items: KeyView[] }> {
    const entry = await this.entries.one(tx, caller, entryId);
    const { keys, names } = await this.sight(tx, caller, entry);
    const ids = keys ? entry.channels.map(({ id }) => id) : [];
    const found = await this.some(tx, 'k.channel_id = ANY ($1)', ids);
    return { party: entry.party, items: await this.viewed(tx, caller, found, names) };
  }

  /** One key. Raises `not-found`, also where its channel or its keys are not for the caller to see. */
  async one(tx: Tx, caller: Caller, id: string): Promise<KeyView> {
    const { found, names } = await this.seen(tx, caller, id);
    const [view] = await this.viewed(tx, caller, [found], names);
    if (!view) throw notFound();
    return view;
  }

  /**
   * The key itself, as ASCII armor or PEM. Raises `not-found` as {@link one} does, and where persons are hidden: names
   * and addresses stand in it.
   */
  async file(tx: Tx, caller: Caller, id: string) {
    const { found, names } = await this.seen(tx, caller, id);
    if (!names) throw notFound();
    const { party, pointOfContact, fingerprint, kind, material } = found;
    const file = await this.vault.openPartys<string>(materialOf(id), material);
    return { party, pointOfContact, fingerprint, kind, file };
  }

  /** Which of some channels have a key that something may be encrypted to now. */
  async encryptable(tx: Tx, channels: readonly string[]): Promise<Set<string>> {
    const at = await tx.now();
    const found = await this.some(tx, `k.channel_id = ANY ($1) AND k.state = 'confirmed'`, channels);
    return new Set(found.filter((key) => mayEncryptTo(keyUse(key, at))).map(({ channel }) => channel));
  }

  private async sight(tx: Tx, caller: Caller, { party, level }: EntryView): Promise<KeySight> {
    const fields = (await this.visibility.of(tx, caller)).fields(party, level);
    const shows = (field: 'keys' | 'person') => fields === 'all' || (fields?.has(field) ?? false);
    return { keys: shows('keys'), names: shows('person') };
  }

  private async seen(tx: Tx, caller: Caller, id: string): Promise<{ found: Found; names: boolean }> {
    const [found] = await this.some(tx, 'k.id = $1', id);
    if (!found) throw notFound();
    if (found.party === caller.party) return { found, names: true };
    const entry = await this.entries.one(tx, caller, found.pointOfContact).catch((error: unknown) => {
      throw error instanceof Problem ? notFound() : error;
    });
    const { keys, names } = await this.sight(tx, caller, entry);
    if (!keys || !entry.channels.some((channel) => channel.id === found.channel)) throw notFound();
    return { found, names };
  }

  private async some(tx: Tx, where: string, value: unknown): Promise<Found[]> {
    return tx.query<Found>(
      `SELECT ${columns} FROM contact_keys k JOIN channels c ON c.id = k.channel_id
       LEFT JOIN points_of_contact p ON p.id = c.point_of_contact_id
       LEFT JOIN accounts e ON e.id = k.end_proposed_by WHERE ${where}
       ORDER BY k.state = 'ended', c.point_of_contact_id, c.position, k.added_at, k.id`,
      [value],
    );
  }

  private async viewed(tx: Tx, caller: Caller, found: readonly Found[], names: boolean): Promise<KeyView[]> {
    const at = await tx.now();
    const views = await Promise.all(found.map((key) => this.view(key, caller, at)));
    return names ? views : views.map((view) => ({ ...view, userIds: [] }));
  }

  private async view(key: Found, caller: Caller, at: Date): Promise<KeyView> {
    const { userIds, material: _, findingCodes, madeAt, validFrom: __, entry: ___, ...more } = key;
    const { addedBy, endProposedBy, proven, ...rest } = more;
    const isOwn = caller.party === key.party;
    const keeps = includes(caller, 'keep-entries') && isOwn;
    const endSince = endProposed(key, at);
    const by = endProposedBy === caller.actor ? 'by-self' : 'by-another';
    const keeping: KeyKeeping = {
      ...{ bySelf: addedBy === caller.actor, endProposed: endSince && by, reachable: proven, at },
    };
    const { state, warning } = keyUse(key, at);
    return {
      ...{ ...rest, state, warning },
      userIds: await this.vault.openPartys<string[]>(userIdsOf(key.id), userIds),
      findings: findingCodes.map(finding),
      createdAt: madeAt.toISOString(),
      expiresAt: key.expiresAt?.toISOString() ?? null,
      addedAt: key.addedAt.toISOString(),
      confirmedAt: key.confirmedAt?.toISOString() ?? null,
      testedAt: key.testedAt?.toISOString() ?? null,
      endProposedAt: isOwn ? (endSince?.toISOString() ?? null) : null,
      allowedActs: keeps ? allowedKeyActs(key, keeping) : [],
    };
  }
}
