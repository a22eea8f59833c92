import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** The outbox: one sealed message a content, one notice a recipient and channel, attempts under it, links beside it. */
export class Notifications1763750300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL,
        addressee_id uuid REFERENCES addressees,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        marking text CHECK (marking IN ('EXERCISE', 'TEST')),
        kind text NOT NULL,
        language text NOT NULL,
        tlp text NOT NULL,
        body jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT messages_id_traffic UNIQUE (id, traffic),
        -- What is part of an exercise cannot leave without its marking.
        CONSTRAINT messages_marked CHECK (marking IS NOT DISTINCT FROM CASE traffic WHEN 'exercise' THEN 'EXERCISE' WHEN 'test' THEN 'TEST' END)
      );
      CREATE TABLE notices (
        id uuid PRIMARY KEY,
        message_id uuid NOT NULL,
        request_id uuid NOT NULL,
        addressee_id uuid REFERENCES addressees,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        ${traffic},
        channel text NOT NULL CHECK (channel IN ('mail')),
        recipient jsonb NOT NULL,
        position integer NOT NULL,
        wanted_for text NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'leased', 'sending', 'accepted', 'unknown', 'failed', 'cancelled')),
        attempt integer NOT NULL CHECK (attempt >= 0),
        priority integer NOT NULL,
        created_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        lease_until timestamptz,
        sending_until timestamptz,
        -- No longer wanted: what is on the wire may arrive, but nothing is tried again.
        recalled_at timestamptz,
        settled_at timestamptz,
        FOREIGN KEY (message_id, traffic) REFERENCES messages (id, traffic),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT notices_timed CHECK ((state = 'leased') = (lease_until IS NOT NULL) AND (state = 'sending') = (sending_until IS NOT NULL)),
        CONSTRAINT notices_settled CHECK ((settled_at IS NOT NULL) = (state IN ('accepted', 'failed', 'cancelled')))
      );
      CREATE INDEX notices_due ON notices (priority, due_at) WHERE state IN ('pending', 'unknown');
      CREATE INDEX notices_leased ON notices (lease_until) WHERE state = 'leased';
      CREATE INDEX notices_sending ON notices (sending_until) WHERE state = 'sending';
      CREATE INDEX notices_of_request ON notices (request_id, id);
      CREATE INDEX notices_wanted ON notices (wanted_for) WHERE settled_at IS NULL;

      CREATE FUNCTION app.recall(wanted text) RETURNS void LANGUAGE sql AS $$
        UPDATE public.notices SET recalled_at = app.now(), lease_until = NULL,
          state = CASE state WHEN 'sending' THEN 'sending' ELSE 'cancelled' END,
          settled_at = CASE state WHEN 'sending' THEN NULL ELSE app.now() END
        WHERE wanted_for = wanted AND settled_at IS NULL $$;

      CREATE TABLE attempts (
        id uuid PRIMARY KEY,
        notice_id uuid NOT NULL REFERENCES notices,
        request_id uuid NOT NULL REFERENCES requests,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        number integer NOT NULL CHECK (number >= 1),
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        outcome text CHECK (outcome IN ('accepted', 'transient', 'permanent', 'unknown')),
        reply_code integer,
        CONSTRAINT attempts_once UNIQUE (notice_id, number),
        CONSTRAINT attempts_ended CHECK ((ended_at IS NULL) = (outcome IS NULL))
      );

      CREATE TABLE ack_links (
        notice_id uuid PRIMARY KEY REFERENCES notices,
        request_id uuid NOT NULL REFERENCES requests,
        addressee_id uuid NOT NULL REFERENCES addressees,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        body_id uuid NOT NULL REFERENCES bodies,
        ${traffic},
        key_id text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        tries_left integer NOT NULL CHECK (tries_left >= 0),
        expires_at timestamptz NOT NULL
      );
    `);
    for (const table of ['messages', 'notices', 'attempts', 'ack_links'])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      -- The requester tells its addressees and itself; an addressee tells the requester and nobody else.
      CREATE POLICY own_side ON messages FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY append ON messages FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.asked_by(request_id) AND (requester_code = app.party() OR party_code = requester_code));
      CREATE POLICY own_side ON notices FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY append ON notices FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.asked_by(request_id) AND (requester_code = app.party() OR party_code = requester_code));
      CREATE POLICY own_side_cancel ON notices FOR UPDATE TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY own_side ON attempts FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY append ON ack_links FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.party() AND app.asked_by(request_id) = app.party());
      CREATE POLICY presented ON ack_links FOR SELECT TO aldis_api
        USING (app.known() AND token_hash = app.presented());
      CREATE POLICY presented_try ON ack_links FOR UPDATE TO aldis_api
        USING (app.known() AND token_hash = app.presented());

      CREATE POLICY at_work ON messages TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON notices TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON attempts TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON ack_links FOR SELECT TO aldis_worker USING (app.at_work());

      GRANT SELECT, INSERT ON messages, notices TO aldis_api;
      GRANT UPDATE (state, settled_at, recalled_at, lease_until, sending_until) ON notices TO aldis_api;
      GRANT SELECT ON attempts TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (tries_left) ON ack_links TO aldis_api;
      GRANT SELECT, INSERT ON messages TO aldis_worker;
      GRANT SELECT, INSERT, UPDATE (state, attempt, due_at, lease_until, sending_until, recalled_at, settled_at) ON notices TO aldis_worker;
      GRANT SELECT, INSERT, UPDATE (ended_at, outcome, reply_code) ON attempts TO aldis_worker;
      GRANT SELECT ON ack_links TO aldis_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ack_links, attempts, notices, messages; DROP FUNCTION app.recall(text)`);
  }
}
