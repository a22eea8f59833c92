import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who there is: parties, their bodies and points of contact, accounts and sessions. */
export class PartiesAndAccess1763750100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE parties (
        code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
        alpha3 text NOT NULL UNIQUE CHECK (alpha3 ~ '^[A-Z]{3}$'),
        numeric text UNIQUE CHECK (numeric ~ '^[0-9]{3}$'),
        kind text NOT NULL CHECK (kind IN ('member-state', 'fictional-state')),
        regional_group text CHECK (regional_group IN ('AG', 'APG', 'EEG', 'GRULAC', 'WEOG')),
        names jsonb NOT NULL
      );
      CREATE TABLE bodies (
        id uuid PRIMARY KEY,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        kind text NOT NULL CHECK (kind IN ('ministry', 'agency', 'cert')),
        names jsonb NOT NULL
      );
      CREATE INDEX bodies_of_party ON bodies (party_code);
      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        party_code text REFERENCES parties,
        body_id uuid REFERENCES bodies,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        role text NOT NULL CHECK (role IN ('officer', 'duty-officer', 'observer', 'directory-manager')),
        language text NOT NULL,
        sign_in_token text NOT NULL UNIQUE,
        person jsonb NOT NULL,
        password_hash text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT accounts_belong CHECK ((role = 'directory-manager') = (party_code IS NULL) AND (party_code IS NULL) = (body_id IS NULL))
      );
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts,
        party_code text REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        token_hash text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sessions_of_account ON sessions (account_id);
      CREATE TABLE idempotent_answers (
        scope text NOT NULL,
        key text NOT NULL,
        party_code text REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        fingerprint text NOT NULL,
        answer jsonb,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (scope, key)
      );
      CREATE TABLE points_of_contact (
        id uuid PRIMARY KEY,
        party_code text NOT NULL REFERENCES parties,
        body_id uuid NOT NULL REFERENCES bodies,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        level text NOT NULL CHECK (level IN ('policy', 'diplomatic', 'technical')),
        position integer NOT NULL CHECK (position >= 1),
        role_names jsonb NOT NULL,
        languages text[] NOT NULL,
        zone text NOT NULL,
        CONSTRAINT points_of_contact_order UNIQUE (party_code, level, position)
      );
      CREATE TABLE channels (
        id uuid PRIMARY KEY,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        kind text NOT NULL CHECK (kind IN ('mail')),
        position integer NOT NULL CHECK (position >= 1),
        address jsonb NOT NULL,
        sample boolean NOT NULL,
        CONSTRAINT channels_order UNIQUE (point_of_contact_id, position)
      );

      CREATE FUNCTION app.refuse_samples() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE sample boolean := CASE TG_TABLE_NAME WHEN 'parties' THEN to_jsonb(NEW)->>'kind' = 'fictional-state' ELSE (to_jsonb(NEW)->>'sample')::boolean END;
        BEGIN
          IF sample AND EXISTS (SELECT 1 FROM public.instance WHERE kind = 'real') THEN
            RAISE EXCEPTION 'a real instance takes no sample rows' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER no_samples_in_a_real_instance BEFORE INSERT OR UPDATE ON parties
        FOR EACH ROW EXECUTE FUNCTION app.refuse_samples();
      CREATE TRIGGER no_samples_in_a_real_instance BEFORE INSERT OR UPDATE ON channels
        FOR EACH ROW EXECUTE FUNCTION app.refuse_samples();
    `);
    for (const table of [
      'parties',
      'bodies',
      'accounts',
      'sessions',
      'idempotent_answers',
      'points_of_contact',
      'channels',
    ])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY owner_keeps ON parties TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY owner_keeps ON bodies TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY owner_keeps ON accounts TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY owner_keeps ON points_of_contact TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY owner_keeps ON channels TO CURRENT_USER USING (true) WITH CHECK (true);

      CREATE POLICY in_network ON parties FOR SELECT TO aldis_api USING (app.in_network());
      CREATE POLICY in_network ON bodies FOR SELECT TO aldis_api USING (app.in_network());
      CREATE POLICY in_network ON points_of_contact FOR SELECT TO aldis_api USING (app.in_network());
      CREATE POLICY in_network ON channels FOR SELECT TO aldis_api USING (app.in_network());
      CREATE POLICY at_work ON parties FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON bodies FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON points_of_contact FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON channels FOR SELECT TO aldis_worker USING (app.at_work());

      CREATE POLICY own ON sessions TO aldis_api
        USING (app.known() AND (token_hash = app.presented() OR account_id::text = app.actor()))
        WITH CHECK (app.known() AND account_id::text = app.actor() AND party_code IS NOT DISTINCT FROM app.party());
      CREATE POLICY presented_or_of_party ON accounts FOR SELECT TO aldis_api
        USING (app.known() AND (
          sign_in_token = app.presented()
          OR id::text = app.actor()
          OR party_code = app.party()
          OR EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = accounts.id AND s.token_hash = app.presented())));
      CREATE POLICY own ON idempotent_answers TO aldis_api
        USING (app.known() AND scope = app.actor())
        WITH CHECK (app.known() AND scope = app.actor() AND party_code IS NOT DISTINCT FROM app.party());

      GRANT SELECT ON parties, bodies, points_of_contact, channels, accounts TO aldis_api;
      GRANT SELECT, INSERT, DELETE ON sessions TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (answer) ON idempotent_answers TO aldis_api;
      GRANT SELECT ON parties, bodies, points_of_contact, channels TO aldis_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE channels, points_of_contact, idempotent_answers, sessions, accounts, bodies, parties;
      DROP FUNCTION app.refuse_samples()`);
  }
}
