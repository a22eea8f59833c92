import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  certificateHolder,
  openEnvelope,
  type CertificateHolder,
} from '../../../../test/harness/certificate-holder.js';
import { envelopedTo } from './envelope.js';

const address = 'desk@xb.example';
const content = `Content-Type: text/plain; charset="utf-8"\r\n\r\nLe code : 123456. ${'é'.repeat(2_000)}`;
const bytes = new TextEncoder().encode(content);

/** A key on brainpoolP256r1. */
const brainpool = `-----BEGIN CERTIFICATE-----
MIIBkTCCATigAwIBAgIUffZM9/W2gWC9UMTeA3Ia/PzP6/IwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwERGVzazAgFw0yNjExMjIwOTQ3NTlaGA8yMTA5MDExMTA5NDc1
OVowDzENMAsGA1UEAwwERGVzazBaMBQGByqGSM49AgEGCSskAwMCCAEBBwNCAARu
6B9RWNDzgOTiqmu3hn98OV75a8EiuTlF1zDfaANjPRzZd46P25FzFy8+8y2w9+hF
sgOvBXro0qscd4BVrLlro28wbTAdBgNVHQ4EFgQUQ4mEaad+v7jAdMd/w9pmjiRp
gLYwHwYDVR0jBBgwFoAUQ4mEaad+v7jAdMd/w9pmjiRpgLYwDwYDVR0TAQH/BAUw
AwEB/zAaBgNVHREEEzARgQ9kZXNrQHhiLmV4YW1wbGUwCgYIKoZIzj0EAwIDRwAw
RAIgQBQipJoxliu0t2d8FxWQjzZ/YKvY2icY1a2qV0iiJ60CICRFkvkhX1iPBaKp
QX6qy0UCDbj+orsSUE+CiOAUuRFB
-----END CERTIFICATE-----`;

/** What OpenSSL makes of it as mail programs do, where this machine has one; otherwise nothing. */
function openedByOpenSsl(der: Uint8Array, { certificate, privateKey }: CertificateHolder) {
  const folder = mkdtempSync(join(tmpdir(), 'envelope-'));
  const file = (name: string, data: string | Uint8Array) => {
    writeFileSync(join(folder, name), data, { mode: 0o600 });
    return join(folder, name);
  };
  try {
    const words = ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', file('smime.p7m', der)];
    const keys = ['-recip', file('own.pem', certificate), '-keyform', 'DER', '-inkey'];
    const { error, stdout } = spawnSync('openssl', [...words, ...keys, file('own.key', privateKey)]);
    return error ? undefined : stdout.toString('utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what is encrypted to a certificate', () => {
  it.each(['rsa', 'P-256', 'P-384', 'P-521'] as const)(
    'is opened by its holder and nobody else: %s',
    async (kind) => {
      const [holder, other] = [
        await certificateHolder(address, kind),
        await certificateHolder(address, kind),
      ];
      const der = await envelopedTo(holder.certificate, bytes);
      expect(Buffer.from(der).includes('123456')).toBe(false);
      expect(await openEnvelope(der, holder)).toBe(content);
      expect([content, undefined]).toContain(openedByOpenSsl(der, holder));
      const wrong = { ...holder, privateKey: other.privateKey };
      expect(await openEnvelope(der, wrong).catch(() => 'refused')).not.toBe(content);
    },
  );

  it('differs each time', async () => {
    const { certificate } = await certificateHolder(address, 'P-256');
    const twice = [await envelopedTo(certificate, bytes), await envelopedTo(certificate, bytes)];
    expect(Buffer.from(twice[0] ?? []).equals(Buffer.from(twice[1] ?? []))).toBe(false);
  });

  it('is none where the key can only sign, or few programs know its kind', async () => {
    const { certificate } = await certificateHolder(address, 'ed25519');
    for (const pem of [certificate, brainpool])
      await expect(envelopedTo(pem, bytes)).rejects.toThrow('nothing is encrypted to keys of');
  });
});
