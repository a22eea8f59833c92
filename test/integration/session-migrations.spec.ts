import { createDatabase } from '#libs/runtime';
import { migrations } from '#migrations';
import { TestDatabase } from '../harness/test-database.js';

describe('the migrations that bring new ways to open a session', () => {
  it('end the sessions so opened when they are taken away, and no other', async () => {
    const database = await TestDatabase.create();
    const owner = createDatabase({ url: database.urls.owner, application: 'migrate', migrations });
    await owner.initialize();
    try {
      // Whatever lets them in: it is the way back that is looked at.
      await database.rows(`SET session_replication_role = replica;
        INSERT INTO sessions (id, account_id, party_code, traffic, token_hash, created_at, seen_at, expires_at, stage, factor, factor_at)
        SELECT gen_random_uuid(), a.id, a.party_code, 'actual', f, now(), now(), now() + interval '1 hour', 'full', f, now()
        FROM (SELECT * FROM accounts WHERE party_code = 'XB' LIMIT 1) a, unnest(ARRAY['totp', 'organization', 'emergency']) f`);
      const left = async () =>
        (await database.rows<{ factor: string }>('SELECT factor FROM sessions ORDER BY factor')).map(
          ({ factor }) => factor,
        );
      const undoneWith = async (name: string) => {
        for (;;) {
          const [last] = await database.rows<{ name: string }>(
            'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
          );
          await owner.undoLastMigration();
          if (last?.name.startsWith(name)) return left();
        }
      };
      expect(await undoneWith('EmergencyAccess')).toEqual(['organization', 'totp']);
      expect(await undoneWith('OrganizationSignIn')).toEqual(['totp']);
      expect(await undoneWith('AccessRecord')).toEqual(['totp']);
      await owner.runMigrations();
      expect(await left()).toEqual(['totp']);
    } finally {
      await owner.destroy();
      await database.drop();
    }
  });
});
