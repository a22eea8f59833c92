import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['request_members', 'addressees', 'clocks', 'messages', 'notices', 'ack_links'];

/** An addressee hands a request over to another body of its own State: a line that follows the one before. */
export class HandOver1763750700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bodies ADD CONSTRAINT bodies_within_party UNIQUE (id, party_code);
      ALTER TABLE addressees
        ADD COLUMN body_id uuid,
        ADD COLUMN follows uuid,
        ADD CONSTRAINT addressees_body FOREIGN KEY (body_id, party_code) REFERENCES bodies (id, party_code),
        ADD CONSTRAINT addressees_of_request UNIQUE (id, request_id, party_code),
        -- A line follows one of the same request and party, and no two lines follow the same.
        ADD CONSTRAINT addressees_follows FOREIGN KEY (follows, request_id, party_code)
          REFERENCES addressees (id, request_id, party_code),
        ADD CONSTRAINT addressees_followed_once UNIQUE (follows),
        ADD CONSTRAINT addressees_follows_another CHECK (follows <> id AND (follows IS NULL OR body_id IS NOT NULL)),
        DROP CONSTRAINT addressees_once;
      CREATE UNIQUE INDEX addressees_once ON addressees (request_id, party_code) WHERE follows IS NULL;

      CREATE POLICY within_party ON addressees FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id) AND follows IS NOT NULL);
      CREATE POLICY within_party ON request_members FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND app.concerns(request_id));
      CREATE POLICY within_party ON clocks FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id));
      CREATE POLICY within_party ON messages FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id));
      CREATE POLICY within_party ON notices FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id));
      CREATE POLICY within_party ON ack_links FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`DROP POLICY within_party ON ${table}`);
    await runner.query(`
      DROP INDEX addressees_once;
      ALTER TABLE addressees
        ADD CONSTRAINT addressees_once UNIQUE (request_id, party_code),
        DROP CONSTRAINT addressees_follows_another, DROP CONSTRAINT addressees_followed_once,
        DROP CONSTRAINT addressees_follows, DROP CONSTRAINT addressees_of_request, DROP CONSTRAINT addressees_body,
        DROP COLUMN body_id, DROP COLUMN follows;
      ALTER TABLE bodies DROP CONSTRAINT bodies_within_party`);
  }
}
