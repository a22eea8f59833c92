import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That those concerned are told: of the mode of a plan, of what will be due, and by readers of mails that they are no longer responsible. */
export class ThoseConcerned1763764000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.tellOfModes(runner);
    await this.letReadersDisclaim(runner);
    await this.warnAhead(runner);
    await runner.query('SELECT app.let_owner_keep()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.administrators_to_warn(uuid);
      DROP TABLE ahead_warnings;
      DROP INDEX channels_that_expire;
      DROP POLICY append_by_ack_link ON access_events; DROP POLICY by_ack_link ON corrections;
      ALTER TABLE ack_links DROP COLUMN reported_at;
      DROP TABLE plan_modes_told`);
  }

  private async warnAhead(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What the owner of an entry was told ahead of time, of which date, and how many days before.
      CREATE TABLE ahead_warnings (
        id uuid PRIMARY KEY,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        -- Whose last day it is; null: the whole entry is to be gone through.
        channel_id uuid REFERENCES channels,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        due_at timestamptz NOT NULL,
        days integer NOT NULL CHECK (days IN (30, 7, 0)),
        told_at timestamptz,
        CONSTRAINT ahead_warnings_once UNIQUE NULLS NOT DISTINCT (point_of_contact_id, channel_id, due_at, days)
      );
      CREATE INDEX channels_that_expire ON channels (expires_on)
        WHERE expires_on IS NOT NULL AND state IN ('proven', 'suspect');
      ALTER TABLE ahead_warnings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY at_work ON ahead_warnings TO aldis_worker USING (app.at_work());
      GRANT SELECT, INSERT, UPDATE (told_at) ON ahead_warnings TO aldis_worker;

      -- As of corrections: the worker is told of those who keep an entry for as long as they have not been warned.
      CREATE POLICY to_warn ON ahead_warnings FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.at_work() AND told_at IS NULL);
      CREATE FUNCTION app.administrators_to_warn(warning uuid) RETURNS TABLE (id uuid, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.language, a.person FROM public.ahead_warnings w JOIN public.accounts a ON a.party_code = w.party_code
        WHERE w.id = warning AND w.told_at IS NULL AND a.role = 'party-administrator' AND a.deactivated_at IS NULL
        ORDER BY a.id $$;
      REVOKE EXECUTE ON FUNCTION app.administrators_to_warn(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.administrators_to_warn(uuid) TO aldis_worker`);
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
