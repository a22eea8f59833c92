import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const hash = (column: string) => `${column} text NOT NULL CHECK (${column} ~ '^[0-9a-f]{64}$')`;

/**
 * The record as chains of hashes. The database links each event to its chain in the statement that adds it, so no
 * path through the application can leave one out. libs/ledger states the same hashes and computes them anew to verify.
 */
export class Ledger1763751000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_events (
        id uuid PRIMARY KEY,
        -- Null: somebody gave an address that no account has.
        account_id uuid REFERENCES accounts,
        party_code text REFERENCES parties,
        ${traffic},
        act text NOT NULL CHECK (act IN ('sign-in', 'sign-in-refused')),
        assurance text NOT NULL CHECK (assurance IN ('signed-in', 'none')),
        at timestamptz NOT NULL
      );
      CREATE TABLE ledger_heads (
        chain text PRIMARY KEY,
        party_code text REFERENCES parties,
        ${traffic},
        seq integer NOT NULL CHECK (seq >= 1),
        ${hash('prev_hash')},
        ${hash('hash')}
      );
      CREATE TABLE ledger_entries (
        chain text NOT NULL,
        seq integer NOT NULL CHECK (seq >= 1),
        -- Whose chain it is; null: the network's.
        party_code text REFERENCES parties,
        ${traffic},
        kind text NOT NULL,
        at timestamptz NOT NULL,
        -- The party that acted, or whose relay did.
        actor_code text REFERENCES parties,
        assurance text NOT NULL,
        subject_id uuid NOT NULL CONSTRAINT ledger_entries_once UNIQUE,
        ${hash('commitment')},
        ${hash('digest')},
        ${hash('prev_hash')},
        ${hash('hash')},
        PRIMARY KEY (chain, seq)
      );`);
    await this.link(runner);
    await this.enter(runner);
    await this.raiseWalls(runner);
  }

  /** Canonical JSON (RFC 8785) of flat objects, the hashes over it, and heads that move by one. */
  private async link(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app.json(value text) RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT coalesce(to_json(value)::text, 'null') $$;
      CREATE FUNCTION app.utc(at timestamptz) RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
      CREATE FUNCTION app.tagged_hash(tag text, canonical text) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT encode(sha256(convert_to(tag || chr(10) || canonical, 'UTF8')), 'hex') $$;
      CREATE FUNCTION app.link_hash(seq integer, prev text, digest text) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT app.tagged_hash('aldis-ledger-link-v1',
          format('{"digest":"%s","prev":"%s","seq":%s}', digest, prev, seq)) $$;

      CREATE FUNCTION app.link_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          head public.ledger_heads;
          genesis CONSTANT text := repeat('0', 64);
        BEGIN
          NEW.digest := app.tagged_hash('aldis-ledger-entry-v1', '{"actor":' || app.json(NEW.actor_code)
            || ',"assurance":' || app.json(NEW.assurance) || ',"at":' || app.json(app.utc(NEW.at))
            || ',"chain":' || app.json(NEW.chain) || ',"commitment":' || app.json(NEW.commitment)
            || ',"kind":' || app.json(NEW.kind) || ',"party":' || app.json(NEW.party_code)
            || ',"subject":' || app.json(NEW.subject_id::text) || ',"traffic":' || app.json(NEW.traffic) || '}');
          INSERT INTO public.ledger_heads AS h (chain, party_code, traffic, seq, prev_hash, hash)
            VALUES (NEW.chain, NEW.party_code, NEW.traffic, 1, genesis, app.link_hash(1, genesis, NEW.digest))
            ON CONFLICT (chain) DO UPDATE
              SET seq = h.seq + 1, prev_hash = h.hash, hash = app.link_hash(h.seq + 1, h.hash, NEW.digest)
            RETURNING h.* INTO head;
          NEW.seq := head.seq;
          NEW.prev_hash := head.prev_hash;
          NEW.hash := head.hash;
          RETURN NEW;
        END $$;
      CREATE TRIGGER ledger_entries_are_linked BEFORE INSERT ON ledger_entries
        FOR EACH ROW EXECUTE FUNCTION app.link_entry();

      CREATE FUNCTION app.move_head() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' AND NEW.seq <> 1 OR TG_OP = 'UPDATE' AND (NEW.seq <> OLD.seq + 1
            OR (NEW.chain, NEW.party_code, NEW.traffic, NEW.prev_hash) IS DISTINCT FROM (OLD.chain, OLD.party_code, OLD.traffic, OLD.hash))
          THEN
            RAISE EXCEPTION 'the head of a chain moves forward by one' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER ledger_heads_move_by_one BEFORE INSERT OR UPDATE ON ledger_heads
        FOR EACH ROW EXECUTE FUNCTION app.move_head();
      CREATE TRIGGER ledger_heads_stay BEFORE DELETE ON ledger_heads
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER ledger_heads_are_kept BEFORE TRUNCATE ON ledger_heads
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();`);
    for (const table of ['access_events', 'ledger_entries'])
      await runner.query(`
        CREATE TRIGGER ${table}_only_grow BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
        CREATE TRIGGER ${table}_are_kept BEFORE TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();`);
  }

  /** Which entry an event makes, and in which chain; events that are there already get theirs. */
  private async enter(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What one side alone sees stands in a chain of its own: nobody's chain shows a gap.
      CREATE FUNCTION app.enter_request_event(e request_events) RETURNS void LANGUAGE sql AS $$
        INSERT INTO public.ledger_entries (chain, party_code, traffic, kind, at, actor_code, assurance, subject_id, commitment)
        SELECT
          CASE WHEN e.audience = 'requester' OR e.addressee_id IS NULL THEN 'request:' || e.request_id
            WHEN e.audience = 'addressee' THEN 'side:' || e.addressee_id ELSE 'line:' || e.addressee_id END,
          CASE WHEN e.audience = 'requester' OR e.addressee_id IS NULL THEN e.requester_code ELSE e.addressee_code END,
          e.traffic, 'request.' || e.act, e.at, e.party_code, e.assurance, e.id,
          app.tagged_hash('aldis-ledger-request-event-v1', '{"act":' || app.json(e.act) || ',"actor":' || app.json(e.actor)
            || ',"addressee":' || app.json(e.addressee_code) || ',"assurance":' || app.json(e.assurance)
            || ',"at":' || app.json(app.utc(e.at)) || ',"audience":' || app.json(e.audience)
            || ',"content":' || app.json(e.commitment) || ',"from":' || app.json(e.from_state)
            || ',"id":' || app.json(e.id::text) || ',"line":' || app.json(e.addressee_id::text)
            || ',"party":' || app.json(e.party_code) || ',"request":' || app.json(e.request_id::text)
            || ',"requester":' || app.json(e.requester_code) || ',"to":' || app.json(e.to_state)
            || ',"traffic":' || app.json(e.traffic) || '}') $$;
      CREATE FUNCTION app.chain_request_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN PERFORM app.enter_request_event(NEW); RETURN NULL; END $$;
      CREATE TRIGGER request_events_are_chained AFTER INSERT ON request_events
        FOR EACH ROW EXECUTE FUNCTION app.chain_request_event();

      CREATE FUNCTION app.chain_access_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          INSERT INTO public.ledger_entries (chain, party_code, traffic, kind, at, actor_code, assurance, subject_id, commitment)
          VALUES (coalesce('party:' || NEW.party_code, 'network'), NEW.party_code, NEW.traffic, 'access.' || NEW.act, NEW.at,
            NEW.party_code, NEW.assurance, NEW.id,
            app.tagged_hash('aldis-ledger-access-event-v1', '{"account":' || app.json(NEW.account_id::text)
              || ',"act":' || app.json(NEW.act) || ',"assurance":' || app.json(NEW.assurance)
              || ',"at":' || app.json(app.utc(NEW.at)) || ',"id":' || app.json(NEW.id::text)
              || ',"party":' || app.json(NEW.party_code) || ',"traffic":' || app.json(NEW.traffic) || '}'));
          RETURN NULL;
        END $$;
      CREATE TRIGGER access_events_are_chained AFTER INSERT ON access_events
        FOR EACH ROW EXECUTE FUNCTION app.chain_access_event();

      REVOKE EXECUTE ON FUNCTION app.enter_request_event(request_events), app.chain_request_event(), app.chain_access_event() FROM PUBLIC;
      -- The owner has no policy on events: for this one statement of this transaction it needs none.
      ALTER TABLE request_events NO FORCE ROW LEVEL SECURITY;
      DO $$ DECLARE e request_events; BEGIN
        FOR e IN SELECT * FROM request_events ORDER BY at, id LOOP PERFORM app.enter_request_event(e); END LOOP;
      END $$;
      ALTER TABLE request_events FORCE ROW LEVEL SECURITY;`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const table of ['access_events', 'ledger_heads', 'ledger_entries'])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      -- Nobody but the triggers, which run as the owner, writes here; by hand the owner sees and adds nothing.
      CREATE POLICY by_triggers ON ledger_heads TO CURRENT_USER
        USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);
      CREATE POLICY by_triggers ON ledger_entries TO CURRENT_USER
        USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);

      -- An entry is seen by those who see what it is about.
      CREATE POLICY with_its_event ON ledger_entries FOR SELECT TO aldis_api
        USING (app.known() AND (party_code = app.party() AND chain = 'party:' || app.party()
          OR chain = 'network' AND app.purpose() = 'network'
          OR EXISTS (SELECT 1 FROM request_events e WHERE e.id = subject_id)));
      CREATE POLICY own_party ON access_events FOR SELECT TO aldis_api
        USING (app.known() AND (party_code = app.party() OR party_code IS NULL AND app.purpose() = 'network'));
      -- By the account itself, or by whoever gave its address; an address of nobody is known by that.
      CREATE POLICY append ON access_events FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND CASE WHEN account_id IS NULL THEN party_code IS NULL AND app.actor() = 'anonymous'
          ELSE EXISTS (SELECT 1 FROM accounts a WHERE a.id = account_id AND a.party_code IS NOT DISTINCT FROM access_events.party_code
            AND (a.id::text = app.actor() OR a.sign_in_token = ANY (string_to_array(app.presented(), ',')))) END);

      CREATE POLICY verify ON ledger_entries FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      CREATE POLICY verify ON ledger_heads FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      CREATE POLICY verify ON access_events FOR SELECT TO aldis_ledger USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      GRANT SELECT, INSERT ON access_events TO aldis_api;
      GRANT SELECT ON ledger_entries TO aldis_api;
      GRANT SELECT ON ledger_entries, ledger_heads, access_events TO aldis_ledger;
      -- Sealed: to compare contents with their commitments, who verifies must bring the vault's key as well.
      CREATE POLICY verify ON request_event_contents FOR SELECT TO aldis_ledger
        USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      CREATE POLICY verify ON request_keys FOR SELECT TO aldis_ledger
        USING (app.actor() IS NOT NULL AND app.purpose() = 'ledger');
      GRANT SELECT (event_id, content) ON request_event_contents TO aldis_ledger;
      GRANT SELECT (request_id, party_code, wrapped) ON request_keys TO aldis_ledger;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT (event_id, content) ON request_event_contents FROM aldis_ledger;
      REVOKE SELECT (request_id, party_code, wrapped) ON request_keys FROM aldis_ledger;
      DROP POLICY verify ON request_event_contents;
      DROP POLICY verify ON request_keys;
      DROP TRIGGER request_events_are_chained ON request_events;
      DROP FUNCTION app.chain_request_event(), app.enter_request_event(request_events);
      DROP TABLE ledger_entries, ledger_heads, access_events;
      DROP FUNCTION app.chain_access_event(), app.move_head(), app.link_entry(), app.link_hash(integer, text, text),
        app.tagged_hash(text, text), app.utc(timestamptz), app.json(text);`);
  }
}
