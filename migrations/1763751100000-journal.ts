import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** What happens too often for chains of its own: written down at once, linked into one chain in batches. */
export class Journal1763751100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE journal_batches (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        size integer NOT NULL CHECK (size >= 1),
        -- The root of a Merkle tree (RFC 6962) over the entries in their order.
        root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$')
      );
      CREATE TABLE journal_entries (
        id uuid PRIMARY KEY,
        party_code text NOT NULL REFERENCES parties,
        ${traffic},
        kind text NOT NULL,
        at timestamptz NOT NULL,
        subject_id uuid NOT NULL,
        commitment text NOT NULL CHECK (commitment ~ '^[0-9a-f]{64}$'),
        batch_id uuid REFERENCES journal_batches,
        position integer CHECK (position >= 0),
        CONSTRAINT journal_entries_placed UNIQUE (batch_id, position),
        CONSTRAINT journal_entries_folded CHECK ((batch_id IS NULL) = (position IS NULL))
      );
      CREATE INDEX journal_entries_of_subject ON journal_entries (subject_id);
      CREATE INDEX journal_entries_waiting ON journal_entries (at, id) WHERE batch_id IS NULL;

      CREATE FUNCTION app.fold_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.batch_id IS NOT NULL OR (NEW.id, NEW.party_code, NEW.traffic, NEW.kind, NEW.at, NEW.subject_id, NEW.commitment)
            IS DISTINCT FROM (OLD.id, OLD.party_code, OLD.traffic, OLD.kind, OLD.at, OLD.subject_id, OLD.commitment) THEN
            RAISE EXCEPTION 'an entry of the journal is given its place once' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER journal_entries_are_folded_once BEFORE UPDATE ON journal_entries
        FOR EACH ROW EXECUTE FUNCTION app.fold_once();
      CREATE TRIGGER journal_entries_stay BEFORE DELETE ON journal_entries
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER journal_entries_are_kept BEFORE TRUNCATE ON journal_entries
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER journal_batches_only_grow BEFORE UPDATE OR DELETE ON journal_batches
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER journal_batches_are_kept BEFORE TRUNCATE ON journal_batches
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      CREATE FUNCTION app.enter_attempt(a attempts) RETURNS void LANGUAGE sql AS $$
        INSERT INTO public.journal_entries (id, party_code, traffic, kind, at, subject_id, commitment)
        VALUES (gen_random_uuid(), a.party_code, a.traffic, 'delivery.' || a.outcome, a.ended_at, a.id,
          app.tagged_hash('aldis-ledger-attempt-v1', '{"ended":' || app.json(app.utc(a.ended_at))
            || ',"id":' || app.json(a.id::text) || ',"notice":' || app.json(a.notice_id::text)
            || ',"number":' || a.number || ',"outcome":' || app.json(a.outcome) || ',"party":' || app.json(a.party_code)
            || ',"reply":' || coalesce(a.reply_code::text, 'null') || ',"request":' || app.json(a.request_id::text)
            || ',"requester":' || app.json(a.requester_code) || ',"started":' || app.json(app.utc(a.started_at))
            || ',"traffic":' || app.json(a.traffic) || '}')) $$;
      CREATE FUNCTION app.journal_attempt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN PERFORM app.enter_attempt(NEW); RETURN NULL; END $$;
      -- Late word from the relay ends an attempt a second time; both stand in the journal.
      CREATE TRIGGER attempts_are_journalled AFTER UPDATE ON attempts
        FOR EACH ROW WHEN (NEW.outcome IS NOT NULL) EXECUTE FUNCTION app.journal_attempt();

      CREATE FUNCTION app.chain_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          INSERT INTO public.ledger_entries (chain, party_code, traffic, kind, at, actor_code, assurance, subject_id, commitment)
          VALUES ('journal', NULL, 'actual', 'journal.batch', NEW.at, NULL, 'system', NEW.id,
            app.tagged_hash('aldis-ledger-journal-batch-v1', '{"at":' || app.json(app.utc(NEW.at)) || ',"id":' || app.json(NEW.id::text)
              || ',"root":' || app.json(NEW.root) || ',"size":' || NEW.size || '}'));
          RETURN NULL;
        END $$;
      CREATE TRIGGER journal_batches_are_chained AFTER INSERT ON journal_batches
        FOR EACH ROW EXECUTE FUNCTION app.chain_batch();
      REVOKE EXECUTE ON FUNCTION app.enter_attempt(attempts), app.journal_attempt(), app.chain_batch() FROM PUBLIC;

      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DO $$ DECLARE a attempts; BEGIN
        FOR a IN SELECT * FROM attempts WHERE outcome IS NOT NULL ORDER BY ended_at, id LOOP PERFORM app.enter_attempt(a); END LOOP;
      END $$;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;

      ALTER TABLE journal_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE journal_batches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_triggers ON journal_entries TO CURRENT_USER
        USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);
      CREATE POLICY at_work ON journal_entries TO aldis_worker USING (app.at_work());
      CREATE POLICY at_work ON journal_batches TO aldis_worker USING (app.at_work());
      CREATE POLICY verify ON journal_entries FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      CREATE POLICY verify ON journal_batches FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      CREATE POLICY verify ON attempts FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      GRANT SELECT, UPDATE (batch_id, position) ON journal_entries TO aldis_worker;
      GRANT SELECT, INSERT ON journal_batches TO aldis_worker;
      GRANT SELECT ON journal_entries, journal_batches, attempts TO aldis_ledger;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT ON attempts FROM aldis_ledger;
      DROP POLICY verify ON attempts;
      DROP TRIGGER attempts_are_journalled ON attempts;
      DROP FUNCTION app.journal_attempt(), app.enter_attempt(attempts);
      DROP TABLE journal_entries, journal_batches;
      DROP FUNCTION app.chain_batch(), app.fold_once();`);
  }
}
