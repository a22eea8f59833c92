import { Problem, type Tx } from '#libs/runtime';
import type { EntryQueries, EntryView, Reader } from '../entries.queries.js';
import type { DirectoryEntry, DraftPointOfContact, Format } from '../formats/draft-entry.js';
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
  constructor(private readonly entries: EntryQueries) {}

  /**
   * What the caller may read and its party lets be taken out. Raises `not-found` where there is nothing of that kind, and
   * `invalid-input` where a format holds one body and there are several.
   */
  async write(tx: Tx, caller: Reader, format: Format, scope: ExportScope): Promise<string> {
    const entries = await this.taken(tx, caller, scope);
    if (entries.length === 0)
      throw new Problem('not-found', 'There is nothing of that kind that may be taken out.');
    if (format.holds === 'one' && entries.length > 1)
      throw new Problem('invalid-input', 'Some parameters do not fit.', {
        errors: [{ parameter: 'body', detail: `must be named: a document of ${format.name} holds one body` }],
      });
    return format.write(entries, { at: await tx.now() });
  }

  private async taken(tx: Tx, caller: Reader, { party, body }: ExportScope): Promise<DirectoryEntry[]> {
    const consents = await consentsOf(tx);
    const wanted = (await this.entries.reachable(tx, caller)).filter(
      (entry) =>
        (party === undefined || entry.party === party) && (body === undefined || entry.body.id === body),
    );
    const bodies = (await bodiesOf(tx)).filter(
      (one) => (party === undefined || one.party === party) && (body === undefined || one.id === body),
    );
    return bodies.flatMap((one) => {
      const isOwn = one.party === caller.party;
      const consent = consents.get(one.party) ?? 'whole';
      const own = wanted.filter((entry) => entry.body.id === one.id);
      return consent === 'nothing' && !isOwn ? [] : [entryOf(one, takenOut(own, consent, isOwn), isOwn)];
    });
  }
}

function entryOf(
  body: SnapshotBody & { party: string },
  contacts: readonly EntryView[],
  isOwn: boolean,
): DirectoryEntry {
  const { names, kind, sharingBoundary, profile, constituency, party } = body;
  return {
    party,
    body: { names, kind, sharingBoundary, profile, constituency },
    pointsOfContact: contacts.map((entry) => contactOf(entry, isOwn)),
  };
}

function contactOf(entry: EntryView, isOwn: boolean): DraftPointOfContact {
  const { level, position, roleNames, person, languages, zone, hours, expectedRoles, coordination, note } =
    entry;
  return {
    ...{
      level,
      position,
      roleNames,
      person,
      languages,
      zone,
      duty: hours,
      expectedRoles,
      coordination,
      note,
    },
    ...{ readiness: isOwn ? entry.readiness : {}, keys: [] },
    channels: entry.channels
      .filter(({ state }) => state === 'proven' || state === 'suspect')
      .map(({ kind, address, purpose, encryption, expiresOn }) => ({
        kind,
        address,
        purpose,
        encryption,
        expiresOn,
      })),
  };
}
