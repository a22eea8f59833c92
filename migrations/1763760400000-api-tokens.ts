import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = `app.known() AND account_id::text = app.actor()`;

/** Tokens with which programs act for an account, within what they are for. */
export class ApiTokens1763760400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_tokens (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        party_code text REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        name jsonb NOT NULL,
        scope text[] NOT NULL CHECK (cardinality(scope) > 0),
        token_hash text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL CHECK (expires_at >= created_at),
        revoked_at timestamptz,
        last_used_at timestamptz
      );
      CREATE INDEX api_tokens_of_account ON api_tokens (account_id, id);
      ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON api_tokens TO aldis_api
        USING (${own}) WITH CHECK (${own} AND party_code IS NOT DISTINCT FROM app.party());
      CREATE POLICY presented ON api_tokens FOR SELECT TO aldis_api USING (app.known() AND token_hash = app.presented());
      CREATE POLICY presented_used ON api_tokens FOR UPDATE TO aldis_api
        USING (app.known() AND token_hash = app.presented()) WITH CHECK (token_hash = app.presented());
      CREATE POLICY by_token ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM api_tokens t WHERE t.account_id = accounts.id AND t.token_hash = app.presented()));
      GRANT SELECT, INSERT, UPDATE (expires_at, revoked_at, last_used_at) ON api_tokens TO aldis_api;
      ALTER TABLE request_events DROP CONSTRAINT request_events_assurance_check,
        ADD CONSTRAINT request_events_assurance_check CHECK (assurance IN ('signed-in', 'link-and-code', 'api-token', 'system'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request_events DROP CONSTRAINT request_events_assurance_check,
        ADD CONSTRAINT request_events_assurance_check CHECK (assurance IN ('signed-in', 'link-and-code', 'system'));
      DROP POLICY by_token ON accounts;
      DROP TABLE api_tokens`);
  }
}
