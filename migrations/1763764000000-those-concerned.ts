import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That those concerned are told: of the mode of a plan. */
export class ThoseConcerned1763764000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.tellOfModes(runner);
    await runner.query('SELECT app.let_owner_keep()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE plan_modes_told');
  }

  private async tellOfModes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which party was told of which mode. A mode itself never changes.
      CREATE TABLE plan_modes_told (
        mode_id uuid NOT NULL REFERENCES plan_modes,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        told_at timestamptz NOT NULL,
        PRIMARY KEY (mode_id, party_code)
      );
      -- What was declared before is known by now.
      ALTER TABLE plan_modes NO FORCE ROW LEVEL SECURITY;
      INSERT INTO plan_modes_told (mode_id, party_code, traffic, told_at)
        SELECT m.id, p.code, m.traffic, app.now() FROM plan_modes m CROSS JOIN parties p;
      ALTER TABLE plan_modes FORCE ROW LEVEL SECURITY;

      ALTER TABLE plan_modes_told ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY at_work ON plan_modes_told TO aldis_worker USING (app.at_work());
      GRANT SELECT, INSERT ON plan_modes_told TO aldis_worker`);
  }
}
