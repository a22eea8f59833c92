import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
// Asked once a statement and looked up in a hash table: what a row costs does not grow with what is shared.
const shared = (request = 'request_id') => `${request} IN (SELECT app.shared_requests())`;
const ownSide = '(party_code = app.party() OR requester_code = app.party())';

/** What opens to whom a request was shared with, beside those whom it concerns. */
const opened: Readonly<Record<string, string>> = {
  requests: shared('id'),
  request_keys: `party_code = app.party() AND ${shared()}`,
  addressees: `${ownSide} AND ${shared()}`,
  request_events: `(requester_code = app.party() AND audience <> 'addressee'
    OR addressee_code = app.party() AND audience <> 'requester') AND ${shared()}`,
  clocks: `${ownSide} AND ${shared()}`,
  messages: `${ownSide} AND ${shared()}`,
  notices: `${ownSide} AND ${shared()}`,
  attempts: `${ownSide} AND ${shared()}`,
};

/**
 * Sharing within a party: one side's view of a request, opened to another of its bodies or to one person, to read.
 * And disclosure: which addressee was told of which other.
 */
export class Sharing1763761300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts ADD CONSTRAINT accounts_within_party UNIQUE (id, party_code);
      CREATE TABLE request_shares (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL,
        party_code text NOT NULL REFERENCES parties,
        body_id uuid,
        account_id uuid,
        ${traffic},
        -- Who shared it and why, and who ended it: sealed under the request's key.
        grounds jsonb NOT NULL,
        shared_at timestamptz NOT NULL,
        shared_by uuid NOT NULL REFERENCES accounts,
        ending jsonb,
        ended_at timestamptz,
        ended_by uuid REFERENCES accounts,
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT request_shares_body FOREIGN KEY (body_id, party_code) REFERENCES bodies (id, party_code),
        CONSTRAINT request_shares_account FOREIGN KEY (account_id, party_code) REFERENCES accounts (id, party_code),
        CONSTRAINT request_shares_with_one CHECK (num_nonnulls(body_id, account_id) = 1),
        CONSTRAINT request_shares_ended CHECK (num_nonnulls(ending, ended_at, ended_by) IN (0, 3))
      );
      CREATE UNIQUE INDEX request_shares_once ON request_shares (request_id, party_code, body_id, account_id)
        NULLS NOT DISTINCT WHERE ended_at IS NULL;
      CREATE INDEX request_shares_of_request ON request_shares (request_id, id);
      CREATE INDEX request_shares_of_body ON request_shares (party_code, body_id) WHERE ended_at IS NULL;
      CREATE INDEX request_shares_of_account ON request_shares (account_id) WHERE ended_at IS NULL;

      CREATE TABLE disclosures (
        request_id uuid NOT NULL,
        -- The addressee that was told, and the one that it was told of.
        party_code text NOT NULL REFERENCES parties,
        disclosed_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        disclosed_at timestamptz NOT NULL,
        PRIMARY KEY (request_id, party_code, disclosed_code),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT disclosures_of_another CHECK (party_code <> disclosed_code)
      );
      -- What was said cannot be unsaid.
      CREATE TRIGGER disclosures_only_grow BEFORE UPDATE OR DELETE ON disclosures
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER disclosures_are_kept BEFORE TRUNCATE ON disclosures
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
      ALTER TABLE request_shares ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await this.ask(runner);
    await this.raiseWalls(runner);
  }

  /** What the walls ask. As the owner, for they stand around shares themselves; of the own party alone. */
  private async ask(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY by_functions ON request_shares FOR SELECT TO CURRENT_USER USING (party_code = app.party());
      CREATE POLICY by_functions_held ON request_shares FOR UPDATE TO CURRENT_USER USING (party_code = app.party());
      CREATE POLICY by_functions ON request_members FOR SELECT TO CURRENT_USER USING (party_code = app.party());

      CREATE FUNCTION app.account() RETURNS uuid LANGUAGE sql STABLE
        AS $$ SELECT CASE WHEN app.actor() ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN app.actor()::uuid END $$;
      -- An account that was ended, or works without its body because its role reads no request, is shared nothing.
      CREATE FUNCTION app.shared_requests() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        SELECT s.request_id FROM public.request_shares s
        WHERE app.known() AND s.ended_at IS NULL AND s.party_code = app.party() AND s.body_id = app.body()
        UNION ALL
        SELECT s.request_id FROM public.request_shares s JOIN public.accounts a ON a.id = s.account_id
        WHERE app.known() AND s.ended_at IS NULL AND s.party_code = app.party() AND s.account_id = app.account()
          AND a.body_id = app.body() AND a.deactivated_at IS NULL $$;
      -- Keeps the caller's share from being ended until the transaction is over.
      CREATE FUNCTION app.hold_share(request uuid) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        SELECT true FROM public.request_shares s
        WHERE app.known() AND s.request_id = request AND s.party_code = app.party() AND s.ended_at IS NULL
          AND (s.body_id = app.body() OR s.account_id = app.account()) AND ${shared('request')}
        LIMIT 1 FOR SHARE $$;
      -- The bodies of the own party that a request concerns, for those who see it.
      CREATE FUNCTION app.bodies_of_side(request uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        SELECT m.body_id FROM public.request_members m
        WHERE m.request_id = request AND m.party_code = app.party()
          AND (app.concerns(request) OR ${shared('request')}) $$`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const [table, whose] of Object.entries(opened))
      await runner.query(`CREATE POLICY shared ON ${table} FOR SELECT TO aldis_api USING (${whose})`);
    await runner.query(`
      CREATE POLICY own_side ON request_shares FOR SELECT TO aldis_api
        USING (party_code = app.party() AND (app.concerns(request_id) OR ${shared()}));
      -- TLP:RED is for named persons and nobody else (FIRST, TLP 2.0).
      CREATE POLICY by_officer ON request_shares FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND app.concerns(request_id) AND app.role() = 'officer'
          AND shared_by = app.account() AND ended_at IS NULL
          AND EXISTS (SELECT 1 FROM requests r WHERE r.id = request_id AND r.sent_at IS NOT NULL
            AND (r.tlp <> 'RED' OR request_shares.body_id IS NULL)));
      CREATE POLICY by_officer_ended ON request_shares FOR UPDATE TO aldis_api
        USING (party_code = app.party() AND app.concerns(request_id) AND app.role() = 'officer' AND ended_at IS NULL)
        WITH CHECK (ended_by = app.account());
      GRANT SELECT, INSERT, UPDATE (ending, ended_at, ended_by) ON request_shares TO aldis_api;

      -- Whom it was shared with reads, and writes what their own side alone reads.
      CREATE POLICY shared_note ON request_events FOR INSERT TO aldis_api
        WITH CHECK (${shared()} AND act = 'note' AND from_state = to_state AND party_code = app.party()
          AND actor = app.actor() AND assurance <> 'system' AND requester_code = (SELECT r.party_code FROM requests r WHERE r.id = request_id)
          AND CASE audience WHEN 'requester' THEN requester_code = app.party()
            WHEN 'addressee' THEN addressee_code = app.party() AND app.own_line(addressee_id, request_id)
            ELSE false END);
      CREATE POLICY shared_note ON request_event_contents FOR INSERT TO aldis_api
        WITH CHECK (${shared()} AND party_code = app.party() AND EXISTS (SELECT 1 FROM request_events e
          WHERE e.id = event_id AND e.request_id = request_event_contents.request_id AND e.act = 'note' AND e.actor = app.actor()));

      CREATE POLICY own_line ON disclosures FOR SELECT TO aldis_api
        USING (${ownSide} AND (app.concerns(request_id) OR ${shared()}));
      CREATE POLICY by_requester ON disclosures FOR INSERT TO aldis_api
        WITH CHECK (requester_code = app.party() AND app.asked_by(request_id) = app.party()
          AND EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = disclosures.request_id AND a.party_code = disclosures.party_code)
          AND EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = disclosures.request_id AND a.party_code = disclosed_code));
      GRANT SELECT, INSERT ON disclosures TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(opened)) await runner.query(`DROP POLICY shared ON ${table}`);
    await runner.query(`
      DROP POLICY shared_note ON request_events; DROP POLICY shared_note ON request_event_contents;
      DROP POLICY by_functions ON request_members;
      DROP TABLE disclosures;
      DROP TABLE request_shares CASCADE;
      DROP FUNCTION app.bodies_of_side(uuid), app.hold_share(uuid), app.shared_requests(), app.account();
      ALTER TABLE accounts DROP CONSTRAINT accounts_within_party`);
  }
}
