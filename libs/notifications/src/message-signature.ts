import { createHash } from 'node:crypto';

/** What is said to an endpoint, as it leaves. */
export interface Said {
  url: string;
  body: string;
}

/** Who signs: the id under which the public key is published, and Ed25519 (RFC 8032) in base64url. */
export interface Signer {
  keyId: string;
  sign(content: Uint8Array): string;
}

/** What a signature of a message is for, so that none can be taken for one of anything else. */
export const messageTag = 'aldis-channel';
const parts = ['@method', '@target-uri', 'content-type', 'content-digest'] as const;

/**
 * The headers of a signed POST of JSON: HTTP Message Signatures (RFC 9421) over method, address, type and digest
 * (RFC 9530) of the content, with the instant, by Ed25519. Whoever receives it verifies with the key that the instance
 * publishes, and refuses what is old.
 */
export function signedHeaders({ url, body }: Said, at: Date, signer: Signer): Record<string, string> {
  const digest = createHash('sha256').update(body).digest('base64');
  const values = {
    '@method': 'POST',
    '@target-uri': url,
    'content-type': 'application/json',
    'content-digest': `sha-256=:${digest}:`,
  };
  const parameters =
    `(${parts.map((part) => `"${part}"`).join(' ')});created=${Math.floor(at.getTime() / 1000)}` +
    `;keyid="${signer.keyId}";alg="ed25519";tag="${messageTag}"`;
  const base = [
    ...parts.map((part) => `"${part}": ${values[part]}`),
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = Buffer.from(signer.sign(Buffer.from(base)), 'base64url').toString('base64');
  return {
    'content-type': values['content-type'],
    'content-digest': values['content-digest'],
    'signature-input': `aldis=${parameters}`,
    signature: `aldis=:${signature}:`,
  };
}
