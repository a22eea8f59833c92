import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a party lets others take out of the directory: all they may read, roles without persons, or nothing. */
export class ExportConsent1763763700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE export_consents (
        party_code text PRIMARY KEY REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        consent text NOT NULL CHECK (consent IN ('whole', 'roles', 'nothing')),
        changed_at timestamptz NOT NULL,
        version integer NOT NULL CHECK (version >= 1)
      );
      ALTER TABLE export_consents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY in_network ON export_consents FOR SELECT TO aldis_api USING ((SELECT app.in_network())
        AND ((SELECT app.party()) IS NULL OR party_code = (SELECT app.party()) OR party_code IN (SELECT app.parties_met())));
      CREATE POLICY by_administrator ON export_consents FOR INSERT TO aldis_api WITH CHECK (app.keeps_entries(party_code));
      CREATE POLICY by_administrator_changed ON export_consents FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code)) WITH CHECK (app.keeps_entries(party_code));
      GRANT SELECT, INSERT, UPDATE (consent, changed_at, version) ON export_consents TO aldis_api;
      -- That an operator took a snapshot.
      CREATE POLICY owner_records_snapshots ON access_events FOR INSERT TO CURRENT_USER WITH CHECK (
        app.kept_for('snapshot') AND act = 'snapshot-taken' AND account_id IS NULL AND party_code IS NULL AND assurance = 'system');
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY owner_records_snapshots ON access_events; DROP TABLE export_consents');
  }
}
