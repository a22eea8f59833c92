import { createHash, randomBytes } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { parseKeyFile, type KeyFile } from './key-file.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const version = 1;
const setBytes = 4;
const sumBytes = 5;
/** Version, set, number of the share, how many there are, how many are needed. */
const headBytes = 1 + setBytes + 3;
/** Enough of a hash to tell the keys from what a wrong set of shares makes. */
const proofBytes = 8;

/** What a share says of itself before others are there. */
export interface Share {
  /** Shares of one division have the same. */
  set: string;
  number: number;
  of: number;
  need: number;
  part: Uint8Array;
}

/**
 * Divides the keys of a file among `of` shares of which any `need` make it again and fewer tell nothing (Shamir 1979,
 * by an audited library). A share is a line of Crockford's base 32 in groups of five, with a checksum of its own.
 * Raises when the numbers do not fit.
 */
export async function shareKeys(
  file: KeyFile,
  { of, need }: { of: number; need: number },
): Promise<string[]> {
  if (!Number.isInteger(of) || !Number.isInteger(need) || need < 2 || of < need || of > 255)
    throw new Error(
      'At least 2 shares must be needed, and there can be 255 at most, no fewer than are needed.',
    );
  const secret = Buffer.from(JSON.stringify(file));
  const parts = await split(new Uint8Array(Buffer.concat([secret, proofOf(secret)])), of, need);
  const set = randomBytes(setBytes);
  return parts.map((part, at) => {
    const body = Buffer.concat([Buffer.from([version]), set, Buffer.from([at + 1, of, need]), part]);
    return grouped(Buffer.concat([body, hash(body).subarray(0, sumBytes)]));
  });
}

/** Reads one share, however it was typed: small letters, blanks, O for 0. Raises when it was mistyped or cut short. */
export function readShare(text: string): Share {
  const bytes = fromBase32(text);
  const body = bytes.subarray(0, -sumBytes);
  if (
    bytes.length <= headBytes + sumBytes ||
    !hash(body).subarray(0, sumBytes).equals(bytes.subarray(-sumBytes))
  )
    throw new Error('This share was mistyped: its checksum does not fit.');
  if (body[0] !== version) throw new Error('This share was made by another version.');
  const [number = 0, of = 0, need = 0] = body.subarray(1 + setBytes, headBytes);
  return {
    set: body.subarray(1, 1 + setBytes).toString('hex'),
    number,
    of,
    need,
    part: body.subarray(headBytes),
  };
}

/** Makes the key file again. Raises when there are too few shares, or they were not made together. */
export async function recoverKeys(shares: readonly Share[]): Promise<KeyFile> {
  const [first] = shares;
  if (!first) throw new Error('There are no shares.');
  const different = [...new Map(shares.map((share) => [share.number, share])).values()];
  if (different.some(({ set }) => set !== first.set)) throw new Error('These shares were not made together.');
  if (different.length < first.need)
    throw new Error(`${first.need} different shares are needed, and there are ${different.length}.`);
  const joined = Buffer.from(await combine(different.map(({ part }) => new Uint8Array(part))));
  const secret = joined.subarray(0, -proofBytes);
  if (!proofOf(secret).equals(joined.subarray(-proofBytes)))
    throw new Error('These shares do not make the keys: one of them is not what it was.');
  return parseKeyFile(secret.toString('utf8'));
}

const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const proofOf = (secret: Uint8Array): Buffer => hash(secret).subarray(0, proofBytes);

function grouped(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const characters = [...(bits.match(/.{1,5}/g) ?? [])].map(
    (five) => crockford[parseInt(five.padEnd(5, '0'), 2)],
  );
  return (characters.join('').match(/.{1,5}/g) ?? []).join('-');
}

function fromBase32(text: string): Buffer {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  let bits = '';
  for (const character of plain) {
    const value = crockford.indexOf(character);
    if (value < 0) throw new Error('This share holds a character that no share has.');
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}
