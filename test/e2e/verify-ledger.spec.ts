import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../harness/bare-environment.js';
import { Instance } from '../harness/instance.js';
import { settings } from '../harness/settings.js';

describe('npm run cli -- verify ledger', () => {
  let instance: Instance;
  const cli = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
  const verify = (words: string[] = [], variables: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...words], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...bareEnvironment, DATABASE_URL_LEDGER: instance.database.urls.ledger, ...variables },
    });
    return { status, stdout, stderr };
  };

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    await (await instance.officer('officer@xa.example')).files();
  });
  afterAll(() => instance.stop());

  it('walks everything and says how much that was', () => {
    expect(verify(['ledger'])).toEqual({
      status: 0,
      stdout:
        'Walked 3 chains with 3 entries, 0 of the journal (0 wait for their batch), and 0 checkpoints.\nNothing was changed, removed or put in between.\n',
      stderr: '',
    });
  });

  it("compares what was said as well, for those who have the vault's key", () => {
    const { status, stdout } = verify(['ledger', '--contents'], { VAULT_KEY: settings.vaultKey });
    expect([status, stdout]).toEqual([0, expect.stringContaining('Compared 2 contents')]);
    expect(verify(['ledger', '--contents'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('VAULT_KEY') as string,
    });
  });

  it('explains itself when it is asked for something else', () => {
    expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining('verify ledger') as string });
    expect(verify(['ledger', '--all']).status).toBe(1);
    expect(verify(['ledger'], { DATABASE_URL_LEDGER: '' }).stderr).toContain(
      'DATABASE_URL_LEDGER is missing',
    );
  });

  it('names the first row that does not fit, and ends with 1', async () => {
    await instance.database.rows(`ALTER TABLE request_events DISABLE TRIGGER ALL`);
    await instance.database.rows(`UPDATE request_events SET act = 'note' WHERE act = 'send'`);
    const [entry] = await instance.database.rows<{ chain: string }>(
      `SELECT chain FROM ledger_entries WHERE chain ~ '^line'`,
    );
    expect(verify(['ledger'])).toMatchObject({
      status: 1,
      stderr: `The record is broken. In ledger_entries, ${entry?.chain} 1: it says another kind than the event it is about: one of the two was changed.\n`,
    });
  });
});
