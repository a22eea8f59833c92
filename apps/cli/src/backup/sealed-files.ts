import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';

/**
 * Writes rows or keys to a file of its owner alone: compressed (gzip), then encrypted to an age recipient where there
 * is one. Answers the SHA-256 (hex) of what lies in the file.
 */
export async function writeSealed(
  path: string,
  content: Readable,
  recipient: string | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const packed = content.pipe(createGzip());
  content.on('error', (error) => packed.destroy(error));
  await pipeline(
    recipient === undefined ? packed : await encrypted(packed, recipient),
    tap,
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return hash.digest('hex');
}

/** Reads such a file again. The stream fails where the file is damaged, or the identity is not the one it needs. */
export async function readSealed(path: string, identity: string | undefined): Promise<Readable> {
  const file = createReadStream(path);
  const packed: Readable = identity === undefined ? file : await decrypted(file, identity);
  const rows = createGunzip();
  packed.on('error', (error) => rows.destroy(error));
  return packed.pipe(rows);
}

/** The SHA-256 (hex) of what lies in a file. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function encrypted(packed: Readable, recipient: string): Promise<Readable> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(packed)));
}

async function decrypted(file: Readable, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return fromWeb(await decrypter.decrypt(toWeb(file)));
}

type WebStream = ReadableStream<Uint8Array>;
const toWeb = (stream: Readable): WebStream => Readable.toWeb(stream);
const fromWeb = (stream: WebStream): Readable => Readable.fromWeb(stream);
