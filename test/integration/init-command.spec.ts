import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readShare, recoverKeys } from '#libs/vault';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import { accept } from '../harness/invitee.js';
import { TestDatabase } from '../harness/test-database.js';
import { freePort, waitUntil } from '../harness/waiting.js';

interface Published {
  keys: { kid: string; successor?: { kid: string } }[];
}

describe('npm run cli -- init', () => {
  let database: TestDatabase;
  let folder: string;
  let env: Record<string, string>;
  const at = (name: string) => join(folder, name);
  const init = (...words: string[]) =>
    runCli(['init', '--network', 'Network', '--directory-manager', 'manager@un.int', ...words], env);

  beforeAll(async () => {
    database = await TestDatabase.bare();
    folder = mkdtempSync(join(tmpdir(), 'aldis-init-'));
    const { owner, api, worker, ledger } = database.urls;
    env = {
      ...{ DATABASE_URL: owner, DATABASE_URL_API: api, DATABASE_URL_WORKER: worker },
      ...{ DATABASE_URL_LEDGER: ledger, PORT: String(await freePort()) },
      ...{ VAULT_KEY_FILE: at('vault.json'), LEDGER_KEY_FILE: at('ledger.json') },
    };
  });
  // The last test's instance takes the database with it.
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes nothing when it is not told enough, or numbers of shares that cannot be', async () => {
    const bare = await runCli(['init', '--network', 'Network'], env);
    expect([bare.code, bare.output]).toEqual([1, expect.stringContaining('--shares 5 --need 3') as string]);
    const wrong = await init('--shares', '2', '--need', '3');
    expect([wrong.code, wrong.output]).toEqual([
      1,
      expect.stringContaining('no fewer than are needed') as string,
    ]);
    expect(await database.rows('SELECT 1 FROM instance')).toEqual([]);
  });

  it('makes keys, link and shares at once, looks at what it stands on, and the shares make the keys again', async () => {
    const { code, output } = await init();
    expect(code).toBe(0);
    expect(output).toContain('The database is up to date.');
    for (const name of ['vault.json', 'ledger.json']) expect(statSync(at(name)).mode & 0o777).toBe(0o600);
    const lines = output.match(/^([0-9A-Z]{5}-)+[0-9A-Z]+$/gm) ?? [];
    expect(lines).toHaveLength(5);
    const keys = JSON.parse(readFileSync(at('vault.json'), 'utf8')) as { keys: Record<string, string> };
    expect(await recoverKeys([lines[4], lines[1], lines[2]].map((line = '') => readShare(line)))).toEqual(
      keys,
    );
    expect(output).not.toContain(Object.values(keys.keys)[0]);
    expect(output).toContain('well   Row level security is forced on every table');
    expect(output).toContain('WRONG  This real instance has no directory manager: open the link');
  });

  it('makes fewer shares, or none, when it is repeated and asked to', async () => {
    const fewer = await init('--shares', '3', '--need', '2');
    expect(fewer.output.match(/^Share \d of 3$/gm)).toHaveLength(3);
    const none = await init('--without-shares');
    expect([none.output.includes('Share 1'), none.output.includes('keep a copy of the vault key')]).toEqual([
      false,
      true,
    ]);
  });

  it('makes no key in place of one that was lost', async () => {
    const kept = readFileSync(at('vault.json'));
    rmSync(at('vault.json'));
    const { code, output } = await init();
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('sealed under k1: bring the file back') as string,
    ]);
    expect(existsSync(at('vault.json'))).toBe(false);
    writeFileSync(at('vault.json'), kept, { mode: 0o600 });
  });

  it('leaves an instance whose record changes its key while it runs', async () => {
    const { VAULT_KEY_FILE = '', LEDGER_KEY_FILE = '' } = env;
    const instance = await Instance.start({ database, env: { VAULT_KEY_FILE, LEDGER_KEY_FILE } });
    const published = async () =>
      (await (await fetch(`${instance.url}/api/v1/ledger/key`)).json()) as Published;
    const keep = async (name: string) => writeFileSync(at(name), JSON.stringify(await published()));
    try {
      const link = /http:\S+\/invite\/\S+/.exec((await init('--without-shares')).output)?.[0] ?? '';
      expect(
        (await accept({ text: link.replace(/^http:\/\/[^/]+/, instance.url) }, 'M. Anager')).status,
      ).toBe(201);
      await keep('kept.json');
      const [before] = (await published()).keys;
      expect((await runCli(['rotate-keys', '--record'], env)).code).toBe(0);
      const changes = `SELECT FROM ledger_entries WHERE kind = 'access.record-key-changed'`;
      expect(await instance.database.rows(changes)).toHaveLength(1);
      await waitUntil('the new key is published', async () => (await published()).keys.length === 2);
      const { keys } = await published();
      expect(keys.map(({ kid, successor }) => [kid, successor?.kid])).toEqual([
        [keys[0]?.kid, undefined],
        [before?.kid, keys[0]?.kid],
      ]);
      await keep('now.json');
      const verified = await runCli(
        ['verify', 'ledger', '--key', at('now.json'), '--kept', at('kept.json')],
        env,
      );
      expect([verified.code, verified.output]).toEqual([
        0,
        expect.stringContaining('Nothing was changed') as string,
      ]);
      writeFileSync(at('now.json'), JSON.stringify({ keys: keys.map(({ successor: _, ...key }) => key) }));
      const broken = await runCli(
        ['verify', 'ledger', '--key', at('now.json'), '--kept', at('kept.json')],
        env,
      );
      expect([broken.code, broken.output]).toEqual([
        1,
        expect.stringContaining(`${keys[0]?.kid} in ${at('now.json')} does not follow`) as string,
      ]);
    } finally {
      await instance.stop();
    }
  });
});
