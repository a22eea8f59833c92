import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The procedure of a party or of one of its bodies (A/76/135, 77 (b)), and the names of States, which are their own. */
export class OwnSide1763763050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row for each version; the newest is in force. Nobody but the party sees any.
      CREATE TABLE procedures (
        id uuid PRIMARY KEY,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        -- Null: of the party as a whole.
        body_id uuid REFERENCES bodies,
        version integer NOT NULL CHECK (version >= 1),
        -- The steps with what was said of each: sealed.
        content jsonb NOT NULL,
        set_by uuid NOT NULL REFERENCES accounts,
        set_at timestamptz NOT NULL,
        CONSTRAINT procedures_versions UNIQUE NULLS NOT DISTINCT (party_code, body_id, version)
      );
      ALTER TABLE procedures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_party ON procedures FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY by_administrator ON procedures FOR INSERT TO aldis_api
        WITH CHECK (app.keeps_entries(party_code) AND set_by = app.account() AND (body_id IS NULL OR EXISTS
          (SELECT 1 FROM bodies b WHERE b.id = body_id AND b.party_code = procedures.party_code)));
      GRANT SELECT, INSERT ON procedures TO aldis_api;

      CREATE POLICY names_of_states_are_their_own ON parties AS RESTRICTIVE FOR UPDATE TO aldis_api
        USING (kind NOT IN ('member-state', 'fictional-state'));
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP POLICY names_of_states_are_their_own ON parties; DROP TABLE procedures`);
  }
}
