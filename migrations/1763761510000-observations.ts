import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/**
 * What was observed of an addressee's line without anybody acting on it: that a mail arrived, that the request was
 * read. Each stands in the journal, and both sides of the line get a receipt of it.
 */
export class Observations1763761510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE observations (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL,
        addressee_id uuid NOT NULL,
        -- The addressee.
        party_code text NOT NULL REFERENCES parties,
        requester_code text NOT NULL REFERENCES parties,
        ${traffic},
        what text NOT NULL CHECK (what IN ('delivered', 'viewed')),
        evidence text NOT NULL CHECK (evidence IN ('link-fetched', 'request-read', 'code-typed')),
        assurance text NOT NULL CHECK (assurance IN ('signed-in', 'emergency', 'link-and-code', 'system')),
        notice_id uuid REFERENCES notices,
        at timestamptz NOT NULL,
        salt text NOT NULL CHECK (salt ~ '^[0-9a-f]{32}$'),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        FOREIGN KEY (addressee_id, request_id, party_code) REFERENCES addressees (id, request_id, party_code),
        -- A link that was fetched says nothing about a person.
        CONSTRAINT observations_evident CHECK (CASE what
          WHEN 'delivered' THEN evidence = 'link-fetched' AND assurance = 'system' AND notice_id IS NOT NULL
          -- Nor does a program that reads.
          ELSE evidence <> 'link-fetched' AND assurance NOT IN ('system', 'api-token') AND notice_id IS NULL END)
      );
      CREATE INDEX observations_of_line ON observations (addressee_id);
      CREATE INDEX observations_of_request ON observations (request_id);
      CREATE UNIQUE INDEX observations_delivered_once ON observations (notice_id) WHERE what = 'delivered';
      CREATE UNIQUE INDEX observations_viewed_once ON observations (addressee_id) WHERE what = 'viewed';

      CREATE FUNCTION app.journal_observation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          INSERT INTO public.journal_entries (id, party_code, traffic, kind, at, subject_id, commitment)
          VALUES (gen_random_uuid(), NEW.party_code, NEW.traffic, 'observation.' || NEW.what, NEW.at, NEW.id,
            app.tagged_hash('aldis-ledger-observation-v1', '{"addressee":' || app.json(NEW.party_code)
              || ',"assurance":' || app.json(NEW.assurance) || ',"at":' || app.json(app.utc(NEW.at))
              || ',"evidence":' || app.json(NEW.evidence) || ',"id":' || app.json(NEW.id::text)
              || ',"line":' || app.json(NEW.addressee_id::text) || ',"notice":' || app.json(NEW.notice_id::text)
              || ',"request":' || app.json(NEW.request_id::text) || ',"requester":' || app.json(NEW.requester_code)
              || ',"salt":' || app.json(NEW.salt) || ',"traffic":' || app.json(NEW.traffic)
              || ',"what":' || app.json(NEW.what) || '}'));
          RETURN NULL;
        END $$;
      CREATE TRIGGER observations_are_journalled AFTER INSERT ON observations
        FOR EACH ROW EXECUTE FUNCTION app.journal_observation();
      REVOKE EXECUTE ON FUNCTION app.journal_observation() FROM PUBLIC;
      CREATE TRIGGER observations_only_grow BEFORE UPDATE OR DELETE ON observations
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER observations_are_kept BEFORE TRUNCATE ON observations
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      -- The hashes beside the way to the root of the batch, kept where a receipt needs them: the other entries of a
      -- batch are not shown to anybody for it.
      ALTER TABLE journal_entries ADD COLUMN path text[],
        ADD CONSTRAINT journal_entries_path CHECK (path IS NULL OR batch_id IS NOT NULL);
      GRANT UPDATE (path) ON journal_entries TO aldis_worker`);
    await this.raiseWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE observations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_line ON observations FOR SELECT TO aldis_api
        USING ((app.concerns(request_id) OR request_id IN (SELECT app.shared_requests()))
          AND (party_code = app.party() OR requester_code = app.party()));
      -- Asked as the owner: no other look at notices has to look at links for it.
      CREATE POLICY by_function ON notices FOR SELECT TO CURRENT_USER USING (app.purpose() = 'link');
      CREATE FUNCTION app.has_left(notice uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = app, pg_temp
        AS $$ SELECT EXISTS (SELECT 1 FROM public.notices n WHERE n.id = notice AND n.state = 'accepted') $$;
      -- By whoever shows the link, of that link's own notice, as long as it is in force. What a filter of our own relay
      -- fetches while it takes the mail has gone nowhere yet.
      CREATE POLICY by_link ON observations FOR INSERT TO aldis_api
        WITH CHECK (what = 'delivered' AND app.purpose() = 'link' AND app.has_left(notice_id) AND EXISTS (SELECT 1 FROM ack_links k
          WHERE k.token_hash = app.presented() AND k.expires_at > app.now()
            AND k.notice_id = observations.notice_id AND k.request_id = observations.request_id
            AND k.addressee_id = observations.addressee_id AND k.party_code = observations.party_code
            AND k.requester_code = observations.requester_code));
      -- By whoever holds the line: what the requester reads says nothing of the addressee.
      CREATE POLICY by_holder ON observations FOR INSERT TO aldis_api
        WITH CHECK (what = 'viewed' AND party_code = app.party() AND requester_code = app.asked_by(request_id)
          AND app.holds(addressee_id));
      CREATE POLICY verify ON observations FOR SELECT TO aldis_ledger
        USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      GRANT SELECT, INSERT ON observations TO aldis_api;
      GRANT SELECT ON observations TO aldis_ledger;

      -- What a receipt rests on: the entry itself, its batch, and the chain of batches, which names nobody.
      CREATE POLICY with_its_observation ON journal_entries FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM observations o WHERE o.id = subject_id));
      CREATE POLICY with_its_entry ON journal_batches FOR SELECT TO aldis_api
        USING (app.known() AND EXISTS (SELECT 1 FROM journal_entries j WHERE j.batch_id = journal_batches.id));
      CREATE POLICY of_journal ON ledger_entries FOR SELECT TO aldis_api
        USING (app.known() AND app.party() IS NOT NULL AND app.body() IS NOT NULL AND chain = 'journal');
      GRANT SELECT ON journal_entries, journal_batches TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT ON journal_entries, journal_batches FROM aldis_api;
      DROP POLICY of_journal ON ledger_entries;
      DROP POLICY with_its_entry ON journal_batches;
      DROP POLICY with_its_observation ON journal_entries;
      DROP TABLE observations;
      DROP POLICY by_function ON notices;
      DROP FUNCTION app.journal_observation(), app.has_left(uuid);
      ALTER TABLE journal_entries DROP COLUMN path`);
  }
}
