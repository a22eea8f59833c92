import type { MigrationInterface, QueryRunner } from 'typeorm';

const managedRole = `role IN ('party-administrator', 'officer', 'duty-officer', 'observer', 'directory-manager', 'exercise-director', 'auditor')`;

/**
 * Invitations, and the walls around accounts: who may invite and end whom is decided by the role of the account that
 * acts, as the database knows it. An account comes to be only as its invitation says.
 */
export class Invitations1763760100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invitations (
        id uuid PRIMARY KEY,
        party_code text REFERENCES parties,
        body_id uuid REFERENCES bodies,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        role text NOT NULL CHECK (${managedRole}),
        language text NOT NULL,
        person jsonb NOT NULL,
        token_hash text NOT NULL UNIQUE,
        -- Null: made by the operator who set the instance up.
        invited_by uuid REFERENCES accounts,
        account_id uuid REFERENCES accounts,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT invitations_belong CHECK (
          (role IN ('directory-manager', 'exercise-director', 'auditor')) = (party_code IS NULL)
          AND (party_code IS NULL) = (body_id IS NULL)),
        CONSTRAINT invitations_end_once CHECK (
          (accepted_at IS NULL) = (account_id IS NULL) AND (accepted_at IS NULL OR revoked_at IS NULL))
      );
      CREATE INDEX invitations_of_party ON invitations (party_code, id DESC);
      ALTER TABLE accounts
        ADD COLUMN terms_version text,
        ADD COLUMN terms_accepted_at timestamptz,
        ADD CONSTRAINT accounts_terms CHECK ((terms_version IS NULL) = (terms_accepted_at IS NULL));

      -- Several secrets may be shown at once: an address under each vault key that it may have been hashed with.
      CREATE FUNCTION app.all_presented() RETURNS text[] LANGUAGE sql STABLE
        AS $$ SELECT string_to_array(app.presented(), ',') $$;
      -- The actor's own role. Asked as the owner, for the walls around accounts ask it themselves.
      CREATE FUNCTION app.role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.role FROM public.accounts a
        WHERE a.id = CASE WHEN app.actor() ~ '^[0-9a-f-]{36}$' THEN app.actor()::uuid END AND a.deactivated_at IS NULL
          AND a.party_code IS NOT DISTINCT FROM app.party() $$;
      CREATE FUNCTION app.manages(party text, role text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND CASE app.role()
          WHEN 'party-administrator' THEN coalesce(party = app.party(), false)
          WHEN 'directory-manager' THEN party IS NULL OR role = 'party-administrator'
          ELSE false END $$;
      CREATE FUNCTION app.oversees(party text, role text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.manages(party, role)
          OR (app.known() AND app.role() = 'auditor' AND (party IS NULL OR role = 'party-administrator')) $$;
      CREATE FUNCTION app.manages_account(account uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        SELECT EXISTS (SELECT 1 FROM public.accounts a WHERE a.id = account AND app.manages(a.party_code, a.role)) $$;
    `);
    await runner.query(`
      ALTER TABLE invitations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner_keeps ON invitations TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY overseen_or_presented ON invitations FOR SELECT TO aldis_api
        USING (app.oversees(party_code, role) OR (app.known() AND token_hash = ANY (app.all_presented())));
      CREATE POLICY by_manager ON invitations FOR INSERT TO aldis_api
        WITH CHECK (app.manages(party_code, role) AND invited_by::text = app.actor() AND account_id IS NULL);
      CREATE POLICY by_manager_or_presented ON invitations FOR UPDATE TO aldis_api
        USING (app.manages(party_code, role) OR (app.known() AND token_hash = ANY (app.all_presented())))
        WITH CHECK (true);

      DROP POLICY presented_or_of_party ON accounts;
      CREATE POLICY presented_or_of_party ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND (
          sign_in_token = ANY (app.all_presented())
          OR id::text = app.actor()
          OR party_code = app.party()
          OR app.oversees(party_code, role)
          OR EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = accounts.id AND s.token_hash = app.presented())));
      CREATE POLICY as_invited ON accounts FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND EXISTS (SELECT 1 FROM invitations i
          WHERE i.token_hash = ANY (app.all_presented()) AND i.role = accounts.role
            AND i.party_code IS NOT DISTINCT FROM accounts.party_code AND i.body_id IS NOT DISTINCT FROM accounts.body_id
            AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > app.now()));
      CREATE POLICY by_manager ON accounts FOR UPDATE TO aldis_api USING (app.manages(party_code, role));
      CREATE POLICY by_manager ON sessions FOR DELETE TO aldis_api USING (app.known() AND app.manages_account(account_id));
      CREATE POLICY by_manager_found ON sessions FOR SELECT TO aldis_api USING (app.known() AND app.manages_account(account_id));
      CREATE POLICY by_manager ON bodies FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND (app.role() = 'directory-manager'
          OR (app.role() = 'party-administrator' AND party_code = app.party())));

      GRANT SELECT, INSERT, UPDATE (token_hash, expires_at, accepted_at, account_id, revoked_at) ON invitations TO aldis_api;
      GRANT INSERT, UPDATE (deactivated_at) ON accounts TO aldis_api;
      GRANT INSERT ON bodies TO aldis_api;
    `);
    await this.letMailsInvite(runner);
  }

  /** A mail is about a request, or it is an invitation: the same outbox, the same way. */
  private async letMailsInvite(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages
        ALTER COLUMN request_id DROP NOT NULL, ALTER COLUMN party_code DROP NOT NULL,
        ALTER COLUMN requester_code DROP NOT NULL, ALTER COLUMN tlp DROP NOT NULL,
        ADD COLUMN invitation_id uuid REFERENCES invitations,
        ADD CONSTRAINT messages_about CHECK (CASE WHEN invitation_id IS NULL
          THEN num_nulls(request_id, party_code, requester_code, tlp) = 0
          ELSE num_nonnulls(request_id, addressee_id, requester_code, tlp) = 0 END);
      ALTER TABLE notices
        ALTER COLUMN request_id DROP NOT NULL, ALTER COLUMN party_code DROP NOT NULL,
        ALTER COLUMN requester_code DROP NOT NULL, ALTER COLUMN point_of_contact_id DROP NOT NULL,
        ADD COLUMN invitation_id uuid REFERENCES invitations,
        ADD CONSTRAINT notices_about CHECK (CASE WHEN invitation_id IS NULL
          THEN num_nulls(request_id, party_code, requester_code, point_of_contact_id) = 0
          ELSE num_nonnulls(request_id, addressee_id, requester_code, point_of_contact_id) = 0 END);
      ALTER TABLE attempts
        ALTER COLUMN request_id DROP NOT NULL, ALTER COLUMN party_code DROP NOT NULL,
        ALTER COLUMN requester_code DROP NOT NULL;
      CREATE INDEX notices_of_invitation ON notices (invitation_id) WHERE invitation_id IS NOT NULL;

      CREATE POLICY append_invitation ON messages FOR INSERT TO aldis_api
        WITH CHECK (EXISTS (SELECT 1 FROM invitations i WHERE i.id = invitation_id AND app.manages(i.party_code, i.role)));
      CREATE POLICY append_invitation ON notices FOR INSERT TO aldis_api
        WITH CHECK (EXISTS (SELECT 1 FROM invitations i WHERE i.id = invitation_id AND app.manages(i.party_code, i.role)));
      CREATE POLICY of_invitation ON notices FOR SELECT TO aldis_api
        USING (EXISTS (SELECT 1 FROM invitations i WHERE i.id = invitation_id));
      CREATE POLICY of_invitation_cancel ON notices FOR UPDATE TO aldis_api
        USING (EXISTS (SELECT 1 FROM invitations i WHERE i.id = invitation_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY append_invitation ON messages; DROP POLICY append_invitation ON notices;
      DROP POLICY of_invitation ON notices; DROP POLICY of_invitation_cancel ON notices;
      ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM attempts WHERE request_id IS NULL;
      DELETE FROM notices WHERE request_id IS NULL;
      DELETE FROM messages WHERE request_id IS NULL;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY, DROP COLUMN invitation_id, ALTER COLUMN request_id SET NOT NULL,
        ALTER COLUMN party_code SET NOT NULL, ALTER COLUMN requester_code SET NOT NULL, ALTER COLUMN tlp SET NOT NULL;
      ALTER TABLE notices FORCE ROW LEVEL SECURITY, DROP COLUMN invitation_id, ALTER COLUMN request_id SET NOT NULL,
        ALTER COLUMN party_code SET NOT NULL, ALTER COLUMN requester_code SET NOT NULL,
        ALTER COLUMN point_of_contact_id SET NOT NULL;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY, ALTER COLUMN request_id SET NOT NULL,
        ALTER COLUMN party_code SET NOT NULL, ALTER COLUMN requester_code SET NOT NULL;

      REVOKE INSERT ON bodies, accounts FROM aldis_api;
      REVOKE UPDATE (deactivated_at) ON accounts FROM aldis_api;
      DROP POLICY by_manager ON bodies; DROP POLICY by_manager ON sessions; DROP POLICY by_manager_found ON sessions;
      DROP POLICY by_manager ON accounts; DROP POLICY as_invited ON accounts; DROP POLICY presented_or_of_party ON accounts;
      CREATE POLICY presented_or_of_party ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND (
          sign_in_token = app.presented()
          OR id::text = app.actor()
          OR party_code = app.party()
          OR EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = accounts.id AND s.token_hash = app.presented())));
      DROP TABLE invitations;
      ALTER TABLE accounts DROP COLUMN terms_version, DROP COLUMN terms_accepted_at;
      DROP FUNCTION app.manages_account(uuid); DROP FUNCTION app.oversees(text, text); DROP FUNCTION app.manages(text, text);
      DROP FUNCTION app.role(); DROP FUNCTION app.all_presented()`);
  }
}
