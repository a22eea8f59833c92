import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** What an addressee's line is measured by, and the timed acts that stand ahead of it. */
export class Clocks1763750400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clocks (
        addressee_id uuid NOT NULL REFERENCES addressees,
        target text NOT NULL CHECK (target IN ('acknowledge', 'first-answer')),
        request_id uuid NOT NULL,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        urgency text NOT NULL CHECK (urgency IN ('U1', 'U2', 'U3', 'U4')),
        policy_version integer NOT NULL,
        calendar_version integer NOT NULL,
        zone text NOT NULL,
        time_source text NOT NULL CHECK (time_source IN ('real')),
        started_at timestamptz NOT NULL,
        PRIMARY KEY (addressee_id, target),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic)
      );
      CREATE INDEX clocks_of_request ON clocks (request_id);

      -- A step fires once: at most one row a line, step and cycle, and fired_at is set once.
      CREATE TABLE timers (
        addressee_id uuid NOT NULL REFERENCES addressees,
        step text NOT NULL CHECK (step IN ('remind')),
        cycle integer NOT NULL CHECK (cycle >= 1),
        request_id uuid NOT NULL,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        due_at timestamptz NOT NULL,
        fired_at timestamptz,
        ended_at timestamptz,
        PRIMARY KEY (addressee_id, step, cycle),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT timers_fire_or_end CHECK (fired_at IS NULL OR ended_at IS NULL),
        CONSTRAINT timers_never_early CHECK (fired_at >= due_at)
      );
      CREATE INDEX timers_due ON timers (due_at) WHERE fired_at IS NULL AND ended_at IS NULL;

      ALTER TABLE clocks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE timers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_line ON clocks FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY by_requester ON clocks FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.party() AND app.concerns(request_id));
      CREATE POLICY own_line ON timers TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()))
        WITH CHECK (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY at_work ON timers TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work_append ON ack_links FOR INSERT TO aldis_worker WITH CHECK (app.at_work());
      GRANT SELECT, INSERT ON clocks TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (ended_at) ON timers TO aldis_api;
      GRANT SELECT, UPDATE (fired_at) ON timers TO aldis_worker;
      GRANT INSERT ON ack_links TO aldis_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE timers, clocks;
      DROP POLICY at_work_append ON ack_links;
      REVOKE INSERT ON ack_links FROM aldis_worker`);
  }
}
