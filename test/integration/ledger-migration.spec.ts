import { Verification } from '#libs/ledger';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { migrations } from '#migrations';
import { Instance } from '../harness/instance.js';
import { untilQuiet } from '../harness/quiet.js';

describe('the migration that makes the ledger', () => {
  it('gives events that are there already their chains, and takes them away again', async () => {
    const instance = await Instance.start();
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    await untilQuiet(instance);
    await (await instance.officer('officer@xb.example')).acts(id, { act: 'take' });
    await instance.stopWorker();
    const { urls } = instance.database;
    const owner = createDatabase({ url: urls.owner, application: 'migrate', migrations });
    const ledger = createDatabase({ url: urls.ledger, application: 'verify' });
    await Promise.all([owner.initialize(), ledger.initialize()]);
    try {
      const before = await instance.database.rows(
        `SELECT subject_id, hash FROM ledger_entries WHERE kind ~ '^request' ORDER BY 1`,
      );
      const steps = migrations.length - migrations.findIndex(({ name }) => name.startsWith('Ledger'));
      for (let step = 0; step < steps; step++) await owner.undoLastMigration();
      expect(await instance.database.rows(`SELECT FROM pg_class WHERE relname ~ '^ledger_'`)).toEqual([]);
      await owner.runMigrations();
      const after = await instance.database.rows(`SELECT subject_id, hash FROM ledger_entries ORDER BY 1`);
      expect(after).toEqual(before);
      const findings = await new Verification(new UnitOfWork(ledger)).run();
      expect(findings).toMatchObject({ chains: 3, entries: before.length, faults: [] });
    } finally {
      await Promise.all([owner.destroy(), ledger.destroy()]);
      await instance.stop();
    }
  });
});
