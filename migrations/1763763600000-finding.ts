import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may write under what something is found: who keeps the thing itself, the secretariat for parties, the worker. */
const byKeeper = `app.keeps_entries(party_code) OR kind = 'party' AND app.keeps_networks()`;

/** Of the own party, and of those that share a network now; of all for the network's staff. */
const metNow = `(SELECT app.in_network()) AND ((SELECT app.party()) IS NULL OR party_code = (SELECT app.party())
  OR party_code IN (SELECT app.parties_met()))`;

/**
 * Under what States, bodies and points of contact are found: folded names with all their beginnings, and the words
 * in them by what is left when letters are taken out. All look-ups are by equality and order, for no other operator may use
 * an index through row level security. Names of persons are found by keyed tokens. How much is read is counted.
 */
export class Finding1763763600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What there is to be found; version 0: its names have changed, or have not been folded yet.
      CREATE TABLE findables (
        kind text NOT NULL CHECK (kind IN ('party', 'body', 'point-of-contact')),
        party_code text NOT NULL REFERENCES parties,
        -- Of a party: nothing but zeros.
        subject uuid NOT NULL,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        version integer NOT NULL DEFAULT 0,
        PRIMARY KEY (kind, party_code, subject)
      );
      CREATE INDEX findables_due ON findables (version, kind, party_code, subject);
      CREATE TABLE finding_holders (
        kind text NOT NULL CHECK (kind IN ('party', 'body', 'point-of-contact')),
        name text COLLATE "C" NOT NULL,
        party_code text NOT NULL REFERENCES parties,
        subject uuid NOT NULL,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        PRIMARY KEY (kind, name, party_code, subject)
      );
      -- With the names, so that all of a party's are looked through without reading the table.
      CREATE INDEX finding_holders_of_subject ON finding_holders (party_code, kind, subject) INCLUDE (name);
      -- Of names, whoever bears them: what is said once is kept once.
      CREATE TABLE finding_terms (
        kind text NOT NULL CHECK (kind IN ('party', 'body', 'point-of-contact')),
        name text COLLATE "C" NOT NULL,
        term text COLLATE "C" NOT NULL,
        weight integer NOT NULL CHECK (weight BETWEEN 0 AND 2),
        PRIMARY KEY (kind, name, term, weight)
      );
      CREATE INDEX finding_terms_by_term ON finding_terms (kind, weight, term, name);
      CREATE TABLE finding_words (
        rest text COLLATE "C" NOT NULL,
        word text COLLATE "C" NOT NULL,
        PRIMARY KEY (rest, word)
      );
      CREATE TABLE person_tokens (
        token text COLLATE "C" NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        key_id text NOT NULL,
        PRIMARY KEY (token, point_of_contact_id)
      );
      CREATE INDEX person_tokens_of_point ON person_tokens (point_of_contact_id);

      -- Entries of others that somebody has read within the hour, each once.
      CREATE TABLE entry_readings (
        actor text NOT NULL,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        party_code text REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        at timestamptz NOT NULL,
        PRIMARY KEY (actor, point_of_contact_id)
      );
      CREATE INDEX entry_readings_by_time ON entry_readings (actor, at);
      CREATE INDEX entry_readings_over ON entry_readings (at)`);
    await this.watchNames(runner);
    await this.raiseWalls(runner);
  }

  /** Whoever writes a name, however: it is folded anew. A person's name that is gone is not found for a moment longer. */
  private async watchNames(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app.mark_findable() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $$
        DECLARE nothing constant uuid := '00000000-0000-0000-0000-000000000000';
        BEGIN
          IF TG_TABLE_NAME = 'parties' THEN
            INSERT INTO public.findables (kind, party_code, subject, traffic) VALUES ('party', NEW.code, nothing, 'actual')
            ON CONFLICT (kind, party_code, subject) DO UPDATE SET version = 0;
          ELSE
            INSERT INTO public.findables (kind, party_code, subject, traffic)
            VALUES (CASE TG_TABLE_NAME WHEN 'bodies' THEN 'body' ELSE 'point-of-contact' END, NEW.party_code, NEW.id, NEW.traffic)
            ON CONFLICT (kind, party_code, subject) DO UPDATE SET version = 0;
          END IF;
          IF TG_TABLE_NAME = 'points_of_contact' AND TG_OP = 'UPDATE' THEN
            DELETE FROM public.person_tokens WHERE point_of_contact_id = NEW.id;
          END IF;
          RETURN NULL;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.mark_findable() FROM PUBLIC;
      CREATE TRIGGER parties_are_found AFTER INSERT ON parties FOR EACH ROW EXECUTE FUNCTION app.mark_findable();
      CREATE TRIGGER parties_are_found_anew AFTER UPDATE ON parties FOR EACH ROW
        WHEN ((OLD.names, OLD.alpha3, OLD.numeric) IS DISTINCT FROM (NEW.names, NEW.alpha3, NEW.numeric))
        EXECUTE FUNCTION app.mark_findable();
      CREATE TRIGGER bodies_are_found AFTER INSERT ON bodies FOR EACH ROW EXECUTE FUNCTION app.mark_findable();
      CREATE TRIGGER bodies_are_found_anew AFTER UPDATE ON bodies FOR EACH ROW
        WHEN ((OLD.names, OLD.kind) IS DISTINCT FROM (NEW.names, NEW.kind)) EXECUTE FUNCTION app.mark_findable();
      CREATE TRIGGER points_of_contact_are_found AFTER INSERT ON points_of_contact
        FOR EACH ROW EXECUTE FUNCTION app.mark_findable();
      CREATE TRIGGER points_of_contact_are_found_anew AFTER UPDATE ON points_of_contact FOR EACH ROW
        WHEN ((OLD.role_names, OLD.person, OLD.state = 'retired') IS DISTINCT FROM (NEW.role_names, NEW.person, NEW.state = 'retired'))
        EXECUTE FUNCTION app.mark_findable();
      -- What there is already; the worker folds it.
      INSERT INTO findables (kind, party_code, subject, traffic)
      SELECT 'party', code, '00000000-0000-0000-0000-000000000000', 'actual' FROM parties
      UNION ALL SELECT 'body', party_code, id, traffic FROM bodies
      UNION ALL SELECT 'point-of-contact', party_code, id, traffic FROM points_of_contact`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    const named = ['findables', 'finding_holders', 'finding_terms', 'finding_words', 'person_tokens'];
    for (const table of named)
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner_keeps ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        -- Asked once for a statement, and not for each row.
        CREATE POLICY in_network ON ${table} FOR SELECT TO aldis_api
          USING (${table === 'person_tokens' ? metNow : '(SELECT app.in_network())'});
        CREATE POLICY at_work ON ${table} TO aldis_worker USING (app.at_work()) WITH CHECK (app.at_work())`);
    for (const table of ['finding_terms', 'finding_words'])
      await runner.query(`
        CREATE POLICY by_keeper ON ${table} FOR INSERT TO aldis_api
          WITH CHECK (app.known() AND app.role() IN ('party-administrator', 'directory-manager'));
        GRANT SELECT, INSERT ON ${table} TO aldis_api, aldis_worker`);
    await runner.query(`
      CREATE POLICY by_keeper ON findables FOR UPDATE TO aldis_api USING (${byKeeper}) WITH CHECK (${byKeeper});
      CREATE POLICY by_keeper ON finding_holders FOR INSERT TO aldis_api WITH CHECK (${byKeeper});
      CREATE POLICY by_keeper_removed ON finding_holders FOR DELETE TO aldis_api USING (${byKeeper});
      CREATE POLICY by_keeper ON person_tokens FOR INSERT TO aldis_api WITH CHECK (app.keeps_entries(party_code)
        AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = point_of_contact_id AND p.party_code = person_tokens.party_code));
      CREATE POLICY by_keeper_removed ON person_tokens FOR DELETE TO aldis_api USING (app.keeps_entries(party_code));
      GRANT SELECT, UPDATE (version) ON findables TO aldis_api, aldis_worker;
      GRANT SELECT, INSERT, DELETE ON finding_holders, person_tokens TO aldis_api, aldis_worker;

      ALTER TABLE entry_readings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON entry_readings TO aldis_api USING (app.in_network() AND actor = app.actor())
        WITH CHECK (app.in_network() AND actor = app.actor() AND party_code IS NOT DISTINCT FROM app.party());
      GRANT SELECT, INSERT, UPDATE (at) ON entry_readings TO aldis_api;
      CREATE POLICY over ON entry_readings TO CURRENT_USER USING (at < app.now() - interval '1 hour');
      CREATE FUNCTION app.forget_readings() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
        DECLARE forgotten integer := 0;
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          DELETE FROM public.entry_readings WHERE at < app.now() - interval '1 hour';
          GET DIAGNOSTICS forgotten = ROW_COUNT;
          RETURN forgotten;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.forget_readings() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.forget_readings() TO aldis_worker;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER points_of_contact_are_found_anew ON points_of_contact;
      DROP TRIGGER points_of_contact_are_found ON points_of_contact;
      DROP TRIGGER bodies_are_found_anew ON bodies; DROP TRIGGER bodies_are_found ON bodies;
      DROP TRIGGER parties_are_found_anew ON parties; DROP TRIGGER parties_are_found ON parties;
      DROP FUNCTION app.mark_findable(), app.forget_readings();
      DROP TABLE entry_readings, person_tokens, finding_words, finding_terms, finding_holders, findables`);
  }
}
