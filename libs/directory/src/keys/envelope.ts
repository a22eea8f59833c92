// The library of certificates registers its parts with it.
import 'reflect-metadata';
import { constants, KeyObject, publicEncrypt, type webcrypto } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import { Certificate, ContentInfo, CryptoEngine, EnvelopedData } from 'pkijs';

/**
 * Web Crypto has no RSAES-PKCS1-v1_5, by which keys are sent to RSA certificates: Node does it, with what Web Crypto
 * takes for a key of RSA-OAEP. It is what RFC 8551 demands (2.3); not all mail programs open RSAES-OAEP.
 */
class Engine extends CryptoEngine {
  override async importKey(
    format: webcrypto.KeyFormat,
    data: webcrypto.BufferSource | webcrypto.JsonWebKey,
    algorithm: { name: string },
    extractable: boolean,
    uses: webcrypto.KeyUsage[],
  ): Promise<webcrypto.CryptoKey> {
    const known = algorithm.name === 'RSAES-PKCS1-v1_5' ? { name: 'RSA-OAEP', hash: 'SHA-256' } : algorithm;
    return (await super.importKey(format, data, known, extractable, uses)) as webcrypto.CryptoKey;
  }

  override async encrypt(
    algorithm: { name: string },
    key: webcrypto.CryptoKey,
    data: ArrayBuffer | Uint8Array,
  ): Promise<ArrayBuffer> {
    if (key.algorithm.name !== 'RSA-OAEP') return super.encrypt(algorithm, key, data);
    const rsa = { key: KeyObject.from(key), padding: constants.RSA_PKCS1_PADDING };
    return new Uint8Array(publicEncrypt(rsa, new Uint8Array(data))).buffer;
  }
}

const engine = new Engine({ name: 'node', crypto });
/** How the secret that is agreed on becomes a key: a hash as strong as the curve (RFC 5753). */
const hashes: Readonly<Record<string, string>> = {
  'P-256': 'SHA-256',
  'P-384': 'SHA-384',
  'P-521': 'SHA-512',
};

/**
 * Some content encrypted to a certificate (PEM), as EnvelopedData in DER (RFC 5652, 6): AES-256-CBC, its key sent to
 * RSA keys, agreed on with keys on P-256, P-384 and P-521. Raises for keys of all other kinds.
 */
export async function envelopedTo(pem: string, content: Uint8Array): Promise<Uint8Array> {
  const { rawData, publicKey } = new X509Certificate(pem);
  const { name, namedCurve = '' } = publicKey.algorithm as { name: string; namedCurve?: string };
  const isRsa = name === 'RSASSA-PKCS1-v1_5';
  const kdfAlgorithm = hashes[namedCurve];
  if (!isRsa && kdfAlgorithm === undefined) throw new Error(`nothing is encrypted to keys of ${name}`);
  const data = new EnvelopedData({ disableSplit: true });
  // The key that wraps is as long as the one that it wraps (RFC 8551, 2.3).
  const wishes = { useOAEP: false, kdfAlgorithm, kekEncryptionLength: 256 };
  data.addRecipientByCertificate(Certificate.fromBER(rawData), wishes, undefined, engine);
  await data.encrypt({ name: 'AES-CBC', length: 256 }, new Uint8Array(content).buffer, engine);
  // Versions follow from what is in it (RFC 5652, 6.1).
  data.version = isRsa ? 0 : 2;
  const whole = new ContentInfo({ contentType: ContentInfo.ENVELOPED_DATA, content: data.toSchema() });
  return new Uint8Array(whole.toSchema().toBER(false));
}
