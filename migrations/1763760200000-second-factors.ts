import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = `app.known() AND account_id::text = app.actor()`;
const ofAccount = `
  account_id uuid NOT NULL REFERENCES accounts,
  party_code text REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** The second factor: what proves it, how far a session has come, and how often somebody has tried in vain. */
export class SecondFactors1763760200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE totp_secrets (
        ${ofAccount},
        secret jsonb NOT NULL,
        -- The time step of the last code that was taken: none is taken twice (RFC 6238, 5.2).
        last_step integer NOT NULL,
        created_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        PRIMARY KEY (account_id)
      );
      CREATE TABLE recovery_codes (
        id uuid PRIMARY KEY,
        ${ofAccount},
        code_hash text NOT NULL,
        used_at timestamptz,
        CONSTRAINT recovery_codes_once UNIQUE (account_id, code_hash)
      );
      CREATE TABLE passkeys (
        id uuid PRIMARY KEY,
        ${ofAccount},
        credential_id text NOT NULL UNIQUE,
        public_key text NOT NULL,
        counter integer NOT NULL CHECK (counter >= 0),
        name jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz
      );
      CREATE INDEX passkeys_of_account ON passkeys (account_id);
      -- What an authenticator is to sign: given out once, taken once, for some minutes.
      CREATE TABLE passkey_challenges (
        challenge_hash text PRIMARY KEY,
        account_id uuid REFERENCES accounts,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE throttles (
        key text PRIMARY KEY,
        failures integer NOT NULL CHECK (failures >= 0),
        last_at timestamptz NOT NULL
      );

      -- Sessions from before the second factor end with its coming: everybody signs in anew.
      TRUNCATE sessions;
      ALTER TABLE sessions
        ADD COLUMN stage text NOT NULL CHECK (stage IN ('full', 'second-factor', 'enrol')),
        ADD COLUMN factor text CHECK (factor IN ('none', 'totp', 'passkey', 'recovery-code')),
        ADD COLUMN factor_at timestamptz,
        ADD COLUMN seen_at timestamptz NOT NULL,
        ADD CONSTRAINT sessions_full CHECK ((stage = 'full') = (factor IS NOT NULL) AND (factor IS NULL) = (factor_at IS NULL));
      -- An address may be invited again once the account that it signed in to has ended.
      ALTER TABLE accounts DROP CONSTRAINT accounts_sign_in_token_key;
      CREATE UNIQUE INDEX accounts_sign_in ON accounts (sign_in_token) WHERE deactivated_at IS NULL;
    `);
    for (const table of ['totp_secrets', 'recovery_codes', 'passkeys', 'passkey_challenges', 'throttles'])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own ON totp_secrets TO aldis_api USING (${own}) WITH CHECK (${own} AND party_code IS NOT DISTINCT FROM app.party());
      CREATE POLICY own ON recovery_codes TO aldis_api USING (${own}) WITH CHECK (${own} AND party_code IS NOT DISTINCT FROM app.party());
      CREATE POLICY own ON passkeys TO aldis_api USING (${own}) WITH CHECK (${own} AND party_code IS NOT DISTINCT FROM app.party());
      CREATE POLICY presented ON passkeys FOR SELECT TO aldis_api USING (app.known() AND credential_id = app.presented());
      CREATE POLICY own_or_presented ON passkey_challenges TO aldis_api
        USING (app.known() AND (account_id::text = app.actor() OR (account_id IS NULL AND challenge_hash = app.presented())));
      CREATE POLICY presented ON throttles TO aldis_api USING (app.known() AND key = ANY (app.all_presented()));
      CREATE POLICY by_passkey ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM passkeys p WHERE p.account_id = accounts.id AND p.credential_id = app.presented()));
      CREATE POLICY own ON accounts FOR UPDATE TO aldis_api USING (app.known() AND id::text = app.actor())
        WITH CHECK (id::text = app.actor() AND deactivated_at IS NULL);
      CREATE POLICY presented_seen ON sessions FOR UPDATE TO aldis_api
        USING (app.known() AND token_hash = app.presented()) WITH CHECK (token_hash = app.presented());

      GRANT SELECT, INSERT, DELETE, UPDATE (secret, last_step, created_at, confirmed_at) ON totp_secrets TO aldis_api;
      GRANT SELECT, INSERT, DELETE, UPDATE (used_at) ON recovery_codes TO aldis_api;
      GRANT SELECT, INSERT, DELETE, UPDATE (counter, last_used_at) ON passkeys TO aldis_api;
      GRANT SELECT, INSERT, DELETE ON passkey_challenges TO aldis_api;
      GRANT SELECT, INSERT, DELETE, UPDATE (failures, last_at) ON throttles TO aldis_api;
      GRANT UPDATE (seen_at) ON sessions TO aldis_api;
      GRANT UPDATE (sign_in_token) ON accounts TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY by_passkey ON accounts; DROP POLICY own ON accounts; DROP POLICY presented_seen ON sessions;
      REVOKE UPDATE (sign_in_token) ON accounts FROM aldis_api;
      REVOKE UPDATE (seen_at) ON sessions FROM aldis_api;
      DROP INDEX accounts_sign_in;
      ALTER TABLE accounts ADD CONSTRAINT accounts_sign_in_token_key UNIQUE (sign_in_token);
      ALTER TABLE sessions DROP CONSTRAINT sessions_full, DROP COLUMN stage, DROP COLUMN factor, DROP COLUMN factor_at,
        DROP COLUMN seen_at;
      DROP TABLE throttles, passkey_challenges, passkeys, recovery_codes, totp_secrets`);
  }
}
