import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { isOver } from '../channel-expiry.js';
import type { EntryChannelView, EntryQueries, EntryView, Reader } from '../entries.queries.js';
import type { DirectoryEntry, DraftKey, DraftPointOfContact, Format } from '../formats/draft-entry.js';
import { materialOf } from '../keys/contact-keys.queries.js';
import { mayEncryptTo } from '../keys/key-use.js';
import type { ChannelKeyView } from '../keys/key-view.js';
import { VisibilityQueries } from '../networks/visibility.queries.js';
import { takenOut } from '../snapshot/export-consent.js';
import { consentsOf } from '../snapshot/export-consents.service.js';
import type { SnapshotBody } from '../snapshot/snapshot.js';
import { bodiesOf } from '../snapshot/snapshots.service.js';

/** What is exported: of one party, of one body, or all that the caller may read. */
export interface ExportScope {
  party?: string | undefined;
  body?: string | undefined;
}

/** The directory, or a part of it, as a document of a format. */
export class Exports {
  constructor(
    private readonly vault: Vault,
    private readonly entries: EntryQueries,
  ) {}

  /**
   * What the caller may read and its party lets be taken out. Raises `not-found` where there is nothing of that kind, and
   * `invalid-input` where a format holds one body and there are several.
   */
  async write(tx: Tx, caller: Reader, format: Format, scope: ExportScope): Promise<string> {
    const at = await tx.now();
    const entries = await this.taken(tx, caller, scope, at);
    if (entries.length === 0)
      throw new Problem('not-found', 'There is nothing of that kind that may be taken out.');
    if (format.holds === 'one' && entries.length > 1)
      throw new Problem('invalid-input', 'Some parameters do not fit.', {
        errors: [{ parameter: 'body', detail: `must be named: a document of ${format.name} holds one body` }],
      });
    const [first] = entries;
    const fault = first && format.unwritable?.(first);
    if (fault !== undefined)
      throw new Problem('invalid-input', 'Some parameters do not fit.', {
        errors: [{ parameter: 'format', detail: fault }],
      });
    return format.write(entries, { at });
  }

  private async taken(
    tx: Tx,
    caller: Reader,
    { party, body }: ExportScope,
    at: Date,
  ): Promise<DirectoryEntry[]> {
    const consents = await consentsOf(tx);
    const { shared } = await new VisibilityQueries().of(tx, caller);
    const wanted = (await this.entries.reachable(tx, caller)).filter(
      (entry) =>
        (party === undefined || entry.party === party) && (body === undefined || entry.body.id === body),
    );
    const bodies = (await bodiesOf(tx)).filter(
      (one) => (party === undefined || one.party === party) && (body === undefined || one.id === body),
    );
    const materials = await this.materials(
      tx,
      wanted.filter(({ party: code }) => code === caller.party),
    );
    return bodies.flatMap((one) => {
      const isOwn = one.party === caller.party;
      const consent = consents.get(one.party) ?? 'whole';
      if (!isOwn && (consent === 'nothing' || shared(one.party).length === 0)) return [];
      const own = wanted.filter((entry) => entry.body.id === one.id);
      const contacts = takenOut(own, consent, isOwn).map((entry) => contactOf(entry, isOwn, at, materials));
      return [entryOf(one, contacts)];
    });
  }

  /** The keys themselves, by id: of the caller's own party alone, for names and addresses are written in them. */
  private async materials(tx: Tx, own: readonly EntryView[]): Promise<ReadonlyMap<string, string>> {
    const ids = own.flatMap(({ channels }) => channels.flatMap(({ keys }) => keys.map(({ id }) => id)));
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: string; material: Sealed }>(
      'SELECT id, material FROM contact_keys WHERE id = ANY ($1::uuid[])',
      [ids],
    );
    const opened = rows.map(
      async ({ id, material }) =>
        [id, await this.vault.openPartys<string>(materialOf(id), material)] as const,
    );
    return new Map(await Promise.all(opened));
  }
}

function entryOf(
  body: SnapshotBody & { party: string },
  pointsOfContact: DraftPointOfContact[],
): DirectoryEntry {
  const { names, kind, sharingBoundary, constituency, party } = body;
  const { shortName, postalAddress, affiliation, ...profile } = body.profile;
  return {
    party,
    body: {
      ...{ names, kind, sharingBoundary, profile, constituency },
      ...(shortName === undefined ? {} : { shortName }),
      ...(postalAddress === undefined ? {} : { postalAddress }),
      ...(affiliation === undefined ? {} : { affiliation }),
    },
    pointsOfContact,
  };
}

/** What is past its last day is left out: nobody is to write there. */
function contactOf(
  entry: EntryView,
  isOwn: boolean,
  at: Date,
  materials: ReadonlyMap<string, string>,
): DraftPointOfContact {
  const { level, position, roleNames, person, languages, zone, hours, expectedRoles, coordination, note } =
    entry;
  const channels = entry.channels.filter((channel) => isReached(channel, at));
  return {
    ...{ level, position, roleNames, person, languages, zone, duty: hours },
    ...{ expectedRoles, coordination, note, readiness: isOwn ? entry.readiness : {} },
    keys: channels.flatMap(({ keys }) => keys.flatMap((key) => keyOf(key, materials.get(key.id)))),
    channels: channels.map(({ kind, address, purpose, encryption, expiresOn }) => ({
      ...{ kind, address, purpose, encryption, expiresOn },
    })),
  };
}

const isReached = ({ state, expiresOn }: EntryChannelView, at: Date): boolean =>
  (state === 'proven' || state === 'suspect') && !isOver(expiresOn, at);

/** Keys that can be encrypted to, the party's own whole; whoever wants that of another fetches it and compares the fingerprint. */
function keyOf(
  { kind, fingerprint, expiresAt, state }: ChannelKeyView,
  material: string | undefined,
): DraftKey[] {
  if (!mayEncryptTo({ state })) return [];
  // The last day on which it is good: one that ends with a day ends on that day.
  const last =
    expiresAt === null ? undefined : new Date(Date.parse(expiresAt) - 1).toISOString().slice(0, 10);
  return [
    {
      ...{ standard: kind, fingerprint: fingerprint.toUpperCase() },
      ...(last === undefined ? {} : { expiresOn: last }),
      ...(material === undefined ? {} : { material }),
    },
  ];
}
