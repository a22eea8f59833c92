import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys with which mails to a channel can be encrypted. One person adds a key, another confirms it, and the database
 * writes down who; its material never changes, and what is revoked or ended stays so.
 */
export class ContactKeys1763763200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact_keys (
        id uuid PRIMARY KEY,
        channel_id uuid NOT NULL REFERENCES channels,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        kind text NOT NULL CHECK (kind IN ('openpgp', 'smime')),
        fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{40,64}$'),
        algorithm text NOT NULL,
        bits integer CHECK (bits > 0),
        curve text,
        -- Codes of what was found in it when it was added.
        findings text[] NOT NULL,
        names_address boolean NOT NULL,
        can_encrypt boolean NOT NULL,
        -- Names and addresses stand in both: sealed.
        user_ids jsonb NOT NULL,
        material jsonb NOT NULL,
        made_at timestamptz NOT NULL,
        valid_from timestamptz NOT NULL,
        expires_at timestamptz,
        state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'revoked', 'ended')),
        added_by uuid NOT NULL REFERENCES accounts,
        added_at timestamptz NOT NULL,
        confirmed_by uuid REFERENCES accounts,
        confirmed_at timestamptz,
        tested_at timestamptz,
        -- The days before its end of the last warning that was given; 0: that it is over.
        warned_days integer CHECK (warned_days IN (90, 30, 7, 0)),
        ended_at timestamptz,
        version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        CONSTRAINT contact_keys_two_people CHECK (state IN ('proposed', 'ended')
          OR (confirmed_by IS NOT NULL AND confirmed_by <> added_by)),
        CONSTRAINT contact_keys_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
        CONSTRAINT contact_keys_tested CHECK (tested_at IS NULL OR confirmed_at IS NOT NULL),
        CONSTRAINT contact_keys_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL))
      );
      CREATE INDEX contact_keys_of_channel ON contact_keys (channel_id);
      CREATE INDEX contact_keys_ending ON contact_keys (expires_at) WHERE state = 'confirmed' AND expires_at IS NOT NULL;
      CREATE UNIQUE INDEX contact_keys_once ON contact_keys (channel_id, fingerprint, state) WHERE state IN ('proposed', 'confirmed');

      -- Codes that were sent encrypted to a key, to be said back: each for one use, within a day, with few tries.
      CREATE TABLE key_tests (
        id uuid PRIMARY KEY,
        contact_key_id uuid NOT NULL REFERENCES contact_keys,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        key_id text NOT NULL,
        code_hash text NOT NULL,
        tries_left integer NOT NULL CHECK (tries_left BETWEEN 0 AND 5),
        sent_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX key_tests_of_key ON key_tests (contact_key_id, sent_at DESC)`);
    await this.guardLife(runner);
    await this.raiseWalls(runner);
  }

  private async guardLife(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who adds and who confirms is what the walls know, whatever a statement says.
      CREATE FUNCTION app.name_who_confirms() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'proposed' OR NEW.tested_at IS NOT NULL OR NEW.warned_days IS NOT NULL THEN
              RAISE EXCEPTION 'a key begins proposed' USING ERRCODE = 'insufficient_privilege';
            END IF;
            NEW.added_by := app.account();
            NEW.added_at := app.now();
            NEW.confirmed_by := NULL;
            NEW.confirmed_at := NULL;
          ELSIF OLD.state <> NEW.state THEN
            IF (OLD.state, NEW.state) NOT IN (('proposed', 'confirmed'), ('proposed', 'ended'), ('confirmed', 'ended'),
              ('confirmed', 'revoked'), ('revoked', 'ended')) THEN
              RAISE EXCEPTION 'a key that is % does not become %', OLD.state, NEW.state USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF NEW.state = 'confirmed' THEN
              NEW.confirmed_by := app.account();
              NEW.confirmed_at := app.now();
            END IF;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER contact_keys_confirmed BEFORE INSERT OR UPDATE ON contact_keys
        FOR EACH ROW EXECUTE FUNCTION app.name_who_confirms();

      -- The keys of a channel end with it, whoever ends it.
      CREATE FUNCTION app.end_keys_of_channel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          UPDATE public.contact_keys SET state = 'ended', ended_at = app.now(), version = version + 1
          WHERE channel_id = NEW.id AND state <> 'ended';
          RETURN NULL;
        END $$;
      REVOKE ALL ON FUNCTION app.end_keys_of_channel() FROM PUBLIC;
      CREATE TRIGGER channels_end_keys AFTER UPDATE OF state ON channels
        FOR EACH ROW WHEN (NEW.state = 'ended' AND OLD.state <> 'ended') EXECUTE FUNCTION app.end_keys_of_channel()`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contact_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE key_tests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_functions ON contact_keys FOR SELECT TO CURRENT_USER USING (party_code = app.party() OR app.at_work());
      CREATE POLICY by_functions_ended ON contact_keys FOR UPDATE TO CURRENT_USER
        USING (party_code = app.party() OR app.at_work()) WITH CHECK (state = 'ended');
      -- Others learn of a key once two people have vouched for it, and that it was revoked.
      CREATE POLICY seen ON contact_keys FOR SELECT TO aldis_api
        USING (app.in_network() AND (party_code = app.party() OR state IN ('confirmed', 'revoked')));
      CREATE POLICY by_administrator ON contact_keys FOR INSERT TO aldis_api
        WITH CHECK (app.keeps_entries(party_code) AND EXISTS (SELECT 1 FROM channels c
          WHERE c.id = channel_id AND c.party_code = contact_keys.party_code AND c.kind = 'mail' AND c.state <> 'ended'));
      CREATE POLICY by_administrator_changed ON contact_keys FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code)) WITH CHECK (app.keeps_entries(party_code));
      CREATE POLICY at_work ON contact_keys FOR SELECT TO aldis_worker USING (app.at_work() AND state = 'confirmed');
      CREATE POLICY at_work_warned ON contact_keys FOR UPDATE TO aldis_worker USING (app.at_work() AND state = 'confirmed');
      CREATE POLICY by_administrator ON key_tests TO aldis_api USING (app.keeps_entries(party_code))
        WITH CHECK (app.keeps_entries(party_code) AND EXISTS (SELECT 1 FROM contact_keys k
          WHERE k.id = contact_key_id AND k.party_code = key_tests.party_code AND k.state = 'confirmed'));
      GRANT SELECT, INSERT, UPDATE (state, tested_at, ended_at, version) ON contact_keys TO aldis_api;
      GRANT SELECT, UPDATE (warned_days) ON contact_keys TO aldis_worker;
      GRANT SELECT, INSERT, UPDATE (tries_left, used_at) ON key_tests TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER channels_end_keys ON channels;
      DROP TABLE key_tests, contact_keys;
      DROP FUNCTION app.end_keys_of_channel(), app.name_who_confirms()`);
  }
}
