import { randomBytes } from 'node:crypto';
import { foundInstance } from '#libs/access';
import { environment } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { examine } from '../../apps/cli/src/doctor/doctor.js';
import { Instance } from '../harness/instance.js';
import { accept } from '../harness/invitee.js';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';
import { freePort } from '../harness/waiting.js';

describe('a real instance, from init on', () => {
  let database: TestDatabase;
  let instance: Instance;
  const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
  const founding = { network: 'Network of points of contact', directoryManager: 'manager@un.int' };
  const found = (changes: object = {}) =>
    foundInstance(database.urls.owner, vault, { ...founding, publicUrl: instance.url, ...changes });
  const examined = async (changes: Record<string, string> = {}) => {
    const { owner, api, worker, ledger } = database.urls;
    const urls = {
      DATABASE_URL: owner,
      DATABASE_URL_API: api,
      DATABASE_URL_WORKER: worker,
      DATABASE_URL_LEDGER: ledger,
    };
    const env = { ...urls, VAULT_KEY: settings.vaultKey, PUBLIC_URL: 'https://aldis.example', ...changes };
    const findings = await examine(environment.examined(env));
    return {
      all: findings.map(({ says }) => says),
      wrong: findings.flatMap(({ is, says }) => (is === 'wrong' ? [says] : [])),
    };
  };

  beforeAll(async () => {
    database = await TestDatabase.bare();
    instance = await Instance.start({ database });
  });
  afterAll(() => instance.stop());

  it('is not made with a fictional address, nor without a name', async () => {
    await expect(found({ directoryManager: 'manager@network.example' })).rejects.toThrow('.example');
    await expect(found({ directoryManager: 'manager' })).rejects.toThrow('mail address');
    await expect(found({ network: ' ' })).rejects.toThrow('name');
    expect((await examined()).wrong).toEqual([expect.stringContaining('has not been set up')]);
  });

  it('answers one link at a time until its first directory manager has an account', async () => {
    const before = await found();
    const { link } = await found();
    expect((await examined()).wrong).toEqual([expect.stringContaining('no directory manager')]);
    expect((await accept({ text: before.link }, 'M. Anager')).status).toBe(404);
    const page = await accept({ text: link }, 'M. Anager');
    expect([page.status, page.text.includes('SAMPLE')]).toEqual([201, false]);
    await expect(found()).rejects.toThrow('in use already');
    const states = await database.rows('SELECT 1 FROM parties');
    expect([states.length, await database.rows('SELECT 1 FROM points_of_contact')]).toEqual([193, []]);
    expect(await database.rows('SELECT 1 FROM memberships WHERE left_at IS NULL')).toHaveLength(193);
    expect(await database.rows('SELECT kind FROM instance')).toEqual([{ kind: 'real' }]);
  });

  it('is found well by the doctor', async () => {
    // Here the mail server itself is what greets whoever brings a mail back.
    const returns = { RETURN_ADDRESS: 'returns@aldis.un.int', RETURN_PORT: String(instance.sink.port) };
    const { all, wrong } = await examined({ SMTP_URL: instance.sink.url, ...returns });
    // The tests' own database does without fsync, for it is thrown away.
    expect(wrong.filter((says) => !/^(fsync|full_page_writes|synchronous_commit) is off/.test(says))).toEqual(
      [],
    );
    expect(all).toEqual(
      expect.arrayContaining([
        'Row level security is forced on every table',
        'The mail relay answers and takes the sign-in',
        `Mails that come back to returns@aldis.un.int are taken at 127.0.0.1:${instance.sink.port}`,
        'This is a real instance with 1 directory manager(s)',
      ]),
    );
  });

  it('has its faults named', async () => {
    const closed = await freePort();
    const other = `k9:${randomBytes(32).toString('base64')}`;
    const worker = new URL(database.urls.worker);
    worker.password = 'another';
    const { wrong } = await examined({
      ...{
        VAULT_KEY: other,
        SMTP_URL: `smtp://127.0.0.1:${closed}`,
        REDIS_URL: `redis://127.0.0.1:${closed}`,
        ...{ RETURN_ADDRESS: 'returns@aldis.un.int', RETURN_PORT: String(closed) },
      },
      ...{
        PUBLIC_URL: 'http://aldis.un.int',
        DATABASE_URL_API: database.urls.owner,
        DATABASE_URL_WORKER: worker.href,
      },
    });
    const told = (part: string) => wrong.some((says) => says.includes(part));
    expect(
      [
        'vault keys that are not at hand: k1',
        'Redis does not answer',
        'mail relay',
        'Nobody takes mails that come back',
        'over https alone',
      ].filter((part) => !told(part)),
    ).toEqual([]);
    expect([told('of the api may pass the walls'), wrong.join(' ').includes('another')]).toEqual([
      true,
      false,
    ]);
    expect((await examined({ DATABASE_URL: `postgresql://x@127.0.0.1:${closed}/x` })).wrong[0]).toContain(
      'cannot be reached',
    );
  });

  it('finds a wall that was taken down', async () => {
    await database.rows('ALTER TABLE requests NO FORCE ROW LEVEL SECURITY');
    expect((await examined()).wrong).toEqual(
      expect.arrayContaining(['Row level security is not forced on requests']),
    );
    await database.rows('ALTER TABLE requests FORCE ROW LEVEL SECURITY');
  });
});
