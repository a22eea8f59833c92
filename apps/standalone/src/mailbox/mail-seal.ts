import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyFile } from '#libs/vault';

const version = 1;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals mails at rest with AES-256-GCM. Each has a key of its own, derived (HKDF-SHA-256, RFC 5869) from the vault's
 * current key and a random salt, and is bound to its id: a file under another name does not open.
 *
 * Layout: version (1 byte), length of the key's name (1), the name, salt (16), nonce (12), ciphertext, tag (16).
 */
export class MailSeal {
  constructor(private readonly keys: KeyFile) {}

  seal(id: string, clear: Buffer): Buffer {
    const name = Buffer.from(this.keys.current);
    const salt = randomBytes(saltBytes);
    const nonce = randomBytes(nonceBytes);
    const head = Buffer.concat([Buffer.from([version, name.length]), name, salt, nonce]);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.keys.current, salt), nonce);
    cipher.setAAD(Buffer.concat([head, Buffer.from(id)]));
    return Buffer.concat([head, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
  }

  /** The clear mail; `undefined` when the file is damaged, renamed, or sealed with a key that is gone. */
  open(id: string, sealed: Buffer): Buffer | undefined {
    try {
      const saltAt = 2 + (sealed[1] ?? 0);
      const textAt = saltAt + saltBytes + nonceBytes;
      const tagAt = sealed.length - tagBytes;
      const key = this.key(
        sealed.subarray(2, saltAt).toString(),
        sealed.subarray(saltAt, saltAt + saltBytes),
      );
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(saltAt + saltBytes, textAt), {
        authTagLength: tagBytes,
      });
      cipher.setAAD(Buffer.concat([sealed.subarray(0, textAt), Buffer.from(id)]));
      cipher.setAuthTag(sealed.subarray(tagAt));
      return Buffer.concat([cipher.update(sealed.subarray(textAt, tagAt)), cipher.final()]);
    } catch {
      return undefined;
    }
  }

  private key(name: string, salt: Buffer): Buffer {
    const key = this.keys.keys[name];
    if (key === undefined) throw new Error(`no key ${name}`);
    return Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), salt, 'aldis standalone mailbox', 32));
  }
}
