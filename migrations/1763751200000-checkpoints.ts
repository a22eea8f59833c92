import type { MigrationInterface, QueryRunner } from 'typeorm';

const hash = (column: string) => `${column} text NOT NULL CHECK (${column} ~ '^[0-9a-f]{64}$')`;

/** Signed statements of where the chains ended, for copies outside: they tell nothing of what the chains hold. */
export class Checkpoints1763751200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- 244 random bits a chain: who does not know them learns nothing from the leaf of its head.
      ALTER TABLE ledger_heads ADD COLUMN salt text NOT NULL
        DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
      ALTER TABLE ledger_heads ALTER COLUMN salt DROP DEFAULT;
      CREATE FUNCTION app.salt_head() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.salt := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
          RETURN NEW;
        END $$;
      CREATE TRIGGER ledger_heads_are_salted BEFORE INSERT ON ledger_heads
        FOR EACH ROW EXECUTE FUNCTION app.salt_head();
      CREATE TRIGGER ledger_heads_keep_their_salt BEFORE UPDATE ON ledger_heads
        FOR EACH ROW WHEN (OLD.salt IS DISTINCT FROM NEW.salt) EXECUTE FUNCTION app.refuse_change();

      CREATE TABLE checkpoints (
        number integer PRIMARY KEY CHECK (number >= 1),
        network text NOT NULL,
        at timestamptz NOT NULL,
        root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
        -- The hash of the checkpoint before; null for the first.
        previous text CHECK (previous ~ '^[0-9a-f]{64}$'),
        key_id text NOT NULL,
        signature text NOT NULL,
        -- The leaves in their order, filled up so that their number tells little; blinded all.
        leaves text[] NOT NULL,
        -- From which the leaves are made that stand for no chain.
        ${hash('padding')}
      );
      CREATE TABLE checkpoint_places (
        checkpoint integer NOT NULL REFERENCES checkpoints,
        position integer NOT NULL CHECK (position >= 0),
        chain text NOT NULL,
        seq integer NOT NULL CHECK (seq >= 1),
        PRIMARY KEY (checkpoint, position)
      );
      CREATE INDEX checkpoint_places_of_chain ON checkpoint_places (chain, seq DESC);`);
    for (const table of ['checkpoints', 'checkpoint_places'])
      await runner.query(`
        CREATE TRIGGER ${table}_only_grow BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
        CREATE TRIGGER ${table}_are_kept BEFORE TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY at_work ON ${table} TO aldis_worker USING (app.at_work());
        CREATE POLICY verify ON ${table} FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
        GRANT SELECT, INSERT ON ${table} TO aldis_worker;
        GRANT SELECT ON ${table} TO aldis_ledger;`);
    await runner.query(`
      CREATE POLICY seen ON checkpoints FOR SELECT TO aldis_api USING (app.known());
      -- Where a chain stands in a checkpoint is known to those who see the chain; so is its salt.
      CREATE POLICY with_its_entry ON checkpoint_places FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM ledger_entries l WHERE l.chain = checkpoint_places.chain AND l.seq = checkpoint_places.seq));
      CREATE POLICY with_its_entry ON ledger_heads FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM ledger_entries l WHERE l.chain = ledger_heads.chain AND l.seq = ledger_heads.seq));
      CREATE POLICY at_work ON ledger_heads FOR SELECT TO aldis_worker USING (app.at_work());
      GRANT SELECT (number, network, at, root, previous, key_id, signature, leaves) ON checkpoints TO aldis_api;
      GRANT SELECT ON checkpoint_places TO aldis_api;
      GRANT SELECT (chain, seq, salt) ON ledger_heads TO aldis_api;
      GRANT SELECT (chain, seq, hash, salt) ON ledger_heads TO aldis_worker;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE checkpoint_places, checkpoints;
      DROP POLICY with_its_entry ON ledger_heads;
      DROP POLICY at_work ON ledger_heads;
      REVOKE SELECT (chain, seq, salt) ON ledger_heads FROM aldis_api;
      REVOKE SELECT (chain, seq, hash, salt) ON ledger_heads FROM aldis_worker;
      DROP TRIGGER ledger_heads_keep_their_salt ON ledger_heads;
      DROP TRIGGER ledger_heads_are_salted ON ledger_heads;
      DROP FUNCTION app.salt_head();
      ALTER TABLE ledger_heads DROP COLUMN salt;`);
  }
}
