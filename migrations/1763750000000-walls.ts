import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ground: the identity that row level security reads, the time that all SQL uses, and what kind of instance
 * this is. The three roles are made before (they are the cluster's, not the database's).
 */
export class Walls1763750000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      CREATE SCHEMA app;
      GRANT USAGE ON SCHEMA app, public TO aldis_api, aldis_worker, aldis_ledger;

      CREATE FUNCTION app.actor() RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT nullif(current_setting('app.actor', true), '') $$;
      CREATE FUNCTION app.party() RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT nullif(current_setting('app.party', true), '') $$;
      CREATE FUNCTION app.body() RETURNS uuid LANGUAGE sql STABLE
        AS $$ SELECT nullif(current_setting('app.body', true), '')::uuid $$;
      CREATE FUNCTION app.purpose() RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT nullif(current_setting('app.purpose', true), '') $$;
      -- The hash of a secret that the caller showed; it opens exactly the row that bears it.
      CREATE FUNCTION app.presented() RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT nullif(current_setting('app.presented', true), '') $$;
      CREATE FUNCTION app.known() RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.actor() IS NOT NULL AND app.purpose() IS NOT NULL $$;
      -- A member of the network, or its staff.
      CREATE FUNCTION app.in_network() RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.known() AND (app.party() IS NOT NULL OR app.purpose() = 'network') $$;
      CREATE FUNCTION app.at_work() RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.actor() IS NOT NULL AND app.purpose() IN ('deliver', 'settle', 'sweep') $$;

      CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION '% only ever grows', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

      CREATE TABLE networks (
        id uuid PRIMARY KEY,
        code text NOT NULL UNIQUE,
        names jsonb NOT NULL
      );
      CREATE TABLE instance (
        sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
        kind text NOT NULL CHECK (kind IN ('sample', 'real')),
        network_id uuid NOT NULL REFERENCES networks,
        created_at timestamptz NOT NULL
      );
      CREATE TRIGGER instance_is_for_life BEFORE UPDATE OR DELETE ON instance
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER instance_is_kept BEFORE TRUNCATE ON instance
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      -- Moves time for stories and exercises; a real instance has no such row.
      CREATE TABLE app.clock (
        sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
        ahead interval NOT NULL
      );
      CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp
        AS $$ SELECT clock_timestamp() + coalesce((SELECT ahead FROM app.clock), interval '0') $$;
      CREATE FUNCTION app.refuse_moved_clock() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM public.instance WHERE kind = 'real') THEN
            RAISE EXCEPTION 'the time of a real instance is not moved';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER clock_of_a_sample BEFORE INSERT OR UPDATE ON app.clock
        FOR EACH ROW EXECUTE FUNCTION app.refuse_moved_clock();

      ALTER TABLE networks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE instance ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner_keeps ON networks TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY owner_keeps ON instance TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY seen ON networks FOR SELECT TO aldis_api, aldis_worker USING (app.known());
      CREATE POLICY seen ON instance FOR SELECT TO aldis_api, aldis_worker USING (app.known());
      GRANT SELECT ON networks, instance TO aldis_api, aldis_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE instance, networks; DROP SCHEMA app CASCADE`);
  }
}
