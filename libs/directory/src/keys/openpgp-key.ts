import { enums, readKeys, type Key, type Subkey } from 'openpgp';
import { finding, type KeyFinding } from './key-findings.js';
import { mostKeys } from './key-words.js';
import { mostUserIds, tidied, withFindings, type ReadKey } from './read-key.js';

/** Subkeys and user ids that are looked at, and signatures on each of them: each costs a check. */
const mostParts = 50;
const mostSignatures = 50;
const longest = 8192;
const weakHashes: ReadonlySet<unknown> = new Set([enums.hash.sha1, enums.hash.md5, enums.hash.ripemd]);

/** OpenPGP keys (RFC 9580) of a file: armored blocks, one after the other, or binary. Those that cannot be read are findings. */
export async function readOpenPgp(
  file: string | Uint8Array,
  address: string,
  at: Date,
): Promise<{ keys: ReadKey[]; findings: KeyFinding[] }> {
  const parsed: Key[] = [];
  try {
    if (typeof file === 'string')
      for (const armoredKeys of armoredBlocks(file)) parsed.push(...(await readKeys({ armoredKeys })));
    else parsed.push(...(await readKeys({ binaryKeys: file })));
  } catch {
    return { keys: [], findings: [finding('unreadable')] };
  }
  if (parsed.some((key) => key.isPrivate())) return { keys: [], findings: [finding('private-key')] };
  if (parsed.length > mostKeys) return { keys: [], findings: [finding('too-many')] };
  const keys: ReadKey[] = [];
  for (const key of parsed) keys.push(await measured(key, address.toLowerCase(), at));
  return { keys, findings: [] };
}

/** Cut by search from where the last one ended: a pattern would look to the end of the file for each beginning. */
function armoredBlocks(file: string): string[] {
  const blocks: string[] = [];
  for (let at = 0; ;) {
    const begin = file.indexOf('-----BEGIN PGP ', at);
    const end = begin < 0 ? -1 : file.indexOf('-----END PGP ', begin);
    const close = end < 0 ? -1 : file.indexOf('-----', end + '-----END PGP '.length);
    if (close < 0) return blocks;
    at = close + '-----'.length;
    blocks.push(file.slice(begin, at));
  }
}

async function measured(key: Key, address: string, at: Date): Promise<ReadKey> {
  const { algorithm, bits = null, curve = null } = key.getAlgorithmInfo();
  const tooLong = [key, ...key.subkeys].some((one) => (one.getAlgorithmInfo().bits ?? 0) > longest);
  const tooMany = key.users.length > mostParts || key.subkeys.length > mostParts || signsTooMuch(key);
  const createdAt = key.getCreationTime();
  const plain = {
    ...{ kind: 'openpgp' as const, fingerprint: key.getFingerprint(), algorithm, bits, curve },
    ...{ createdAt, validFrom: createdAt, material: key.armor() },
    userIds: key.getUserIDs().slice(0, mostUserIds).map(tidied),
    namesAddress: !tooMany && (await names(key, address, at)),
  };
  const unlooked = { expiresAt: null, canEncrypt: false, revoked: false, weaklySigned: false };
  if (tooLong) return withFindings({ ...plain, ...unlooked }, at, ['too-long']);
  if (tooMany) return withFindings({ ...plain, ...unlooked }, at, ['too-many-parts']);
  const { of, expiresAt } = await ends(key, at);
  if (!of) return withFindings({ ...plain, ...unlooked }, at, ['no-signature']);
  const encrypts = await encryptionEnds(key, at);
  return withFindings(
    {
      ...{ ...plain, revoked: await key.isRevoked(undefined, undefined, at) },
      ...{ canEncrypt: encrypts !== undefined, expiresAt: earlier(expiresAt, encrypts ?? null) },
      weaklySigned: weakHashes.has(of),
    },
    at,
  );
}

/** Whether one of its parts has more signatures than are checked; those of others are never checked, and do not count. */
const signsTooMuch = (key: Key): boolean =>
  key.revocationSignatures.length > mostSignatures ||
  key.users.some((one) => one.selfCertifications.length + one.revocationSignatures.length > mostSignatures) ||
  key.subkeys.some((one) => one.bindingSignatures.length + one.revocationSignatures.length > mostSignatures);

/** Whether its holder has put an address on the key: a user id that it has not signed is anybody's. */
async function names(key: Key, address: string, at: Date): Promise<boolean> {
  for (const user of key.users.slice(0, mostParts))
    if (user.userID?.email.toLowerCase() === address && (await user.verify(at).catch(() => false)))
      return true;
  return false;
}

/** The hash that the key signs itself with, and when the key as a whole ends; no hash where no signature is valid. */
async function ends(key: Key, at: Date): Promise<{ of: unknown; expiresAt: Date | null }> {
  const primary = await key.getPrimaryUser(at).catch(() => undefined);
  const expiresAt = dateOf(await key.getExpirationTime().catch(() => null));
  // An expired key has a primary user no more; what it was signed with is said by the signatures themselves.
  const signature =
    primary?.selfCertification ?? key.users.flatMap(({ selfCertifications }) => selfCertifications)[0];
  return { of: signature?.hashAlgorithm ?? undefined, expiresAt };
}

/** When the last of its parts that can be encrypted to now ends; null: never; undefined: there is none. */
async function encryptionEnds(key: Key, at: Date): Promise<Date | null | undefined> {
  const ended: (Date | null)[] = [];
  for (const part of [key, ...key.subkeys]) {
    const usable = await key.getEncryptionKey(part.getKeyID(), at).catch(() => undefined);
    if (usable) ended.push(dateOf(await endOf(part, at)));
  }
  if (ended.length === 0) return undefined;
  return ended.reduce((last, one) => (last === null || one === null ? null : last > one ? last : one));
}

const endOf = async (part: Key | Subkey, at: Date) =>
  'mainKey' in part ? part.getExpirationTime(at) : part.getExpirationTime();
const dateOf = (end: Date | number | null): Date | null => (end instanceof Date ? end : null);
const earlier = (one: Date | null, other: Date | null): Date | null =>
  one === null ? other : other === null || one < other ? one : other;
