import type {
  DirectoryEntry,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
  WriteOptions,
} from './draft-entry.js';
import { tidyEntry } from './tidy-entry.js';
import { teamContact } from './ti-json.js';

/** Where a key is, as a document that never holds it says (RFC 9116, 2.5.4). */
const keyUri = ({ standard, url, fingerprint }: DraftKey): string | undefined =>
  url ?? (fingerprint === undefined || standard === 'smime' ? undefined : `openpgp4fpr:${fingerprint}`);

const contactUri = ({ kind, address }: DraftChannel): string | undefined => {
  if (kind === 'mail') return `mailto:${address.replace(/[%?#]/g, encodeURIComponent)}`;
  return kind === 'telephone' || kind === 'emergency-telephone' ? `tel:${address}` : undefined;
};

/** Under a year after it was written, as RFC 9116, 2.5.5 asks for, and no later than the first channel ends. */
export function expiryOf(channels: readonly DraftChannel[], at: Date): string {
  const inAYear = new Date(Date.UTC(at.getUTCFullYear() + 1, at.getUTCMonth(), at.getUTCDate() - 1));
  const days = channels.flatMap(({ expiresOn }) => expiresOn ?? []);
  return [inAYear.toISOString().slice(0, 10), ...days].sort()[0] ?? '';
}

/** The ways to a body that a security.txt can name: there must be one (RFC 9116, 2.5.3). */
const waysTo = (contact: DraftPointOfContact | undefined): DraftChannel[] =>
  (contact?.channels ?? []).filter((channel) => contactUri(channel) !== undefined);

export const withoutWays = (entry: DirectoryEntry): string | undefined =>
  waysTo(teamContact(entry)).length > 0
    ? undefined
    : 'cannot be security-txt: the body has no mailbox or telephone that it could name';

/**
 * A security.txt (RFC 9116) of a body: the ways to its first technical point of contact, in their order. Raises
 * RangeError for more or less than one entry.
 */
export function writeSecurityTxt(entries: readonly DirectoryEntry[], { at, url }: WriteOptions): string {
  const [given, ...more] = entries;
  if (!given || more.length > 0) throw new RangeError('a security.txt is of one body');
  const contact = teamContact(tidyEntry(given));
  const channels = waysTo(contact);
  const languages = contact?.languages ?? [];
  const lines = [
    ...channels.map((channel) => `Contact: ${contactUri(channel)}`),
    `Expires: ${expiryOf(channels, at)}T23:59:59Z`,
    ...(contact?.keys ?? []).map(keyUri).flatMap((uri) => (uri === undefined ? [] : [`Encryption: ${uri}`])),
    ...(languages.length > 0 ? [`Preferred-Languages: ${languages.join(', ')}`] : []),
    ...(url === undefined ? [] : [`Canonical: ${url}`]),
  ];
  return `${lines.join('\n')}\n`;
}
