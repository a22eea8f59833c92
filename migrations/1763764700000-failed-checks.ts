import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The function, with the outcomes that are none in vain, the channels that reach nobody, and the parties whose calls count by two. */
const doubtByCall = ({
  fine,
  open,
  called,
  counted,
  by,
}: Record<'fine' | 'open' | 'called' | 'counted' | 'by', string>) => `
  CREATE OR REPLACE FUNCTION app.doubt_by_call(task uuid, note_id uuid) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE entry uuid; called uuid; own text; wanted text;
        BEGIN
          SELECT c.point_of_contact_id, c.id, c.party_code, t.wanted_by INTO entry, called, own, wanted FROM public.call_tasks t
            JOIN public.channels c ON c.id = t.channel_id
            WHERE t.id = task AND t.state = 'done' AND ${fine} AND t.taken_by = app.account();
          IF NOT FOUND THEN RETURN false; END IF;
          -- Calls of other parties count when two of them say the same since somebody answered last.
          IF ${called} AND 2 > (SELECT count(DISTINCT ${by}) FROM public.channel_checks k
            JOIN public.call_tasks o ON o.id = k.evidence_id
            WHERE k.channel_id = called AND k.kind = 'call' AND k.outcome <> 'answered' AND ${counted}
              AND NOT EXISTS (SELECT 1 FROM public.channel_checks a
                WHERE a.channel_id = called AND a.outcome = 'answered' AND a.at > k.at))
            THEN RETURN false; END IF;
          PERFORM FROM public.points_of_contact p WHERE p.id = entry FOR UPDATE;
          UPDATE public.channels SET state = 'suspect', suspect_since = app.now(), version = version + 1
            WHERE id = called AND state = 'proven';
          IF NOT FOUND THEN RETURN false; END IF;
          UPDATE public.points_of_contact p SET state = 'verified', version = p.version + 1, changed_at = app.now()
            WHERE p.id = entry AND p.state = 'active' AND NOT EXISTS (SELECT 1 FROM public.channels c
              WHERE c.point_of_contact_id = entry AND c.state = 'proven'${open});
          INSERT INTO public.corrections (id, point_of_contact_id, channel_id, party_code, traffic, via, what, state, reported_at)
            SELECT note_id, p.id, called, p.party_code, p.traffic, 'system', 'unanswered', 'open', app.now()
            FROM public.points_of_contact p WHERE p.id = entry ON CONFLICT DO NOTHING;
          RETURN true;
        END $$;`;

/** One call in vain doubts a channel at once where the party itself or the secretariat has made it: other parties' count by two. */
export class FailedChecks1763764700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      doubtByCall({
        fine: `t.outcome NOT IN ('answered', 'disputed')`,
        open: ` AND c.purpose <> 'exercise' AND (c.expires_on IS NULL OR c.expires_on >= (app.now() AT TIME ZONE 'UTC')::date)`,
        ...{ called: 'wanted <> own', by: 'o.wanted_by', counted: 'o.wanted_by <> own' },
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      doubtByCall({
        ...{ fine: `t.outcome <> 'answered'`, open: '' },
        called: 'wanted IS DISTINCT FROM own',
        by: `coalesce(o.wanted_by, '')`,
        counted: 'o.wanted_by IS DISTINCT FROM own',
      }),
    );
  }
}
