import 'reflect-metadata';
import { constants, KeyObject, privateDecrypt, type webcrypto } from 'node:crypto';
import {
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';
import { Certificate, ContentInfo, CryptoEngine, EnvelopedData } from 'pkijs';

/** A person with a certificate of their own making; `privateKey` is PKCS #8 in DER. */
export interface CertificateHolder {
  certificate: string;
  privateKey: Uint8Array;
}

const keyAlgorithms = {
  rsa: {
    ...{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    hash: 'SHA-256',
  },
  ed25519: { name: 'Ed25519' },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'P-521': { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
};

/** Somebody who has a certificate for a mail address, from an hour ago until some days from now. */
export async function certificateHolder(
  email: string,
  kind: keyof typeof keyAlgorithms,
  { days = 400, extensions = [] }: { days?: number; extensions?: Extension[] } = {},
): Promise<CertificateHolder> {
  const signingAlgorithm = keyAlgorithms[kind];
  const keys = await crypto.subtle.generateKey(signingAlgorithm, true, [...(['sign', 'verify'] as const)]);
  if (!('privateKey' in keys)) throw new Error(`${kind} is no pair of keys`);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...{ name: 'C=XB, O=Ministère, CN=Desk', serialNumber: '00a1', signingAlgorithm, keys },
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + days * 86_400_000),
    extensions: [new SubjectAlternativeNameExtension([{ type: 'email', value: email }]), ...extensions],
  });
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificate: certificate.toString('pem'), privateKey };
}

/** As mail programs do it for RSA keys, and the Web Crypto API does not. */
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

  override async decrypt(
    algorithm: { name: string },
    key: webcrypto.CryptoKey,
    data: Uint8Array,
  ): Promise<ArrayBuffer> {
    if (key.algorithm.name !== 'RSA-OAEP') return super.decrypt(algorithm, key, data);
    const own = { key: KeyObject.from(key), padding: constants.RSA_PKCS1_PADDING };
    return new Uint8Array(privateDecrypt(own, data)).buffer;
  }
}

/** What enveloped data (DER) says to the holder of a certificate. Raises for anybody else. */
export async function openEnvelope(der: Uint8Array, holder: CertificateHolder): Promise<string> {
  const { contentType, content: schema } = ContentInfo.fromBER(new Uint8Array(der));
  if (contentType !== ContentInfo.ENVELOPED_DATA) throw new Error(`${contentType} is no enveloped data`);
  const recipientCertificate = Certificate.fromBER(new X509Certificate(holder.certificate).rawData);
  const recipientPrivateKey = new Uint8Array(holder.privateKey).buffer;
  const engine = new Engine({ name: 'node', crypto });
  const secret = { recipientCertificate, recipientPrivateKey };
  const opened = await new EnvelopedData({ schema }).decrypt(0, secret, engine);
  return Buffer.from(opened).toString('utf8');
}
