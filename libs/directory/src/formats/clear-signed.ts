import { readCleartextMessage, readKey, verify } from 'openpgp';
import type { Tell } from './findings.js';

const begin = '-----BEGIN PGP SIGNED MESSAGE-----';
const signature = '-----BEGIN PGP SIGNATURE-----';
const end = '-----END PGP SIGNATURE-----';

/** A text that was signed in clear (RFC 9580, 7), taken out of its signature. */
export interface ClearSigned {
  /** Lines of the text, each where it stands in the document. */
  text: string;
  /** The whole, as it was signed. */
  armoured: string;
}

/**
 * The signed text of a document, in place: what frames it becomes empty lines, so that the others keep their numbers.
 * Undefined where nothing is signed.
 */
export function takeSigned(document: string): ClearSigned | undefined {
  const lines = document.split('\n');
  const at = (mark: string, after: number): number =>
    lines.findIndex((line, number) => number > after && line.trim() === mark);
  const from = at(begin, -1);
  if (from < 0) return undefined;
  const signed = at(signature, from);
  const until = signed < 0 ? -1 : at(end, signed);
  const first = lines.findIndex((line, number) => number > from && line.trim() === '');
  const close = signed < 0 ? lines.length : signed;
  const last = until < 0 ? lines.length - 1 : until;
  const text = lines.map((line, number) => {
    if (number >= from && number <= first && first < close) return '';
    if (number === from || (number >= close && number <= last)) return '';
    // Dashes at the beginning were escaped within what is signed.
    return number > from && number < close ? line.replace(/^- /, '') : line;
  });
  return { text: text.join('\n'), armoured: lines.slice(from, last + 1).join('\n') };
}

/** Tells whether a signature holds, by the keys at hand; a text that holds its own key proves no more than that it is whole. */
export async function tellSignature(
  { armoured }: ClearSigned,
  at: Date,
  { known, inside }: { known: readonly string[]; inside: readonly string[] },
  tell: Tell,
): Promise<void> {
  const byKnown = await holdsBy(armoured, known, at);
  if (byKnown === 'holds')
    return tell('accept', 'signed', 'The document is signed with a key that is known.');
  const byInside = await holdsBy(armoured, inside, at);
  if (byInside === 'holds')
    return tell(
      'warn',
      'signed',
      'The document is signed with the key which it holds itself: whose that is was not verified.',
    );
  const broken = byKnown === 'broken' || byInside === 'broken';
  tell(
    'warn',
    'signed',
    broken
      ? 'The signature does not fit the text: it was changed, if only in its line ends, or signed otherwise.'
      : 'The document is signed; the signature was not verified, for its key is not at hand.',
  );
}

/** `unknown`: with none of these keys. */
async function holdsBy(
  armoured: string,
  keys: readonly string[],
  date: Date,
): Promise<'holds' | 'broken' | 'unknown'> {
  try {
    const message = await readCleartextMessage({ cleartextMessage: armoured });
    const wanted = message.getSigningKeyIDs().map((id) => id.toHex());
    const read = await Promise.all(
      keys.slice(0, 20).map((armoredKey) => readKey({ armoredKey }).catch(() => undefined)),
    );
    const verificationKeys = read.flatMap((key) =>
      key?.getKeyIDs().some((id) => wanted.includes(id.toHex())) ? [key] : [],
    );
    if (verificationKeys.length === 0) return 'unknown';
    const { signatures } = await verify({ message, verificationKeys, date });
    const checked = await Promise.all(signatures.map(({ verified }) => verified.catch(() => false)));
    return checked.some((one) => one) ? 'holds' : 'broken';
  } catch {
    return 'unknown';
  }
}
