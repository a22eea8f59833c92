import type { DraftKey, DraftPointOfContact, Reading } from '../formats/draft-entry.js';
import { draftOf } from '../keys/key-draft.js';
import { meantKeys, readKeyFile } from '../keys/key-file.js';
import type { KeyDraft } from '../keys/key-view.js';
import type { ReadKey } from '../keys/read-key.js';

/** A key of a document as it would be proposed for a mailbox, as JSON. */
export type PlannedKey = KeyDraft & { validFrom: string };
/** For which of the mailboxes of its point of contact a key would be proposed; or why for none. */
export type KeyOfDocument = { address: string; key: PlannedKey } | { fault: string };
export type KeysOfDocument = ReadonlyMap<DraftKey, KeyOfDocument>;

/** For so many mailboxes of a point of contact a key is looked at: the one that it names is the one it is for. */
const mostMailboxes = 5;

/** What the keys are that a document holds whole. Those that it only names by their fingerprints are not in the answer. */
export async function keysOfDocument({ drafts }: Reading, at: Date): Promise<KeysOfDocument> {
  const keys = new Map<DraftKey, KeyOfDocument>();
  for (const contact of drafts.flatMap(({ pointsOfContact }) => pointsOfContact))
    for (const key of contact.keys)
      if (key.material !== undefined) keys.set(key, await keyOf(contact, key.material, key.fingerprint, at));
  return keys;
}

async function keyOf(
  { channels }: DraftPointOfContact,
  material: string,
  claimed: string | undefined,
  at: Date,
): Promise<KeyOfDocument> {
  const mailboxes = channels.filter(({ kind }) => kind === 'mail').map(({ address }) => address);
  let first: KeyOfDocument = { fault: 'is for no mailbox that is told.' };
  for (const [index, address] of mailboxes.slice(0, mostMailboxes).entries()) {
    const read = await oneKey(material, claimed, address, at);
    if ('fault' in read) return read;
    const found = { address, key: { ...draftOf(read), validFrom: read.validFrom.toISOString() } };
    if (read.namesAddress) return found;
    if (index === 0) first = found;
  }
  return first;
}

/** The one key that is meant, where it may be kept. */
async function oneKey(
  material: string,
  claimed: string | undefined,
  address: string,
  at: Date,
): Promise<ReadKey | { fault: string }> {
  const { keys, findings } = await readKeyFile(material, address, at);
  const [wrong] = findings;
  if (wrong) return { fault: `cannot be taken: ${wrong.text}` };
  const [key, ...more] = meantKeys(keys, claimed?.toLowerCase());
  if (!key) return { fault: 'cannot be taken: the key beside it has another fingerprint.' };
  if (more.length > 0) return { fault: 'cannot be told from others beside it.' };
  const refused = key.findings.find(({ verdict }) => verdict === 'refuse');
  return refused === undefined ? key : { fault: `cannot be taken: ${refused.text}` };
}
