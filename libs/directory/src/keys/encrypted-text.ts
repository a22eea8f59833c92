import { createMessage, encrypt, readKey } from 'openpgp';
import type { EncryptedText } from '#libs/wording';
import { envelopedTo } from './envelope.js';
import type { KeyKind } from './key-words.js';

/**
 * A text as a MIME entity, encrypted to a key, as content of a mail: for OpenPGP armored (PGP/MIME; RFC 3156, 4), for a
 * certificate in base64 (RFC 8551, 3.3). Raises where nothing can be encrypted to the key, or it is not valid at that time.
 */
export async function encryptedTo(
  { kind, material }: { kind: KeyKind; material: string },
  text: string,
  at: Date,
): Promise<EncryptedText> {
  const entity = [
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split(/\r?\n/),
  ].join('\r\n');
  const bytes = new TextEncoder().encode(entity);
  const content =
    kind === 'openpgp'
      ? await armoredTo(material, bytes, at)
      : Buffer.from(await envelopedTo(material, bytes)).toString('base64');
  return { kind, content };
}

async function armoredTo(armoredKey: string, binary: Uint8Array, date: Date): Promise<string> {
  const armored: unknown = await encrypt({
    message: await createMessage({ binary, date }),
    encryptionKeys: await readKey({ armoredKey }),
    ...{ date, format: 'armored' },
  });
  return String(armored);
}
