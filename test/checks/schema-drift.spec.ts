import { EntitySchema, type DataSource, type EntitySchemaColumnOptions } from 'typeorm';
import { entities } from '#libs/requests';
import { createDatabase, prepareDatabase } from '#libs/runtime';
import { migrations } from '#migrations';
import { schemaDrift, schemaLines } from './schema-plan.js';
import { scratchDatabase, type ScratchDatabase } from './scratch-database.js';

const serving = ['aldis_api', 'aldis_worker', 'aldis_ledger'];

describe('the database that the migrations make', () => {
  let scratch: ScratchDatabase;
  let owner: DataSource;
  const open = (shape: Partial<Parameters<typeof createDatabase>[0]>): Promise<DataSource> =>
    createDatabase({
      url: scratch.urls.owner,
      application: 'aldis-check',
      poolSize: 2,
      ...shape,
    }).initialize();
  const driftOf = async (
    rows: NonNullable<Parameters<typeof createDatabase>[0]['entities']>,
  ): Promise<string[]> => {
    const database = await open({ entities: rows });
    return schemaDrift(database).finally(() => database.destroy());
  };

  beforeAll(async () => {
    scratch = await scratchDatabase();
    await prepareDatabase(scratch.urls, migrations);
    owner = await open({ migrations });
  });
  afterAll(async () => {
    await owner?.destroy();
    await scratch?.remove();
  });

  it('has the tables and columns that the entities state', async () => {
    expect(entities.length).toBeGreaterThan(5);
    expect(await driftOf([...entities])).toEqual([]);
  });

  describe('is told apart from entities that', () => {
    type Columns = Record<string, EntitySchemaColumnOptions>;
    const stated = (table: string): Columns => ({
      id: { type: 'uuid', primary: true, primaryKeyConstraintName: `${table}_pkey` },
      code: { type: 'text' },
      names: { type: 'jsonb' },
    });
    beforeAll(async () => {
      await owner.query('CREATE TABLE clubs (id uuid PRIMARY KEY, code text NOT NULL, names jsonb NOT NULL)');
    });
    afterAll(async () => {
      await owner.query('DROP TABLE clubs');
    });
    const clubs = (changes: Columns, without = '', tableName = 'clubs') => {
      const columns = Object.entries({ ...stated(tableName), ...changes }).filter(
        ([name]) => name !== without,
      );
      return new EntitySchema<object>({ name: 'Club', tableName, columns: Object.fromEntries(columns) });
    };

    it('state the same: nothing', async () => expect(await driftOf([clubs({})])).toEqual([]));

    it.each([
      [
        'have one more column',
        clubs({ motto: { type: 'text' } }),
        ['ALTER TABLE "clubs" ADD "motto" text NOT NULL'],
      ],
      ['lack a column', clubs({}, 'names'), ['ALTER TABLE "clubs" DROP COLUMN "names"']],
      [
        'let a column be empty',
        clubs({ names: { type: 'jsonb', nullable: true } }),
        ['ALTER TABLE "clubs" ALTER COLUMN "names" DROP NOT NULL'],
      ],
      [
        'give a column another type',
        clubs({ names: { type: 'text' } }),
        ['ALTER TABLE "clubs" DROP COLUMN "names"', 'ALTER TABLE "clubs" ADD "names" text NOT NULL'],
      ],
      ['have another table', clubs({}, '', 'leagues'), [expect.stringMatching(/^CREATE TABLE "leagues"/)]],
    ])('%s', async (_, drifted, plan) => {
      expect(await driftOf([drifted])).toEqual(plan);
    });
  });

  it('walls every table with forced row level security', async () => {
    const unwalled = (): Promise<{ name: string }[]> =>
      owner.query(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND relname <> 'migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`);
    expect(await unwalled()).toEqual([]);
    await owner.query('CREATE TABLE unwalled ()');
    expect(await unwalled()).toEqual([{ name: 'unwalled' }]);
    await owner.query('DROP TABLE unwalled');
  });

  it('is served by roles that own nothing and cannot pass the walls', async () => {
    const roles: unknown[] = await owner.query(
      `SELECT rolname AS role FROM pg_roles WHERE rolname = ANY ($1)
        AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
        AND NOT EXISTS (SELECT FROM pg_shdepend WHERE refobjid = pg_roles.oid AND deptype = 'o')
        AND NOT EXISTS (SELECT FROM pg_class WHERE pg_has_role(rolname, relowner, 'MEMBER'))
        ORDER BY array_position($1, rolname::text)`,
      [serving],
    );
    expect(roles).toEqual(serving.map((role) => ({ role })));
  });

  it('is taken down step by step to nothing, and comes up the same again', async () => {
    const whole = await schemaLines(owner);
    expect(whole.length).toBeGreaterThan(200);
    let before = whole;
    // What only replaces something leaves as many lines: then they are compared with those on the way up.
    const replaced: { without: number; left: string[] }[] = [];
    for (const [nth, { name }] of [...migrations.entries()].reverse()) {
      await owner.undoLastMigration();
      const after = await schemaLines(owner);
      expect([name, after.length > before.length, after.join() === before.join()]).toEqual([
        name,
        false,
        false,
      ]);
      if (after.length === before.length) replaced.push({ without: nth, left: after });
      before = after;
    }
    expect(before).toEqual([]);
    for (const { without, left } of replaced.reverse()) {
      await prepareDatabase(scratch.urls, migrations.slice(0, without));
      expect(await schemaLines(owner)).toEqual(left);
    }
    await prepareDatabase(scratch.urls, migrations);
    expect(await schemaLines(owner)).toEqual(whole);
  });
});
