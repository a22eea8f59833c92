import { createDatabase, UnitOfWork } from '#libs/runtime';
import { TestDatabase } from '../harness/test-database.js';

type Kept = { text: string; kept: number; mode: string };

describe('statements that a connection keeps', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  it('plans the same text once, keeps it beyond a transaction that fails, and keeps to the plan no longer than asked', async () => {
    const source = createDatabase({ url: database.urls.api, application: 'aldis-test', poolSize: 1 });
    await source.initialize();
    const units = new UnitOfWork(source);
    const identity = { actor: 'test', party: 'XA', body: null, purpose: 'read' };
    const asked = `SELECT $1::text AS text, current_setting('plan_cache_mode') AS mode,
      (SELECT count(*)::int FROM pg_prepared_statements WHERE statement LIKE '%AS kept%') AS kept`;
    const ask = (text: string) => units.run(identity, (tx) => tx.prepared<Kept>(asked, [text]));
    try {
      expect(await ask('a')).toEqual([{ text: 'a', mode: 'auto', kept: 1 }]);
      const failing = units.run(identity, async (tx) => {
        await tx.keepPlans();
        expect(await tx.prepared<Kept>(asked, ['b'])).toEqual([
          { text: 'b', mode: 'force_generic_plan', kept: 1 },
        ]);
        return tx.prepared('SELECT 1 / $1::int AS none', [0]);
      });
      await expect(failing).rejects.toMatchObject({ code: '22012' });
      expect(await ask('c')).toEqual([{ text: 'c', mode: 'auto', kept: 1 }]);
    } finally {
      await source.destroy();
    }
  });

  it('asks at once, answers in order, and raises what went wrong first when all have ended', async () => {
    const source = createDatabase({ url: database.urls.api, application: 'aldis-test', poolSize: 1 });
    await source.initialize();
    const units = new UnitOfWork(source);
    const identity = { actor: 'test', party: 'XA', body: null, purpose: 'read' };
    try {
      const answers = await units.run(identity, (tx) =>
        tx.atOnce([
          tx.prepared<{ one: number }>('SELECT 1 AS one FROM pg_sleep(0.05)'),
          tx.query<{ two: string }>('SELECT app.party() AS two'),
          tx.prepared<{ one: number }>('SELECT 1 AS one FROM pg_sleep(0.05)'),
          3,
        ]),
      );
      expect(answers).toEqual([[{ one: 1 }], [{ two: 'XA' }], [{ one: 1 }], 3]);
      const runner = source.createQueryRunner();
      expect(await runner.connect()).toMatchObject({ pipeline: true });
      await runner.release();
      const ended: string[] = [];
      const failing = units.run(identity, (tx) =>
        tx.atOnce([
          tx.prepared('SELECT 1 AS before').finally(() => ended.push('before')),
          tx.prepared('SELECT 1 / $1::int AS none', [0]).finally(() => ended.push('wrong')),
          tx
            .prepared('SELECT 1 AS after')
            .catch(() => tx.prepared('SELECT 2 AS later'))
            .finally(() => ended.push('after')),
        ]),
      );
      await expect(failing).rejects.toMatchObject({ code: '22012' });
      const deep = units.run(identity, (tx) =>
        tx.atOnce([
          tx.atOnce([tx.prepared('SELECT 1 / $1::int AS none', [0]), tx.prepared('SELECT 3 AS beside')]),
          tx.prepared('SELECT 1 AS after'),
        ]),
      );
      await expect(deep).rejects.toMatchObject({ code: '22012' });
      expect(ended).toEqual(['before', 'wrong', 'after']);
      expect(await units.run(identity, (tx) => tx.query('SELECT app.party() AS party'))).toEqual([
        { party: 'XA' },
      ]);
    } finally {
      await source.destroy();
    }
  });

  it('refuses once the transaction is over', async () => {
    const source = createDatabase({ url: database.urls.api, application: 'aldis-test', poolSize: 1 });
    await source.initialize();
    try {
      const tx = await new UnitOfWork(source).run(
        { actor: 'test', party: null, body: null, purpose: 'read' },
        (open) => Promise.resolve(open),
      );
      await expect(tx.prepared('SELECT 1 AS one')).rejects.toThrow('the transaction is over');
    } finally {
      await source.destroy();
    }
  });
});
