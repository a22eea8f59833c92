import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the owner of the database may do past the walls, by purpose and not by default: move sealed values to another
 * key, copy all rows, and put them back into an empty database. `migrate` calls the function each time, so that tables
 * of later migrations have the same policies.
 */
export class Keeping1763752000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Only where the owner itself is connected: a function that serves with its rights gets nothing of this.
      CREATE FUNCTION app.kept_for(VARIADIC purposes text[]) RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT session_user = current_user AND app.actor() IS NOT NULL AND app.purpose() = ANY (purposes) $$;
      CREATE FUNCTION app.let_owner_keep() RETURNS void LANGUAGE plpgsql AS $$
        DECLARE name text; moves text;
        BEGIN
          FOR name, moves IN
            -- What only ever grows is read to see which keys it needs, and never changed.
            SELECT relname, CASE WHEN EXISTS (SELECT 1 FROM pg_trigger t
              WHERE t.tgrelid = c.oid AND t.tgfoid = 'app.refuse_change'::regproc) THEN 'FOR SELECT' ELSE 'FOR ALL' END
            FROM pg_class c
            WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity AND relkind = 'r'
              AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'owner_rotates_keys')
          LOOP
            EXECUTE format('CREATE POLICY owner_rotates_keys ON public.%I %s TO CURRENT_USER USING (app.kept_for(''rotate-keys''))', name, moves);
            EXECUTE format('CREATE POLICY owner_copies ON public.%I FOR SELECT TO CURRENT_USER USING (app.kept_for(''copy'', ''restore''))', name);
            EXECUTE format('CREATE POLICY owner_restores ON public.%I FOR INSERT TO CURRENT_USER WITH CHECK (app.kept_for(''restore''))', name);
          END LOOP;
        END $$;
      REVOKE ALL ON FUNCTION app.let_owner_keep() FROM PUBLIC;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
        DECLARE found record;
        BEGIN
          FOR found IN
            SELECT p.polname, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            WHERE p.polname IN ('owner_rotates_keys', 'owner_copies', 'owner_restores')
          LOOP
            EXECUTE format('DROP POLICY %I ON public.%I', found.polname, found.relname);
          END LOOP;
        END $$;
      DROP FUNCTION app.let_owner_keep();
      DROP FUNCTION app.kept_for(text[])`);
  }
}
