import { createMessage, encrypt, readKey } from 'openpgp';

/**
 * A text as a MIME entity, encrypted to an OpenPGP key as content of PGP/MIME (RFC 3156, section 4): armored. Raises
 * where the key is not valid at that time.
 */
export async function encryptedTo(armoredKey: string, text: string, at: Date): Promise<string> {
  const entity = [
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split(/\r?\n/),
  ].join('\r\n');
  const armored: unknown = await encrypt({
    message: await createMessage({ binary: new TextEncoder().encode(entity), date: at }),
    encryptionKeys: await readKey({ armoredKey }),
    ...{ date: at, format: 'armored' },
  });
  return String(armored);
}
