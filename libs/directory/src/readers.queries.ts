import { personOf, type Person } from '#libs/access';
import { isMailAddress } from '#libs/notifications';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { chooseLanguage, type Language } from '#libs/wording';
import { notOver } from './channel-expiry.js';
import { addressOf } from './directory.queries.js';
import type { ChannelRow, PointOfContactRow } from './point-of-contact.entity.js';

/** Somebody who is written to, and in which language. */
export interface Reader {
  address: string;
  language: Language;
}

/** A mailbox that can be written to. */
export type Mailbox = Pick<ChannelRow, 'id' | 'partyCode' | 'pointOfContactId' | 'address'>;

interface Account {
  id: string;
  language: string;
  person: Sealed;
}

/** The administrators of a party that may decide on what one of them proposed: all others. For callers of that party. */
export async function otherAdministrators(
  tx: Tx,
  vault: Vault,
  party: string,
  proposer: string,
): Promise<Reader[]> {
  const accounts = await tx.query<Account>(
    `SELECT id, language, person FROM accounts
     WHERE party_code = $1 AND role = 'party-administrator' AND deactivated_at IS NULL AND id <> $2 ORDER BY id`,
    [party, proposer],
  );
  return readersOf(vault, accounts);
}

/** The administrators whom a correction is told to, for the worker: nobody once they have been told. */
export const administratorsToTell = async (tx: Tx, vault: Vault, correction: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.administrators_to_tell($1)', [correction]));

/** The same of a warning ahead of time. */
export const administratorsToWarn = async (tx: Tx, vault: Vault, warning: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.administrators_to_warn($1)', [warning]));

/** The same of the end of a key: nobody unless a warning of it is due and was not given. */
export const administratorsOfKey = async (tx: Tx, vault: Vault, key: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.administrators_of_key($1)', [key]));

/** Those of the secretariat who are told of the calls of a line that it is to make, for the worker. */
export const managersToCall = async (tx: Tx, vault: Vault, line: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.managers_to_call($1)', [line]));

/** Those of the secretariat who are told that calls to a party are to be made which announce changes, for the worker. */
export const managersToAnnounce = async (tx: Tx, vault: Vault, party: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.managers_to_announce($1)', [party]));

/** The administrators who are told that a change is disputed, for the worker: nobody once they have been told. */
export const administratorsOfDispute = async (tx: Tx, vault: Vault, task: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.administrators_of_dispute($1)', [task]));

/** The condition, in SQL, that a channel is a proven mailbox that is not past its last day. */
export const provenMailbox = (channels: string): string =>
  `(${channels}.kind = 'mail' AND ${channels}.state = 'proven' AND ${notOver(channels)})`;

/**
 * The condition, in SQL, that a channel is told of a key of a mailbox of its entry: as a proven mailbox, or as that mailbox
 * in doubt, and in either case not past its last day.
 */
export const toldOfKey = (channels: string, own: string): string =>
  `(${provenMailbox(channels)} OR (${channels}.id = ${own}.id AND ${channels}.state = 'suspect' AND ${notOver(channels)}))`;

/** The first mailbox of an entry that is proven and not past its last day; undefined where there is none. */
export async function firstMailboxOf(tx: Tx, entryId: string): Promise<Mailbox | undefined> {
  const [first] = await tx.query<Mailbox>(
    `SELECT c.id, c.party_code AS "partyCode", c.point_of_contact_id AS "pointOfContactId", c.address
     FROM channels c WHERE c.point_of_contact_id = $1 AND ${provenMailbox('c')} ORDER BY c.position, c.id LIMIT 1`,
    [entryId],
  );
  return first;
}

/** The proven mailboxes of an entry that are not past their last day, in its language. */
export async function mailboxesOf(
  tx: Tx,
  vault: Vault,
  { id: entry, languages }: Pick<PointOfContactRow, 'id' | 'languages'>,
): Promise<Reader[]> {
  const channels = await tx.query<{ id: string; address: Sealed }>(
    `SELECT c.id, c.address FROM channels c WHERE c.point_of_contact_id = $1 AND ${provenMailbox('c')} ORDER BY c.position, c.id`,
    [entry],
  );
  const language = chooseLanguage(languages);
  return Promise.all(
    channels.map(async ({ id, address }) => ({
      address: await vault.openPartys<string>(addressOf(id), address),
      language,
    })),
  );
}

/** Each address once, in the language that was named for it last. */
export const eachOnce = <Some extends Reader>(readers: readonly Some[]): Some[] => [
  ...new Map(readers.map((reader) => [reader.address, reader])).values(),
];

/**
 * The channel that a mail about an entry is about: the one that is named, else the entry's first one, else another one of
 * its party. Undefined where that has none.
 */
export async function channelAbout(
  tx: Tx,
  { id, partyCode }: Pick<PointOfContactRow, 'id' | 'partyCode'>,
  named: string | null,
): Promise<string | undefined> {
  const [found] = await tx.query<{ id: string }>(
    `SELECT id FROM channels WHERE party_code = $1
     ORDER BY coalesce(id = $2, false) DESC, point_of_contact_id = $3 DESC, state = 'ended', position, id LIMIT 1`,
    [partyCode, named, id],
  );
  return found?.id;
}

async function readersOf(vault: Vault, accounts: readonly Account[]): Promise<Reader[]> {
  const readers = await Promise.all(
    accounts.map(async ({ id, language, person }) => ({
      address: (await vault.openPartys<Person>(personOf(id), person)).email,
      language: chooseLanguage([language]),
    })),
  );
  return readers.filter(({ address }) => isMailAddress(address));
}
