import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who has looked: views of requests and look-ups in the directory, each with an entry in the journal. They are too many
 * for chains of their own. What the operator does to the vault's keys is an event of access.
 */
export class Views1763761500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of the network's staff: its look-ups, and mails to whom it invites.
      ALTER TABLE journal_entries ALTER COLUMN party_code DROP NOT NULL;
      CREATE POLICY owner_records ON access_events FOR INSERT TO CURRENT_USER
        WITH CHECK (app.kept_for('rotate-keys') AND account_id IS NULL AND party_code IS NULL AND assurance = 'system');

      CREATE TABLE views (
        id uuid PRIMARY KEY,
        party_code text REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        kind text NOT NULL CHECK (kind IN ('view.request', 'look-up')),
        -- An account, or the bearer of a notice's link.
        actor text NOT NULL,
        assurance text NOT NULL CHECK (assurance IN ('signed-in', 'emergency', 'link-and-code', 'api-token')),
        request_id uuid REFERENCES requests,
        -- The code of the party that was looked up; null for lists.
        sought text,
        at timestamptz NOT NULL,
        -- 128 random bits: without them nothing can be guessed from the commitment in the journal.
        salt text NOT NULL CHECK (salt ~ '^[0-9a-f]{32}$'),
        CONSTRAINT views_about CHECK ((kind = 'view.request') = (request_id IS NOT NULL) AND (kind = 'look-up' OR sought IS NULL))
      );
      CREATE INDEX views_of_actor ON views (actor, at DESC);

      CREATE FUNCTION app.journal_view() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          INSERT INTO public.journal_entries (id, party_code, traffic, kind, at, subject_id, commitment)
          VALUES (gen_random_uuid(), NEW.party_code, NEW.traffic, NEW.kind, NEW.at, NEW.id,
            app.tagged_hash('aldis-ledger-view-v1', '{"actor":' || app.json(NEW.actor) || ',"assurance":' || app.json(NEW.assurance)
              || ',"at":' || app.json(app.utc(NEW.at)) || ',"id":' || app.json(NEW.id::text) || ',"kind":' || app.json(NEW.kind)
              || ',"party":' || app.json(NEW.party_code) || ',"request":' || app.json(NEW.request_id::text)
              || ',"salt":' || app.json(NEW.salt) || ',"sought":' || app.json(NEW.sought)
              || ',"traffic":' || app.json(NEW.traffic) || '}'));
          RETURN NULL;
        END $$;
      CREATE TRIGGER views_are_journalled AFTER INSERT ON views FOR EACH ROW EXECUTE FUNCTION app.journal_view();
      REVOKE EXECUTE ON FUNCTION app.journal_view() FROM PUBLIC;
      CREATE TRIGGER views_only_grow BEFORE UPDATE OR DELETE ON views
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER views_are_kept BEFORE TRUNCATE ON views
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      ALTER TABLE views ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_party ON views FOR SELECT TO aldis_api
        USING (app.known() AND (party_code = app.party() OR party_code IS NULL AND app.purpose() = 'network'));
      -- By whoever looked, of what the walls let them see.
      CREATE POLICY append ON views FOR INSERT TO aldis_api
        WITH CHECK (app.in_network() AND actor = app.actor() AND party_code IS NOT DISTINCT FROM app.party()
          AND (request_id IS NULL OR EXISTS (SELECT 1 FROM requests r WHERE r.id = request_id AND r.traffic = views.traffic)));
      CREATE POLICY verify ON views FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      GRANT SELECT, INSERT ON views TO aldis_api;
      GRANT SELECT ON views TO aldis_ledger`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE views;
      DROP FUNCTION app.journal_view();
      DROP POLICY owner_records ON access_events;
      -- Where there is an entry of no party, this fails: the journal only grows.
      ALTER TABLE journal_entries NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE journal_entries ALTER COLUMN party_code SET NOT NULL;
      ALTER TABLE journal_entries FORCE ROW LEVEL SECURITY`);
  }
}
