import type { MigrationInterface, QueryRunner } from 'typeorm';

const answered = `SET answered_at = NEW.at, answered_how = NEW.kind
          WHERE id = NEW.channel_id AND (answered_at IS NULL OR answered_at < NEW.at)`;
const followAnswer = (more: string) => `
  CREATE OR REPLACE FUNCTION app.follow_answer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ DECLARE entry uuid;
      BEGIN
        UPDATE public.channels ${answered};
        ${more}
        RETURN NULL;
      END $$;`;
/** Whoever changes an entry and its channel locks them in this order. */
const clearDoubt = `
        SELECT c.point_of_contact_id INTO entry FROM public.channels c
          WHERE c.id = NEW.channel_id AND c.state = 'suspect' AND c.suspect_since <= NEW.at;
        IF NOT FOUND THEN RETURN NULL; END IF;
        PERFORM FROM public.points_of_contact p WHERE p.id = entry FOR UPDATE;
        UPDATE public.channels SET state = 'proven', suspect_since = NULL, version = version + 1
          WHERE id = NEW.channel_id AND state = 'suspect';
        UPDATE public.points_of_contact SET state = 'active', version = version + 1, changed_at = app.now()
          WHERE id = entry AND state = 'verified';`;

/** What holds between the pieces of the directory: rules of networks, and doubt that calls begin and answers end. */
export class DirectoryJoins1763763900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- After how many days entries of a party are confirmed and gone through: the strictest of its networks, each with
      -- what holds where it lays nothing down. As the owner: a bearer of a link sees no network.
      CREATE FUNCTION app.confirmation_days(of_party text, usual_soft integer, usual_hard integer)
        RETURNS TABLE (party_code text, soft integer, hard integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT p.code, coalesce(min(coalesce((n.rules->>'confirmationDays')::integer, usual_soft)), usual_soft),
          coalesce(min(coalesce((n.rules->>'hardConfirmationDays')::integer, usual_hard)), usual_hard)
        FROM public.parties p
        LEFT JOIN public.memberships m ON m.party_code = p.code AND m.joined_at <= (SELECT app.now())
          AND (m.left_at IS NULL OR m.left_at > (SELECT app.now()))
        LEFT JOIN public.networks n ON n.id = m.network_id
        WHERE app.actor() IS NOT NULL AND (of_party IS NULL OR p.code = of_party) GROUP BY p.code $$;
      REVOKE ALL ON FUNCTION app.confirmation_days(text, integer, integer) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.confirmation_days(text, integer, integer) TO aldis_api, aldis_worker;

      ${followAnswer(clearDoubt)}

      -- A call that somebody has made and recorded gives reason to doubt its channel, also that of another party.
      CREATE POLICY by_function ON call_tasks FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.known());
      CREATE POLICY by_function ON corrections FOR INSERT TO CURRENT_USER
        WITH CHECK (session_user <> current_user AND app.known() AND via = 'system' AND what = 'unanswered');
      CREATE POLICY by_function_seen ON corrections FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.known() AND via = 'system' AND what = 'unanswered');
      CREATE FUNCTION app.doubt_by_call(task uuid, note_id uuid) RETURNS boolean
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE entry uuid; called uuid; own text; wanted text;
        BEGIN
          SELECT c.point_of_contact_id, c.id, c.party_code, t.wanted_by INTO entry, called, own, wanted FROM public.call_tasks t
            JOIN public.channels c ON c.id = t.channel_id
            WHERE t.id = task AND t.state = 'done' AND t.outcome <> 'answered' AND t.taken_by = app.account();
          IF NOT FOUND THEN RETURN false; END IF;
          -- Calls of other parties count when two of them say the same since somebody answered last.
          IF wanted IS DISTINCT FROM own AND 2 > (SELECT count(DISTINCT coalesce(o.wanted_by, '')) FROM public.channel_checks k
            JOIN public.call_tasks o ON o.id = k.evidence_id
            WHERE k.channel_id = called AND k.kind = 'call' AND k.outcome <> 'answered' AND o.wanted_by IS DISTINCT FROM own
              AND NOT EXISTS (SELECT 1 FROM public.channel_checks a
                WHERE a.channel_id = called AND a.outcome = 'answered' AND a.at > k.at))
            THEN RETURN false; END IF;
          PERFORM FROM public.points_of_contact p WHERE p.id = entry FOR UPDATE;
          UPDATE public.channels SET state = 'suspect', suspect_since = app.now(), version = version + 1
            WHERE id = called AND state = 'proven';
          IF NOT FOUND THEN RETURN false; END IF;
          UPDATE public.points_of_contact p SET state = 'verified', version = p.version + 1, changed_at = app.now()
            WHERE p.id = entry AND p.state = 'active' AND NOT EXISTS (SELECT 1 FROM public.channels c
              WHERE c.point_of_contact_id = entry AND c.state = 'proven');
          INSERT INTO public.corrections (id, point_of_contact_id, channel_id, party_code, traffic, via, what, state, reported_at)
            SELECT note_id, p.id, called, p.party_code, p.traffic, 'system', 'unanswered', 'open', app.now()
            FROM public.points_of_contact p WHERE p.id = entry ON CONFLICT DO NOTHING;
          RETURN true;
        END $$;
      REVOKE ALL ON FUNCTION app.doubt_by_call(uuid, uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.doubt_by_call(uuid, uuid) TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.doubt_by_call(uuid, uuid);
      DROP POLICY by_function_seen ON corrections; DROP POLICY by_function ON corrections;
      DROP POLICY by_function ON call_tasks;
      ${followAnswer('')}
      DROP FUNCTION app.confirmation_days(text, integer, integer)`);
  }
}
