import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningKeys } from '#libs/vault';
import { chooseLedgerKey } from './ledger-key.js';

describe('the key that signs the record', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aldis-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, for its owner alone, and found again', async () => {
    const path = join(folder, 'ledger-key.json');
    expect(await chooseLedgerKey({}, folder)).toEqual({ LEDGER_KEY_FILE: path });
    const first = SigningKeys.fromEnvironment({ LEDGER_KEY_FILE: path }).keyId;
    expect(await chooseLedgerKey({}, folder)).toEqual({ LEDGER_KEY_FILE: path });
    expect(SigningKeys.fromEnvironment({ LEDGER_KEY_FILE: path }).keyId).toBe(first);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is the one given, and refused when its file is absent', async () => {
    const key = `s9:${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await chooseLedgerKey({ LEDGER_KEY: key }, folder)).toEqual({ LEDGER_KEY: key });
    const path = join(folder, 'none.json');
    await expect(chooseLedgerKey({ LEDGER_KEY_FILE: path }, folder)).rejects.toThrow(/not there/);
  });
});
