import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const ofRequest = `request_id uuid NOT NULL, FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic)`;

/** Requests: the requester's side, one line for each addressee, the events of both, and who may open the content. */
export class Requests1763750200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE requests (
        id uuid PRIMARY KEY,
        reference text NOT NULL CONSTRAINT requests_reference_key UNIQUE,
        network_id uuid NOT NULL REFERENCES networks,
        party_code text NOT NULL REFERENCES parties,
        body_id uuid NOT NULL REFERENCES bodies,
        filed_by uuid NOT NULL REFERENCES accounts,
        ${traffic},
        kind text NOT NULL CHECK (kind IN ('assistance')),
        state text NOT NULL CHECK (state IN ('draft', 'sent', 'closed', 'withdrawn')),
        version integer NOT NULL CHECK (version >= 1),
        urgency text CHECK (urgency IN ('U1', 'U2', 'U3', 'U4')),
        tlp text CHECK (tlp IN ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
        addressed_to text[] NOT NULL,
        content jsonb NOT NULL,
        composed_at timestamptz NOT NULL,
        sent_at timestamptz,
        withdrawn_at timestamptz,
        CONSTRAINT requests_id_traffic UNIQUE (id, traffic),
        -- An exercise can be told from a real request by its reference alone.
        CONSTRAINT requests_marked CHECK (reference ~ (CASE traffic WHEN 'actual' THEN '^AR-' WHEN 'exercise' THEN '^EX-' ELSE '^TE-' END)),
        CONSTRAINT requests_complete_when_sent CHECK (state IN ('draft', 'withdrawn') OR (urgency IS NOT NULL AND tlp IS NOT NULL AND sent_at IS NOT NULL)),
        -- Once sent, the lines alone say who is addressed: an addressee must not learn of the others here.
        CONSTRAINT requests_addressed_in_lines CHECK (state = 'draft' OR addressed_to = '{}'),
        CONSTRAINT requests_not_to_itself CHECK (NOT party_code = ANY (addressed_to))
      );
      CREATE INDEX requests_of_party ON requests (party_code, id DESC);

      CREATE TABLE request_members (
        ${ofRequest},
        party_code text NOT NULL REFERENCES parties,
        body_id uuid NOT NULL REFERENCES bodies,
        ${traffic},
        PRIMARY KEY (request_id, party_code, body_id)
      );
      CREATE INDEX request_members_of_body ON request_members (party_code, body_id, request_id);

      CREATE TABLE request_keys (
        ${ofRequest},
        party_code text NOT NULL REFERENCES parties,
        ${traffic},
        wrapped jsonb NOT NULL,
        PRIMARY KEY (request_id, party_code)
      );

      CREATE TABLE addressees (
        id uuid PRIMARY KEY,
        ${ofRequest},
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        state text NOT NULL CHECK (state IN ('sent', 'acknowledged', 'withdrawn')),
        version integer NOT NULL CHECK (version >= 1),
        reach text NOT NULL CHECK (reach IN ('none', 'accepted', 'delivered', 'viewed', 'unreached')),
        sent_at timestamptz NOT NULL,
        accepted_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by jsonb,
        withdrawn_at timestamptz,
        CONSTRAINT addressees_once UNIQUE (request_id, party_code),
        CONSTRAINT addressees_not_the_requester CHECK (party_code <> requester_code),
        CONSTRAINT addressees_acknowledged CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (state <> 'acknowledged' OR acknowledged_at IS NOT NULL))
      );
      CREATE INDEX addressees_of_party ON addressees (party_code, request_id DESC);

      CREATE TABLE request_events (
        id uuid PRIMARY KEY,
        ${ofRequest},
        addressee_id uuid REFERENCES addressees,
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        addressee_code text REFERENCES parties,
        audience text NOT NULL CHECK (audience IN ('requester', 'addressee', 'both')),
        ${traffic},
        act text NOT NULL,
        from_state text,
        to_state text NOT NULL,
        actor text NOT NULL,
        assurance text NOT NULL CHECK (assurance IN ('signed-in', 'link-and-code', 'system')),
        at timestamptz NOT NULL,
        commitment text NOT NULL CHECK (commitment ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX request_events_of_request ON request_events (request_id, id);
      CREATE TRIGGER request_events_only_grow BEFORE UPDATE OR DELETE ON request_events
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER request_events_are_kept BEFORE TRUNCATE ON request_events
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      CREATE TABLE request_event_contents (
        event_id uuid PRIMARY KEY REFERENCES request_events,
        ${ofRequest},
        party_code text NOT NULL REFERENCES parties,
        ${traffic},
        content jsonb NOT NULL
      );

      CREATE FUNCTION app.concerns(request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.request_members m
          WHERE m.request_id = request AND m.party_code = app.party() AND m.body_id = app.body()) $$;
      CREATE FUNCTION app.owns(request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.requests r
          WHERE r.id = request AND r.party_code = app.party() AND r.body_id = app.body()) $$;
      -- Who asks, as far as the request concerns the caller: what a row says of it is not taken at its word.
      CREATE FUNCTION app.asked_by(request uuid) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT r.party_code FROM public.requests r WHERE r.id = request AND app.concerns(request) $$;
    `);
    await this.raiseWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const table of [
      'requests',
      'request_members',
      'request_keys',
      'addressees',
      'request_events',
      'request_event_contents',
    ])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own_body ON request_members FOR SELECT TO aldis_api
        USING (app.known() AND party_code = app.party() AND body_id = app.body());
      CREATE POLICY by_requester ON request_members FOR INSERT TO aldis_api WITH CHECK (app.owns(request_id));

      CREATE POLICY concerned ON requests FOR SELECT TO aldis_api
        USING (app.concerns(id) OR (app.known() AND party_code = app.party() AND body_id = app.body()));
      CREATE POLICY by_requester ON requests FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND party_code = app.party() AND body_id = app.body());
      CREATE POLICY by_own_body ON requests FOR UPDATE TO aldis_api
        USING (app.concerns(id) AND party_code = app.party());
      CREATE POLICY at_work ON requests FOR SELECT TO aldis_worker USING (app.at_work());

      CREATE POLICY own ON request_keys FOR SELECT TO aldis_api
        USING (party_code = app.party() AND app.concerns(request_id));
      CREATE POLICY by_requester ON request_keys FOR INSERT TO aldis_api WITH CHECK (app.owns(request_id));
      CREATE POLICY at_work ON request_keys FOR SELECT TO aldis_worker USING (app.at_work());

      -- An addressee sees its own line and nothing of the others, not even that they exist.
      CREATE POLICY own_line ON addressees FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY by_requester ON addressees FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.party() AND app.asked_by(request_id) = app.party());
      CREATE POLICY own_line_change ON addressees FOR UPDATE TO aldis_api
        USING (app.concerns(request_id) AND (party_code = app.party() OR requester_code = app.party()));
      CREATE POLICY at_work ON addressees TO aldis_worker USING (app.at_work());

      CREATE POLICY own_line ON request_events FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND (
          (requester_code = app.party() AND audience <> 'addressee')
          OR (addressee_code = app.party() AND audience <> 'requester')));
      -- An addressee writes on its own line alone; nobody writes in another's name.
      CREATE POLICY append ON request_events FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND requester_code = app.asked_by(request_id)
          AND (requester_code = app.party() OR addressee_code = app.party()));
      CREATE POLICY at_work ON request_events TO aldis_worker USING (app.at_work());
      CREATE POLICY verify ON request_events FOR SELECT TO aldis_ledger
        USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');

      CREATE POLICY with_event ON request_event_contents FOR SELECT TO aldis_api
        USING (EXISTS (SELECT 1 FROM request_events e WHERE e.id = event_id));
      CREATE POLICY append ON request_event_contents FOR INSERT TO aldis_api
        WITH CHECK (app.concerns(request_id) AND party_code = app.party());
      CREATE POLICY at_work ON request_event_contents FOR INSERT TO aldis_worker WITH CHECK (app.at_work());

      GRANT SELECT, INSERT ON request_members, request_keys, request_events, request_event_contents TO aldis_api;
      GRANT SELECT, INSERT ON requests, addressees TO aldis_api;
      GRANT UPDATE (state, version, urgency, tlp, addressed_to, content, traffic, reference, sent_at, withdrawn_at) ON requests TO aldis_api;
      GRANT UPDATE (state, version, acknowledged_at, acknowledged_by, withdrawn_at) ON addressees TO aldis_api;
      -- The worker carries sealed messages; a request's own content is out of its reach.
      GRANT SELECT (id, reference, network_id, party_code, body_id, traffic, kind, state, urgency, tlp, sent_at) ON requests TO aldis_worker;
      GRANT SELECT ON request_keys, addressees TO aldis_worker;
      GRANT UPDATE (reach, accepted_at) ON addressees TO aldis_worker;
      GRANT SELECT, INSERT ON request_events TO aldis_worker;
      GRANT INSERT ON request_event_contents TO aldis_worker;
      GRANT SELECT ON request_events TO aldis_ledger;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE request_event_contents, request_events, addressees, request_keys, request_members, requests CASCADE;
      DROP FUNCTION app.asked_by(uuid); DROP FUNCTION app.concerns(uuid); DROP FUNCTION app.owns(uuid)`);
  }
}
