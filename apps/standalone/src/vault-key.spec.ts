import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseVaultKeys } from './vault-key.js';

describe('the vault key', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aldis-key-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is made once, for its owner alone, and found again', async () => {
    const first = await chooseVaultKeys({}, folder, false);
    const again = await chooseVaultKeys({}, folder, true);
    expect(again).toEqual(first);
    expect(Buffer.from(first.keys.keys.k1 ?? '', 'base64')).toHaveLength(32);
    expect(first.variables).toEqual({ VAULT_KEY_FILE: join(folder, 'vault-key.json') });
    expect((await stat(join(folder, 'vault-key.json'))).mode & 0o777).toBe(0o600);
  });

  it('is never made anew beside data that need a lost one', async () => {
    await expect(chooseVaultKeys({}, folder, true)).rejects.toThrow(/is missing/);
  });

  it('is the one given by the environment', async () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    expect(await chooseVaultKeys({ VAULT_KEY: `north:${key}` }, folder, true)).toEqual({
      variables: { VAULT_KEY: `north:${key}` },
      keys: { current: 'north', keys: { north: key } },
    });
  });

  it('is refused when its file is damaged or absent', async () => {
    const path = join(folder, 'keys.json');
    await expect(chooseVaultKeys({ VAULT_KEY_FILE: path }, folder, false)).rejects.toThrow(/not there/);
    for (const damaged of ['{', '{"current":"k2","keys":{}}', '{"current":"k1","keys":{"k1":"c2hvcnQ="}}']) {
      await writeFile(path, damaged);
      await expect(chooseVaultKeys({ VAULT_KEY_FILE: path }, folder, false)).rejects.toThrow(/damaged/);
    }
  });
});
