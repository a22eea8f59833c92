import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That the administrators of a party are warned of the end of its keys: they can replace them. */
export class KeyWarningsToAdministrators1763764800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As of entries: the worker is told of those who keep a key for as long as a warning of its end is due and was not given.
      CREATE FUNCTION app.administrators_of_key(contact_key uuid) RETURNS TABLE (id uuid, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.language, a.person FROM public.contact_keys k JOIN public.channels c ON c.id = k.channel_id
        JOIN public.points_of_contact p ON p.id = c.point_of_contact_id JOIN public.accounts a ON a.party_code = k.party_code
        WHERE app.at_work() AND k.id = contact_key AND k.state = 'confirmed' AND c.state <> 'ended'
          AND p.state IN ('verified', 'active', 'stale')
          -- 90, 30 and 7 days in hours, whatever the zone of the session.
          AND k.expires_at <= app.now() + interval '2160 hours'
          AND (k.warned_days IS NULL OR k.warned_days > CASE
            WHEN k.expires_at <= app.now() THEN 0
            WHEN k.expires_at <= app.now() + interval '168 hours' THEN 7
            WHEN k.expires_at <= app.now() + interval '720 hours' THEN 30 ELSE 90 END)
          AND a.role = 'party-administrator' AND a.deactivated_at IS NULL
        ORDER BY a.id $$;
      REVOKE EXECUTE ON FUNCTION app.administrators_of_key(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.administrators_of_key(uuid) TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION app.administrators_of_key(uuid)');
  }
}
