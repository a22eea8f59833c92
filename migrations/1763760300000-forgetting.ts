import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is over is forgotten. The worker asks for it and has no right to these tables itself; the owner, as whom it
 * happens, sees of them what is over and no more.
 */
export class Forgetting1763760300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX sessions_over ON sessions (expires_at);
      CREATE INDEX idempotent_answers_over ON idempotent_answers (created_at);
      CREATE POLICY over ON sessions TO CURRENT_USER USING (expires_at < app.now());
      CREATE POLICY over ON idempotent_answers TO CURRENT_USER USING (created_at < app.now() - interval '7 days');
      CREATE POLICY over ON passkey_challenges TO CURRENT_USER USING (expires_at < app.now());
      CREATE POLICY over ON throttles TO CURRENT_USER USING (last_at < app.now() - interval '1 hour');
      CREATE FUNCTION app.forget_what_is_over() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        DECLARE forgotten integer := 0; part integer;
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          DELETE FROM public.sessions WHERE expires_at < app.now();
          GET DIAGNOSTICS part = ROW_COUNT; forgotten := forgotten + part;
          DELETE FROM public.idempotent_answers WHERE created_at < app.now() - interval '7 days';
          GET DIAGNOSTICS part = ROW_COUNT; forgotten := forgotten + part;
          DELETE FROM public.passkey_challenges WHERE expires_at < app.now();
          GET DIAGNOSTICS part = ROW_COUNT; forgotten := forgotten + part;
          DELETE FROM public.throttles WHERE last_at < app.now() - interval '1 hour';
          GET DIAGNOSTICS part = ROW_COUNT; forgotten := forgotten + part;
          RETURN forgotten;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.forget_what_is_over() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.forget_what_is_over() TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.forget_what_is_over();
      DROP POLICY over ON throttles; DROP POLICY over ON passkey_challenges;
      DROP POLICY over ON idempotent_answers; DROP POLICY over ON sessions;
      DROP INDEX idempotent_answers_over; DROP INDEX sessions_over`);
  }
}
