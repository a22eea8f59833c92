import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Sealed content as it lies in a column: algorithm, the key's id, and base64 of nonce, ciphertext and tag. */
export interface Sealed {
  alg: 'A256GCM';
  key_id: string;
  ciphertext: string;
}

/** Where a sealed value lies. Bound as additional data, so that a value moved elsewhere does not open. */
export interface Place {
  table: string;
  row: string;
  field: string;
}

const nonceBytes = 12;
const tagBytes = 16;

const additionalData = (keyId: string, place: Place): Buffer =>
  Buffer.from(JSON.stringify([keyId, place.table, place.row, place.field]));

/** AES-256-GCM (NIST SP 800-38D) with a random nonce. `key` has 32 bytes. */
export function sealBytes(key: Buffer, keyId: string, place: Place, content: Buffer): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(additionalData(keyId, place));
  const ciphertext = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  return { alg: 'A256GCM', key_id: keyId, ciphertext: ciphertext.toString('base64') };
}

/** Raises when the key, the place or a single bit is not what it was when it was sealed. */
export function openBytes(key: Buffer, place: Place, sealed: Sealed): Buffer {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  if (sealed.alg !== 'A256GCM' || bytes.length < nonceBytes + tagBytes) throw new Error('Not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAAD(additionalData(sealed.key_id, place));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([
    decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)),
    decipher.final(),
  ]);
}
