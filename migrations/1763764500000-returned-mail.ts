import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that a relay took and that came back: when, and what the report says (RFC 3463). */
export class ReturnedMail1763764500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notices ADD COLUMN returned_at timestamptz,
        ADD COLUMN return_status text CHECK (return_status ~ '^[245]\\.[0-9]{1,3}\\.[0-9]{1,3}$'),
        ADD CONSTRAINT notices_returned CHECK (CASE WHEN returned_at IS NULL THEN return_status IS NULL
          ELSE channel = 'mail' AND state IN ('failed', 'cancelled') END);
      GRANT UPDATE (returned_at, return_status) ON notices TO aldis_worker;

      -- Whether somebody of the addressee has read it: then it has reached them, whatever comes back. The worker learns no more of it.
      CREATE POLICY by_function_viewed ON observations FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.at_work() AND what = 'viewed');
      CREATE FUNCTION app.line_was_viewed(line uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        AS $$ SELECT app.at_work() AND EXISTS (SELECT 1 FROM public.observations o WHERE o.addressee_id = line AND o.what = 'viewed') $$;
      REVOKE EXECUTE ON FUNCTION app.line_was_viewed(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.line_was_viewed(uuid) TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.line_was_viewed(uuid);
      DROP POLICY by_function_viewed ON observations;
      ALTER TABLE notices DROP COLUMN returned_at, DROP COLUMN return_status`);
  }
}
