import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the owner touches when a side is erased, and for what. */
const touched: Readonly<Record<string, readonly string[]>> = {
  requests: ['SELECT', 'UPDATE'],
  addressees: ['SELECT', 'UPDATE'],
  request_keys: ['SELECT', 'UPDATE', 'DELETE'],
  request_holds: ['SELECT', 'DELETE'],
  notices: ['SELECT', 'UPDATE'],
  request_events: ['SELECT', 'INSERT'],
  request_event_contents: ['INSERT'],
};
const policyOf = (table: string, command: string) =>
  `CREATE POLICY owner_erases_${command.toLowerCase()} ON ${table} FOR ${command} TO CURRENT_USER
     ${command === 'INSERT' ? 'WITH CHECK' : 'USING'} (app.erasing());`;

/**
 * How long content is kept, holds against its erasure, and erasure itself. The key of one side of a request is
 * destroyed by one function, which looks for itself whether that is allowed, and puts it on the record.
 */
export class Retention1763761600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE retention_policies (
        network_id uuid NOT NULL REFERENCES networks,
        version integer NOT NULL CHECK (version >= 1),
        -- Days after a side's part in a request has ended, and after a draft was last touched; null: never.
        days integer CHECK (days BETWEEN 30 AND 3650),
        draft_days integer CHECK (draft_days BETWEEN 30 AND 3650),
        set_by uuid NOT NULL REFERENCES accounts,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (network_id, version)
      );
      CREATE TRIGGER retention_policies_only_grow BEFORE UPDATE OR DELETE ON retention_policies
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER retention_policies_are_kept BEFORE TRUNCATE ON retention_policies
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
      -- What counts from when it was set is set now, whatever its writer says.
      CREATE FUNCTION app.set_now() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN NEW.set_at := app.now(); RETURN NEW; END $$;
      CREATE TRIGGER retention_policies_begin_now BEFORE INSERT ON retention_policies
        FOR EACH ROW EXECUTE FUNCTION app.set_now();

      -- The holds that stand. As long as a row is here, nobody can take away the key that it names.
      CREATE TABLE request_holds (
        request_id uuid NOT NULL,
        party_code text NOT NULL,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        since timestamptz NOT NULL,
        -- Null: until it is released.
        until timestamptz CHECK (until > since),
        PRIMARY KEY (request_id, party_code),
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        FOREIGN KEY (request_id, party_code) REFERENCES request_keys (request_id, party_code)
      );

      ALTER TABLE retention_policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE request_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner_reads ON retention_policies FOR SELECT TO CURRENT_USER USING (true);
      CREATE POLICY seen ON retention_policies FOR SELECT TO aldis_api USING (app.in_network());
      CREATE POLICY at_work ON retention_policies FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY by_manager ON retention_policies FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND app.role() = 'directory-manager' AND set_by::text = app.actor());
      CREATE POLICY own_side ON request_holds FOR SELECT TO aldis_api
        USING (app.concerns(request_id) AND party_code = app.party());
      CREATE POLICY by_officer ON request_holds TO aldis_api
        USING (app.concerns(request_id) AND party_code = app.party() AND app.role() = 'officer');
      CREATE POLICY at_work ON request_holds FOR SELECT TO aldis_worker USING (app.at_work());
      GRANT SELECT, INSERT ON retention_policies TO aldis_api;
      GRANT SELECT ON retention_policies, request_holds TO aldis_worker;
      GRANT SELECT, INSERT, DELETE, UPDATE (until) ON request_holds TO aldis_api;`);
    await this.tellTheTime(runner);
    await this.erase(runner);
  }

  /** When something may be erased: asked by views, by the worker, and by the function that erases. */
  private async tellTheTime(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- In force at a moment is the longest of all policies of the thirty days before: what is shortened, or set for
      -- the first time, counts a month later, what is lengthened counts at once. Null: never, as policies are now.
      CREATE FUNCTION app.kept_until(network uuid, since timestamptz, draft boolean) RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT min(greatest(p.set_at + interval '30 days', since + make_interval(days => p.longest)))
        FROM (SELECT set_at, max(coalesce(CASE WHEN draft THEN draft_days ELSE days END, 1000000))
            OVER (ORDER BY version DESC) AS longest
          FROM public.retention_policies WHERE network_id = network) p
        WHERE p.longest < 1000000 AND since IS NOT NULL $$;

      -- Since when a side of a request rests: its own part is over, or its draft lies untouched. Null: it does not. Of an
      -- addressee its own line alone decides: the date must not tell it of others.
      CREATE FUNCTION app.rests_since(request uuid, party text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT max(e.at) FROM public.requests r JOIN public.request_events e ON e.request_id = r.id
        WHERE r.id = request AND CASE
          WHEN r.party_code <> party THEN e.addressee_code = party
            AND EXISTS (SELECT 1 FROM public.addressees a WHERE a.request_id = r.id AND a.party_code = party
              AND a.state IN ('closed', 'withdrawn')
              AND NOT EXISTS (SELECT 1 FROM public.addressees f WHERE f.follows = a.id))
          ELSE r.state IN ('draft', 'closed', 'withdrawn') END
        AND (r.state = 'draft' OR e.to_state IN ('closed', 'withdrawn') AND e.from_state IS DISTINCT FROM e.to_state) $$;
      CREATE FUNCTION app.erase_after(request uuid, party text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT app.kept_until(r.network_id, app.rests_since(r.id, party), r.state = 'draft')
        FROM public.requests r WHERE r.id = request $$;
      CREATE INDEX request_events_ended ON request_events (at)
        WHERE to_state IN ('closed', 'withdrawn') AND from_state IS DISTINCT FROM to_state;

      -- Whether a side can still read a request. Asked before its line is opened again, by those who cannot see its key.
      CREATE POLICY asked_for ON request_keys FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.known() AND app.party() IS NOT NULL);
      CREATE FUNCTION app.has_key(request uuid, party text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        SELECT EXISTS (SELECT 1 FROM public.request_keys k WHERE k.request_id = request AND k.party_code = party) $$`);
  }

  private async erase(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Within the functions below, for the worker; and for the operator who erases by order.
      CREATE FUNCTION app.erasing() RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT session_user <> current_user AND app.at_work() OR app.kept_for('erase') $$;
      ${Object.entries(touched)
        .flatMap(([table, commands]) => commands.map((command) => policyOf(table, command)))
        .join('\n')}

      -- Destroys the key of one side and records it, if the side rests, by its term or since "settled" where it is
      -- ordered, and no hold stands. Answers whether it did.
      CREATE FUNCTION app.erase_side(request uuid, party text, event uuid, commitment text, words jsonb, settled interval)
        RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE
          r record;
          line uuid;
          was text;
          at timestamptz;
        BEGIN
          -- The locks of an act, in its order. Whoever opens a line again goes before or after.
          SELECT id, party_code, traffic, state INTO r FROM public.requests WHERE id = request FOR NO KEY UPDATE;
          PERFORM 1 FROM public.addressees a WHERE a.request_id = request ORDER BY a.id FOR NO KEY UPDATE;
          PERFORM 1 FROM public.request_keys k WHERE k.request_id = request AND k.party_code = party FOR UPDATE;
          IF NOT FOUND THEN RETURN false; END IF;
          at := app.now();
          DELETE FROM public.request_holds h WHERE h.request_id = request AND h.party_code = party AND h.until <= at;
          IF EXISTS (SELECT 1 FROM public.request_holds h WHERE h.request_id = request AND h.party_code = party)
            OR (coalesce(CASE WHEN settled IS NULL THEN app.erase_after(request, party)
              ELSE app.rests_since(request, party) + settled END, 'infinity') > at)
          THEN RETURN false; END IF;

          SELECT a.id, a.state INTO line, was FROM public.addressees a
            WHERE a.request_id = request AND a.party_code = party
              AND NOT EXISTS (SELECT 1 FROM public.addressees f WHERE f.follows = a.id);
          DELETE FROM public.request_keys k WHERE k.request_id = request AND k.party_code = party;
          -- Copies of what was read with the last acts on it: by now all of that age, with or without the worker's sweep.
          DELETE FROM public.idempotent_answers WHERE created_at < at - interval '7 days';
          UPDATE public.notices n SET recalled_at = at, lease_until = NULL,
              state = CASE n.state WHEN 'sending' THEN 'sending' ELSE 'cancelled' END,
              settled_at = CASE n.state WHEN 'sending' THEN NULL ELSE at END
            WHERE n.request_id = request AND n.party_code = party AND n.settled_at IS NULL;
          -- Of a draft nothing is left to be sent, nor to whom it was to go.
          UPDATE public.requests SET state = 'withdrawn', withdrawn_at = at, addressed_to = '{}', version = version + 1
            WHERE id = request AND state = 'draft';
          INSERT INTO public.request_events (id, request_id, addressee_id, party_code, requester_code, addressee_code, audience,
              traffic, act, from_state, to_state, actor, assurance, at, commitment)
            VALUES (event, request, line, party, r.party_code, CASE WHEN line IS NOT NULL THEN party END,
              CASE WHEN line IS NULL THEN 'requester' ELSE 'addressee' END, r.traffic, 'erase', coalesce(was, r.state),
              coalesce(was, CASE r.state WHEN 'draft' THEN 'withdrawn' ELSE r.state END),
              CASE WHEN settled IS NULL THEN 'worker' ELSE 'operator' END, 'system', at, commitment);
          INSERT INTO public.request_event_contents (event_id, request_id, party_code, traffic, content)
            VALUES (event, request, party, r.traffic, words);
          RETURN true;
        END $$;
      CREATE FUNCTION app.erase_due(request uuid, party text, event uuid, commitment text, words jsonb) RETURNS boolean
        LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp
        AS $$ SELECT app.at_work() AND app.erase_side(request, party, event, commitment, words, NULL) $$;
      -- Under an order the term is not waited for, but the seven days for which answers are kept for repeats: they are copies.
      CREATE FUNCTION app.erase_ordered(request uuid, party text, event uuid, commitment text, words jsonb) RETURNS boolean
        LANGUAGE sql
        AS $$ SELECT app.kept_for('erase') AND app.erase_side(request, party, event, commitment, words, interval '7 days') $$;
      REVOKE EXECUTE ON FUNCTION app.erase_side(uuid, text, uuid, text, jsonb, interval),
        app.erase_due(uuid, text, uuid, text, jsonb), app.erase_ordered(uuid, text, uuid, text, jsonb) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.erase_due(uuid, text, uuid, text, jsonb) TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const policies = Object.entries(touched)
      .filter(([table]) => table !== 'request_holds')
      .flatMap(([table, commands]) =>
        commands.map((command) => `DROP POLICY owner_erases_${command.toLowerCase()} ON ${table};`),
      );
    await runner.query(`
      DROP FUNCTION app.erase_ordered(uuid, text, uuid, text, jsonb), app.erase_due(uuid, text, uuid, text, jsonb),
        app.erase_side(uuid, text, uuid, text, jsonb, interval), app.has_key(uuid, text);
      DROP POLICY asked_for ON request_keys;
      ${policies.join('\n')}
      DROP INDEX request_events_ended;
      DROP FUNCTION app.erase_after(uuid, text), app.rests_since(uuid, text), app.kept_until(uuid, timestamptz, boolean);
      DROP TABLE request_holds, retention_policies;
      DROP FUNCTION app.set_now(), app.erasing()`);
  }
}
