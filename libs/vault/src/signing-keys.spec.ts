import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeKeyFile } from './key-file.js';
import { keysNoticedAfter } from './key-provider.js';
import { SigningKeys } from './signing-keys.js';

/** The first key of RFC 8032, section 7.1, whose thumbprint RFC 8037 gives in its appendix A. */
const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const other = Buffer.alloc(32, 7);

describe('the keys that sign', () => {
  const keys = SigningKeys.fromEnvironment({ LEDGER_KEY: `s1:${seed.toString('base64')}` });

  it('sign and name themselves as the standards say (their vectors)', () => {
    expect(keys.published).toEqual([
      {
        ...{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' },
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      },
    ]);
    expect(keys.keyId).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(Buffer.from(keys.sign(Buffer.alloc(0)), 'base64url').toString('hex')).toMatch(/^e5564300c360ac72/);
  });

  it('make signatures that the published key verifies', () => {
    const [jwk] = keys.published;
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const signature = Buffer.from(keys.sign(Buffer.from('said')), 'base64url');
    expect(verify(null, Buffer.from('said'), key, signature)).toBe(true);
    expect(verify(null, Buffer.from('sais'), key, signature)).toBe(false);
  });

  it('come from a file with earlier keys in it, the current one first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aldis-keys-'));
    const file = join(folder, 'keys.json');
    const base64 = { s1: seed.toString('base64'), s2: other.toString('base64') };
    writeFileSync(file, JSON.stringify({ current: 's2', keys: base64 }));
    const rotated = SigningKeys.fromEnvironment({ LEDGER_KEY_FILE: file });
    expect(rotated.published.map(({ kid }) => kid === keys.keyId)).toEqual([false, true]);
    writeFileSync(file, JSON.stringify({ current: 's3', keys: base64 }));
    expect(() => SigningKeys.fromEnvironment({ LEDGER_KEY_FILE: file })).toThrow(/"s3" is not among/);
    rmSync(folder, { recursive: true });
    expect(() => SigningKeys.fromEnvironment({})).toThrow('LEDGER_KEY_FILE');
  });

  it('are read again when their file was replaced, and what is signed fits the key that was named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aldis-keys-'));
    const file = join(folder, 'keys.json');
    writeKeyFile(file, { current: 's1', keys: { s1: other.toString('base64') } });
    const watched = SigningKeys.fromEnvironment({ LEDGER_KEY_FILE: file });
    const before = watched.keyId;
    writeKeyFile(file, { current: 's1', keys: { s1: seed.toString('base64') } });
    await pause(keysNoticedAfter + 50);
    const said = Buffer.from('said');
    const old = watched.sign(said);
    expect([before === keys.keyId, watched.keyId]).toEqual([false, keys.keyId]);
    expect([old === keys.sign(said), watched.sign(said)]).toEqual([false, keys.sign(said)]);
    rmSync(folder, { recursive: true });
  });
});
