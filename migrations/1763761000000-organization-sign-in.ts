import type { MigrationInterface, QueryRunner } from 'typeorm';

const administers = `app.known() AND party_code = app.party() AND app.role() = 'party-administrator'`;
const own = `app.known() AND account_id::text = app.actor()`;
const begun = `app.known() AND state_hash = ANY (app.all_presented()) AND browser_hash = ANY (app.all_presented())`;

/**
 * Signing in through an organization's OpenID Connect provider: the providers of a party, whose identity there is
 * linked to which account, and sign-ins that have begun.
 */
export class OrganizationSignIn1763761000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity_providers (
        id uuid PRIMARY KEY,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        issuer text NOT NULL,
        client_id text NOT NULL,
        client_secret jsonb NOT NULL,
        name jsonb NOT NULL,
        -- What the provider says when it has checked a second factor; where both are empty it never does.
        second_factor_acr text[] NOT NULL,
        second_factor_amr text[] NOT NULL,
        created_by uuid NOT NULL REFERENCES accounts,
        created_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      CREATE INDEX identity_providers_of_party ON identity_providers (party_code, id DESC);
      CREATE TABLE organization_identities (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        provider_id uuid NOT NULL REFERENCES identity_providers,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        -- Keyed hash of provider and subject, by which a sign-in finds it; sealed beside it, for a change of keys.
        subject_token text NOT NULL,
        subject jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT organization_identities_one UNIQUE (provider_id, account_id),
        CONSTRAINT organization_identities_once UNIQUE (subject_token)
      );
      CREATE INDEX organization_identities_of_account ON organization_identities (account_id);
      -- A sign-in on its way to the provider and back: of one browser, for one use, for some minutes.
      CREATE TABLE organization_sign_ins (
        state_hash text PRIMARY KEY,
        browser_hash text NOT NULL,
        provider_id uuid NOT NULL REFERENCES identity_providers,
        purpose text NOT NULL CHECK (purpose IN ('sign-in', 'link', 'step-up')),
        account_id uuid REFERENCES accounts,
        session_id uuid,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT organization_sign_ins_of CHECK (num_nonnulls(account_id, session_id) = CASE purpose WHEN 'sign-in' THEN 0 ELSE 2 END)
      );
      CREATE INDEX organization_sign_ins_over ON organization_sign_ins (expires_at);
    `);
    for (const table of ['identity_providers', 'organization_identities', 'organization_sign_ins'])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY of_party_or_named ON identity_providers FOR SELECT TO aldis_api
        USING (app.known() AND (party_code = app.party() OR id::text = ANY (app.all_presented())));
      CREATE POLICY by_administrator ON identity_providers FOR INSERT TO aldis_api
        WITH CHECK (${administers} AND created_by::text = app.actor() AND ended_at IS NULL);
      CREATE POLICY by_administrator_changed ON identity_providers FOR UPDATE TO aldis_api
        USING (${administers} AND ended_at IS NULL) WITH CHECK (${administers});

      CREATE POLICY own ON organization_identities FOR SELECT TO aldis_api USING (${own});
      CREATE POLICY presented ON organization_identities FOR SELECT TO aldis_api
        USING (app.known() AND subject_token = ANY (app.all_presented()));
      -- Nobody links an identity to another's account: an administrator would be who they administer.
      CREATE POLICY own_linked ON organization_identities FOR INSERT TO aldis_api
        WITH CHECK (${own} AND party_code = app.party() AND EXISTS (SELECT 1 FROM identity_providers p
          WHERE p.id = provider_id AND p.party_code = app.party() AND p.ended_at IS NULL));
      CREATE POLICY own_unlinked ON organization_identities FOR DELETE TO aldis_api USING (${own});
      CREATE POLICY by_manager_found ON organization_identities FOR SELECT TO aldis_api
        USING (app.known() AND app.manages_account(account_id));
      CREATE POLICY by_manager ON organization_identities FOR DELETE TO aldis_api
        USING (app.known() AND app.manages_account(account_id));
      CREATE POLICY by_organization ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM organization_identities i
          WHERE i.account_id = accounts.id AND i.subject_token = ANY (app.all_presented())));

      CREATE POLICY begun ON organization_sign_ins TO aldis_api USING (${begun})
        WITH CHECK (${begun} AND (account_id IS NULL OR account_id::text = app.actor()));

      GRANT SELECT, INSERT, UPDATE (client_secret, ended_at) ON identity_providers TO aldis_api;
      GRANT SELECT, INSERT, DELETE ON organization_identities TO aldis_api;
      GRANT SELECT, INSERT, DELETE ON organization_sign_ins TO aldis_api;

      CREATE POLICY over ON organization_sign_ins TO CURRENT_USER USING (expires_at < app.now());
      CREATE FUNCTION app.forget_organization_sign_ins() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        DECLARE forgotten integer;
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          DELETE FROM public.organization_sign_ins WHERE expires_at < app.now();
          GET DIAGNOSTICS forgotten = ROW_COUNT;
          RETURN forgotten;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.forget_organization_sign_ins() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.forget_organization_sign_ins() TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;
      DELETE FROM sessions WHERE factor = 'organization';
      ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
      DROP FUNCTION app.forget_organization_sign_ins();
      DROP POLICY by_organization ON accounts;
      DROP TABLE organization_sign_ins, organization_identities, identity_providers`);
  }
}
