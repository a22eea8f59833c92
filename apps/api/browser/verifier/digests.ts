import { canonicalJson } from './canonical-json.js';

/** Bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes of an even number of hex digits. */
export const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = Uint8Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

/** What is signed and hashed: the tag, a line feed, the canonical form (SPECIFICATION.md, conventions). */
export const taggedBytes = (tag: string, value: object): Uint8Array<ArrayBuffer> =>
  utf8(`${tag}\n${canonicalJson(value)}`);

/** `H(tag, object)`, in hex. */
export const taggedHash = async (tag: string, value: object): Promise<string> =>
  toHex(await sha256(taggedBytes(tag, value)));

/** The salted digest of what was said, in hex: the one hash without a tag. */
export const saltedDigest = async (content: unknown, salt: string): Promise<string> =>
  toHex(await sha256(utf8(canonicalJson({ content, salt }))));

/** A leaf, and the node above two others (RFC 6962, section 2.1). */
export const leafHash = async (content: object): Promise<Uint8Array> =>
  sha256(Uint8Array.of(0), utf8(canonicalJson(content)));
export const nodeHash = async (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  sha256(Uint8Array.of(1), left, right);
