import { createHash, createPublicKey, verify } from 'node:crypto';
import { SigningKeys } from '#libs/vault';
import { signedHeaders } from './message-signature.js';

const keys = SigningKeys.fromEnvironment({ LEDGER_KEY: `s1:${Buffer.alloc(32, 7).toString('base64')}` });
const at = new Date('2026-07-01T12:00:00.900Z');
const said = { url: 'https://hooks.xb.example/aldis?a=1', body: '{"code":"012345"}' };

/** As a receiver does it who has nothing but the headers, the content, its own address and the published key. */
function verifies(headers: Record<string, string>, { url, body }: typeof said): boolean {
  const [, parameters = ''] = /^aldis=(.+)$/.exec(headers['signature-input'] ?? '') ?? [];
  const [, signature = ''] = /^aldis=:(.+):$/.exec(headers.signature ?? '') ?? [];
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const base = [
    '"@method": POST',
    `"@target-uri": ${url}`,
    `"content-type": ${headers['content-type']}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const jwk = keys.published.find(({ kid }) => parameters.includes(`keyid="${kid}"`));
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  return (
    headers['content-digest'] === digest &&
    verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64'))
  );
}

describe('the signature of a message to an endpoint', () => {
  const headers = signedHeaders(said, at, keys);

  it('verifies with the published key, as RFC 9421 says', () => {
    expect(headers['signature-input']).toBe(
      'aldis=("@method" "@target-uri" "content-type" "content-digest");created=1782907200' +
        `;keyid="${keys.keyId}";alg="ed25519";tag="aldis-channel"`,
    );
    expect(verifies(headers, said)).toBe(true);
  });

  it('does not verify for another content, another address or another instant', () => {
    expect(verifies(headers, { ...said, body: '{"code":"012346"}' })).toBe(false);
    expect(verifies(headers, { ...said, url: 'https://hooks.xc.example/aldis?a=1' })).toBe(false);
    const input = headers['signature-input']?.replace('1782907200', '1782907201') ?? '';
    expect(verifies({ ...headers, 'signature-input': input }, said)).toBe(false);
  });
});
