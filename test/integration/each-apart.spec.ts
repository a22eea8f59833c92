import { createDatabase, UnitOfWork } from '#libs/runtime';
import { TestDatabase } from '../harness/test-database.js';

describe('units of work that are done one by one', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  it('hold up none of the others where one fails, count what was done, and raise all failures after the rest', async () => {
    const source = createDatabase({ url: database.urls.api, application: 'aldis-test', poolSize: 1 });
    await source.initialize();
    const units = new UnitOfWork(source);
    const identity = { actor: 'test', party: 'XA', body: null, purpose: 'read' };
    const reached: number[] = [];
    const each = (items: number[]) =>
      units.each(identity, items, async (tx, divisor) => {
        reached.push(divisor);
        const [row] = await tx.query<{ quotient: number }>('SELECT 4 / $1::int AS quotient', [divisor]);
        return row?.quotient === 2;
      });
    try {
      await expect(each([0, 1, 2, 0, 2])).rejects.toThrow(/division by zero.*; .*division by zero/);
      expect(reached).toEqual([0, 1, 2, 0, 2]);
      expect([await each([1, 2, 2]), await each([])]).toEqual([2, 0]);
    } finally {
      await source.destroy();
    }
  });
});
