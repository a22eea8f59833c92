import type { MigrationInterface, QueryRunner } from 'typeorm';

const asked = `session_user <> current_user AND app.known() AND app.purpose() = 'network'
  AND (SELECT app.role()) IN ('directory-manager', 'auditor')`;

/** What names a notice without its time: digits of the id that are random, of a UUIDv7 those after its counter. */
const tail = `right(n.id::text, 10)`;

/**
 * What the secretariat may know of deliveries: whether they go through. The function is the wall: the network's staff has
 * no policy on notices, and sees of them these columns alone.
 */
export class Deliveries1763761410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX notices_by_tail ON notices (right(id::text, 10));
      CREATE INDEX notices_failed ON notices (id) WHERE state = 'failed';
      CREATE INDEX notices_unsettled ON notices (created_at) WHERE settled_at IS NULL;
      CREATE POLICY asked_by_secretariat ON notices FOR SELECT TO CURRENT_USER USING (${asked});
      CREATE POLICY asked_by_secretariat ON attempts FOR SELECT TO CURRENT_USER USING (${asked});
      CREATE FUNCTION app.deliveries(wanted text, before text, how_many integer)
        RETURNS TABLE (notice text, channel text, state text, attempts integer, outcome text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT ${tail}, n.channel, n.state,
          (SELECT count(*)::integer FROM public.attempts a WHERE a.notice_id = n.id),
          (SELECT a.outcome FROM public.attempts a WHERE a.notice_id = n.id AND a.outcome IS NOT NULL ORDER BY a.number DESC LIMIT 1)
        FROM public.notices n
        WHERE (wanted IS NULL OR n.state = wanted)
          AND (before IS NULL OR n.id < (SELECT o.id FROM public.notices o WHERE right(o.id::text, 10) = before ORDER BY o.id DESC LIMIT 1))
        ORDER BY n.id DESC LIMIT least(how_many, 101) $$;
      CREATE FUNCTION app.delivery_summary(late_after interval)
        RETURNS TABLE (waiting integer, late integer, failed integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT (SELECT count(*)::integer FROM public.notices n WHERE n.settled_at IS NULL),
          (SELECT count(*)::integer FROM public.notices n WHERE n.settled_at IS NULL AND n.created_at < app.now() - late_after),
          (SELECT count(*)::integer FROM public.notices n WHERE n.state = 'failed') $$;
      REVOKE EXECUTE ON FUNCTION app.deliveries(text, text, integer), app.delivery_summary(interval) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.deliveries(text, text, integer), app.delivery_summary(interval) TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.deliveries(text, text, integer); DROP FUNCTION app.delivery_summary(interval);
      DROP POLICY asked_by_secretariat ON attempts; DROP POLICY asked_by_secretariat ON notices;
      DROP INDEX notices_unsettled; DROP INDEX notices_failed; DROP INDEX notices_by_tail`);
  }
}
