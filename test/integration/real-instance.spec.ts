import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { seedSampleWorld } from '#libs/directory';
import { prepareDatabase } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { migrations } from '#migrations';
import { settings } from '../harness/settings.js';

describe('a real instance', () => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const inside = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  const urls = {
    owner: inside(settings.urls.owner),
    api: inside(settings.urls.api),
    worker: inside(settings.urls.worker),
    ledger: inside(settings.urls.ledger),
  };
  const admin = new pg.Client({ connectionString: settings.admin });
  const owner = new pg.Client({ connectionString: urls.owner });
  const party = (code: string, alpha3: string, kind: string) =>
    owner.query(`INSERT INTO parties (code, alpha3, kind, names) VALUES ($1, $2, $3, '{}')`, [
      code,
      alpha3,
      kind,
    ]);

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name} OWNER ${new URL(settings.urls.owner).username}`);
    await prepareDatabase(urls, migrations);
    await owner.connect();
    const network = randomUUID();
    await owner.query(`INSERT INTO networks (id, code, names) VALUES ($1, 'real', '{}')`, [network]);
    await owner.query(`INSERT INTO instance (kind, network_id, created_at) VALUES ('real', $1, now())`, [
      network,
    ]);
  });
  afterAll(async () => {
    await owner.end();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });

  it('takes States that exist and refuses fictional ones', async () => {
    await expect(party('FJ', 'FJI', 'member-state')).resolves.toMatchObject({ rowCount: 1 });
    await expect(party('XA', 'XAA', 'fictional-state')).rejects.toThrow('no sample rows');
  });

  it('refuses addresses of samples', async () => {
    const [body, contact] = [randomUUID(), randomUUID()];
    await owner.query(`INSERT INTO bodies VALUES ($1, 'FJ', 'actual', 'cert', '{}')`, [body]);
    await owner.query(
      `INSERT INTO points_of_contact (id, party_code, body_id, traffic, level, position, role_names, languages, zone, state)
       VALUES ($1, 'FJ', $2, 'actual', 'technical', 1, '{}', '{en}', 'Pacific/Fiji', 'active')`,
      [contact, body],
    );
    const channel = (sample: boolean) =>
      owner.query(
        `INSERT INTO channels (id, point_of_contact_id, party_code, traffic, kind, position, address, sample, state)
        VALUES ($1, $2, 'FJ', 'actual', 'mail', 1, '{}', $3, 'proven')`,
        [randomUUID(), contact, sample],
      );
    await expect(channel(true)).rejects.toThrow('no sample rows');
    await expect(channel(false)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('keeps its time and its kind for life', async () => {
    await expect(owner.query(`INSERT INTO app.clock (ahead) VALUES ('1 hour')`)).rejects.toThrow(
      'is not moved',
    );
    await expect(owner.query(`UPDATE instance SET kind = 'sample'`)).rejects.toThrow('only ever grows');
    await expect(owner.query('DELETE FROM instance')).rejects.toThrow('only ever grows');
    await expect(owner.query('TRUNCATE instance')).rejects.toThrow('only ever grows');
  });

  it('is never seeded with the sample world', async () => {
    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
    expect(await seedSampleWorld(urls.owner, vault)).toBe(false);
    expect((await owner.query(`SELECT code FROM parties`)).rows).toEqual([{ code: 'FJ' }]);
  });
});
