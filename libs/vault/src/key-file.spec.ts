import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LocalKeys,
  readKeyFile,
  Vault,
  withNewKey,
  withoutKey,
  writeKeyFile,
  type KeyFile,
} from './index.js';
import { parseKeyFile, watchKeyFile } from './key-file.js';

const key = () => randomBytes(32).toString('base64');
const one = (): KeyFile => ({ current: 'k1', keys: { k1: key() } });

describe('a key file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-keys-'));
    path = join(folder, 'vault-key.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is replaced as a whole, for its owner alone, and nothing else is left beside it', () => {
    const [first, second] = [one(), one()];
    writeKeyFile(path, first);
    expect([readKeyFile(path), statSync(path).mode & 0o777]).toEqual([first, 0o600]);
    chmodSync(path, 0o400);
    writeKeyFile(path, second);
    expect([readKeyFile(path), statSync(path).mode & 0o777]).toEqual([second, 0o400]);
    expect(readdirSync(folder)).toEqual(['vault-key.json']);
  });

  it('that cannot be replaced is said to be so, and nothing is left beside it', () => {
    expect(() => writeKeyFile(join(folder, 'nowhere', 'vault-key.json'), one())).toThrow('ENOENT');
    expect(() => writeKeyFile(folder, one())).toThrow(/cannot be replaced/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['no JSON', '{"current"', 'not JSON'],
    ['a current key that is not there', JSON.stringify({ current: 'k2', keys: { k1: key() } }), 'not among'],
    ['a short key', JSON.stringify({ current: 'k1', keys: { k1: 'c2VjcmV0' } }), 'does not fit'],
    ['a name with a slash', JSON.stringify({ current: 'a/b', keys: { 'a/b': key() } }), 'does not fit'],
  ])('is refused with %s, without repeating what is in it', (_, text, words) => {
    expect(() => parseKeyFile(text)).toThrow(words);
    expect(() => parseKeyFile(text)).not.toThrow('c2VjcmV0');
  });

  it('takes a new key in front, keeps the old ones and never gives an id twice', () => {
    const first = one();
    const second = withNewKey(first);
    const third = withNewKey(withoutKey(second, 'k1'));
    expect([second.current, third.current, Object.keys(third.keys)]).toEqual(['k2', 'k3', ['k2', 'k3']]);
    expect(second.keys['k1']).toBe(first.keys['k1']);
    expect(withNewKey({ current: 'main', keys: { main: key(), k7: key() } }).current).toBe('k8');
  });

  it('gives up no key that is the current one or is not there', () => {
    expect(() => withoutKey(one(), 'k1')).toThrow('current');
    expect(() => withoutKey(one(), 'k2')).toThrow('no key "k2"');
  });

  it('is read again when it has changed, and not while it is damaged or gone', () => {
    const [first, second] = [one(), withNewKey(one())];
    writeKeyFile(path, first);
    const changed = watchKeyFile(path);
    expect(changed()).toBeUndefined();
    writeKeyFile(path, second);
    expect([changed(), changed()]).toEqual([second, undefined]);
    writeFileSync(path, '{"half":');
    expect(changed()).toBeUndefined();
    rmSync(path);
    expect(changed()).toBeUndefined();
    writeKeyFile(path, first);
    expect(changed()).toEqual(first);
  });

  it('gives a process that runs a key it has not heard of, at once', async () => {
    const file = one();
    writeKeyFile(path, file);
    const serving = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY_FILE: path }));
    writeKeyFile(path, withNewKey(file));
    const other = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY_FILE: path }));
    const place = { table: 'accounts', row: 'a', field: 'person' };
    const sealed = other.seal(await other.partyKey('XA'), place, 'x');
    expect([sealed.key_id, await serving.openPartys(place, sealed)]).toEqual(['k2/party:XA', 'x']);
    expect(readFileSync(path, 'utf8')).not.toContain(sealed.ciphertext);
  });
});
