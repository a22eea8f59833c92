import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That those concerned are told: of the mode of a plan, and by readers of mails that they are no longer responsible. */
export class ThoseConcerned1763764000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.tellOfModes(runner);
    await this.letReadersDisclaim(runner);
    await runner.query('SELECT app.let_owner_keep()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY append_by_ack_link ON access_events; DROP POLICY by_ack_link ON corrections;
      ALTER TABLE ack_links DROP COLUMN reported_at;
      DROP TABLE plan_modes_told`);
  }

  private async letReadersDisclaim(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the bearer said that nobody there is responsible any more: once.
      ALTER TABLE ack_links ADD COLUMN reported_at timestamptz;
      GRANT UPDATE (reported_at) ON ack_links TO aldis_api;
      -- Whoever has the link of a notice says that of the entry that it went to, and no more.
      CREATE POLICY by_ack_link ON corrections FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND via = 'link' AND state = 'open' AND told_at IS NULL
          AND what = 'no-longer-responsible' AND content IS NULL
          AND EXISTS (SELECT 1 FROM ack_links k JOIN notices n ON n.id = k.notice_id
            WHERE k.token_hash = app.presented() AND k.reported_at IS NULL AND k.expires_at > app.now()
              AND n.point_of_contact_id = corrections.point_of_contact_id AND k.party_code = corrections.party_code)
          AND (channel_id IS NULL OR EXISTS (SELECT 1 FROM channels c
            WHERE c.id = channel_id AND c.point_of_contact_id = corrections.point_of_contact_id)));
      CREATE POLICY append_by_ack_link ON access_events FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND account_id IS NULL AND assurance = 'link-and-code' AND act = 'contact-reported'
          AND traffic = 'actual' AND EXISTS (SELECT 1 FROM ack_links k JOIN notices n ON n.id = k.notice_id
            JOIN corrections r ON r.point_of_contact_id = n.point_of_contact_id
            WHERE k.token_hash = app.presented() AND k.reported_at = r.reported_at AND k.party_code = access_events.party_code
              AND r.id = about AND r.via = 'link' AND r.what = 'no-longer-responsible'))`);
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
