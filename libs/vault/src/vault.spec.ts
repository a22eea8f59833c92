import { randomBytes } from 'node:crypto';
import { LocalKeys, Vault } from './index.js';

const root = () => randomBytes(32);
const keys = new LocalKeys('k1', new Map([['k1', root()]]));
const vault = new Vault(keys);
const place = { table: 'requests', row: 'r1', field: 'content' };

describe('the vault', () => {
  it('opens what it sealed, and shows nothing of it meanwhile', () => {
    const key = vault.newDataKey('r1');
    const sealed = vault.seal(key, place, { sentence: 'We need help in two hospitals.' });
    expect(JSON.stringify(sealed)).not.toContain('hospitals');
    expect(Buffer.from(sealed.ciphertext, 'base64').toString('latin1')).not.toContain('hospitals');
    expect(vault.open(key, place, sealed)).toEqual({ sentence: 'We need help in two hospitals.' });
  });

  it('refuses a value that was moved to another row, field or table', () => {
    const key = vault.newDataKey('r1');
    const sealed = vault.seal(key, place, 'x');
    for (const moved of [
      { ...place, row: 'r2' },
      { ...place, field: 'other' },
      { ...place, table: 'messages' },
    ])
      expect(() => vault.open(key, moved, sealed)).toThrow();
  });

  it('refuses a value in which one bit was changed', () => {
    const key = vault.newDataKey('r1');
    const sealed = vault.seal(key, place, 'x');
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    bytes[13]! ^= 1;
    expect(() => vault.open(key, place, { ...sealed, ciphertext: bytes.toString('base64') })).toThrow();
  });

  it('wraps a data key for each party, and one party cannot open with the wrapping of another', async () => {
    const key = vault.newDataKey('r1');
    const forA = await vault.wrap(key, 'XA');
    const forB = await vault.wrap(key, 'XB');
    expect((await vault.unwrap('r1', 'XA', forA)).key).toEqual(key.key);
    expect((await vault.unwrap('r1', 'XB', forB)).key).toEqual(key.key);
    await expect(vault.unwrap('r1', 'XB', forA)).rejects.toThrow();
    await expect(vault.unwrap('r2', 'XA', forA)).rejects.toThrow();
  });

  it('opens what an older root key sealed, after a new one became current', async () => {
    const [old, fresh] = [root(), root()];
    const before = new Vault(new LocalKeys('k1', new Map([['k1', old]])));
    const after = new Vault(
      new LocalKeys(
        'k2',
        new Map([
          ['k1', old],
          ['k2', fresh],
        ]),
      ),
    );
    const sealed = before.seal(await before.partyKey('XA'), place, 'kept');
    expect(await after.openPartys(place, sealed)).toBe('kept');
    expect(await after.secret('link', 'n1', 'k1')).toEqual(await before.secret('link', 'n1'));
    expect(await after.secret('link', 'n1')).not.toEqual(await before.secret('link', 'n1'));
  });

  it('reads its keys from a file document or from one variable, and says what is missing', () => {
    const value = root().toString('base64');
    expect(LocalKeys.fromDocument(JSON.stringify({ current: 'a', keys: { a: value } })).current).toBe('a');
    expect(LocalKeys.fromEnvironment({ VAULT_KEY: `b:${value}` }).current).toBe('b');
    expect(() => LocalKeys.fromEnvironment({})).toThrow('VAULT_KEY_FILE');
    expect(() => LocalKeys.fromDocument(JSON.stringify({ current: 'z', keys: { a: value } }))).toThrow('"z"');
  });
});
