import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofParty = `party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** Documents that a party brings in: what they would do, what was made of it, how far that is, and that it was undone. */
export class Imports1763763800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imports (
        id uuid PRIMARY KEY,
        ${ofParty},
        format text NOT NULL CHECK (format IN ('csv', 'vcard', 'jcard', 'ti-json', 'rfc2350', 'security-txt')),
        -- SHA-256 of the document, which itself is not kept.
        digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
        bytes integer NOT NULL CHECK (bytes > 0),
        state text NOT NULL CHECK (state IN ('previewed', 'applied', 'undone', 'discarded')),
        -- What it would do and what was said about it, line by line; gone once it is over.
        content jsonb,
        total integer NOT NULL CHECK (total >= 0),
        previewed_by uuid REFERENCES accounts,
        previewed_at timestamptz NOT NULL,
        applied_by uuid REFERENCES accounts,
        applied_at timestamptz,
        ended_at timestamptz,
        -- Ids of the bodies and points of contact that came of it.
        made_bodies uuid[] NOT NULL DEFAULT '{}',
        made_entries uuid[] NOT NULL DEFAULT '{}',
        version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        CONSTRAINT imports_applied CHECK ((state IN ('applied', 'undone')) = (applied_at IS NOT NULL)),
        CONSTRAINT imports_ended CHECK ((state IN ('undone', 'discarded')) = (ended_at IS NOT NULL))
      );
      CREATE INDEX imports_of_party ON imports (party_code, previewed_at DESC);
      -- How many points of contact are entered so far; written beside the transaction that enters them.
      CREATE TABLE import_progress (
        import_id uuid PRIMARY KEY REFERENCES imports,
        ${ofParty},
        done integer NOT NULL CHECK (done >= 0)
      );`);
    for (const table of ['imports', 'import_progress'])
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY by_administrator ON ${table} TO aldis_api USING (app.keeps_entries(party_code))
          WITH CHECK (app.keeps_entries(party_code));
        CREATE POLICY owner_imports ON ${table} TO CURRENT_USER USING (app.kept_for('import')) WITH CHECK (app.kept_for('import'));`);
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE (state, content, applied_by, applied_at, ended_at, made_bodies, made_entries, version)
        ON imports TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (done) ON import_progress TO aldis_api;
      -- What was looked at and not wanted is gone after a week.
      CREATE POLICY over ON imports TO CURRENT_USER
        USING (state = 'previewed' AND previewed_at < app.now() - interval '7 days') WITH CHECK (state = 'discarded');
      CREATE FUNCTION app.forget_imports() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
        DECLARE forgotten integer := 0;
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          UPDATE public.imports SET state = 'discarded', ended_at = app.now(), content = NULL, version = version + 1
            WHERE state = 'previewed' AND previewed_at < app.now() - interval '7 days';
          GET DIAGNOSTICS forgotten = ROW_COUNT;
          RETURN forgotten;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.forget_imports() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.forget_imports() TO aldis_worker;
      CREATE POLICY owner_records_imports ON access_events FOR INSERT TO CURRENT_USER WITH CHECK (app.kept_for('import')
        AND act ~ '^(import|entry|body|directory)-' AND account_id IS NULL AND assurance = 'system');
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP POLICY owner_records_imports ON access_events; DROP TABLE import_progress; DROP TABLE imports; DROP FUNCTION app.forget_imports()',
    );
  }
}
