import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofEntry = `
  id uuid PRIMARY KEY,
  point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const told = `('verified', 'active', 'stale')`;
const nobody = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Entries that stay true: asked for every 90 days and confirmed from the mail, gone through once a year; channels that
 * refuse what is sent there; and what somebody says is wrong, until the party of the entry has decided.
 */
export class Confirmations1763763300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One ask for confirmation: a link, sent to one channel, reminded of until it is used or the next one is sent.
      CREATE TABLE confirmations (
        ${ofEntry},
        channel_id uuid NOT NULL REFERENCES channels,
        key_id text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        asked_at timestamptz NOT NULL,
        mailed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        outcome text CHECK (outcome IN ('confirmed', 'reported')),
        CONSTRAINT confirmations_used CHECK ((used_at IS NULL) = (outcome IS NULL))
      );
      CREATE INDEX confirmations_of_entry ON confirmations (point_of_contact_id, asked_at DESC);

      -- What is said to be wrong with an entry or one of its channels.
      CREATE TABLE corrections (
        ${ofEntry},
        channel_id uuid REFERENCES channels,
        -- Who said so: a party (its own, where it came from the link of a mail), or the system itself.
        via text NOT NULL CHECK (via IN ('account', 'link', 'system')),
        reporter_code text REFERENCES parties,
        reported_by uuid REFERENCES accounts,
        what text NOT NULL CHECK (what IN ('wrong-channel', 'wrong-person', 'no-longer-responsible', 'other',
          'refused', 'unanswered', 'not-gone-through')),
        -- In whose words, and what would be right: sealed.
        content jsonb,
        state text NOT NULL CHECK (state IN ('open', 'confirmed', 'declined', 'settled')),
        reported_at timestamptz NOT NULL,
        -- Since when the party has been told.
        told_at timestamptz,
        decided_at timestamptz,
        decided_by uuid REFERENCES accounts,
        -- The channel that was added by it.
        -- The change by two people that came of it.
        change_id uuid REFERENCES entry_changes,
        version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        CONSTRAINT corrections_via CHECK (CASE via WHEN 'account' THEN num_nulls(reporter_code, reported_by) = 0
          WHEN 'link' THEN reporter_code = party_code AND reported_by IS NULL
          ELSE num_nonnulls(reporter_code, reported_by) = 0 END),
        CONSTRAINT corrections_decided CHECK ((state IN ('confirmed', 'declined')) = (decided_by IS NOT NULL)
          AND (state = 'open') = (decided_at IS NULL))
      );
      -- The same is said once by a party, until it is decided.
      CREATE UNIQUE INDEX corrections_open ON corrections
        (point_of_contact_id, coalesce(channel_id, ${nobody}), coalesce(reporter_code, ''), what) WHERE state = 'open' AND via <> 'link';
      CREATE INDEX corrections_of_party ON corrections (party_code, reported_at DESC);
      CREATE INDEX corrections_by_party ON corrections (reporter_code, reported_at DESC);
      CREATE INDEX corrections_to_tell ON corrections (reported_at) WHERE told_at IS NULL;
      CREATE INDEX corrections_of_channel ON corrections (channel_id) WHERE state = 'open';

      CREATE INDEX points_of_contact_confirmed ON points_of_contact (greatest(confirmed_at, verified_at, created_at))
        WHERE state IN ${told};
      CREATE INDEX points_of_contact_gone_through ON points_of_contact (greatest(confirmed_hard_at, verified_at, created_at))
        WHERE state IN ${told};
      CREATE INDEX channel_checks_unanswered ON channel_checks (at) WHERE outcome <> 'answered'`);
    await this.raiseWalls(runner);
    await this.letWorkerCare(runner);
    await this.letLinksConfirm(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE confirmations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE corrections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_party ON confirmations FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY presented ON confirmations FOR SELECT TO aldis_api USING (app.known() AND token_hash = app.presented());
      CREATE POLICY presented_used ON confirmations FOR UPDATE TO aldis_api
        USING (app.known() AND token_hash = app.presented() AND used_at IS NULL)
        WITH CHECK (token_hash = app.presented() AND outcome = 'reported');
      -- Who says that a mailbox is wrong ends what was asked there.
      CREATE POLICY by_administrator ON confirmations FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code) AND used_at IS NULL)
        WITH CHECK (app.keeps_entries(party_code) AND used_at IS NULL AND expires_at <= app.now());
      CREATE POLICY at_work ON confirmations TO aldis_worker USING (app.at_work());
      GRANT SELECT, UPDATE (used_at, outcome, expires_at) ON confirmations TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (mailed_at) ON confirmations TO aldis_worker;

      CREATE POLICY both_sides ON corrections FOR SELECT TO aldis_api
        USING (app.known() AND (party_code = app.party() OR reporter_code = app.party()));
      CREATE POLICY by_reader ON corrections FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND via = 'account' AND state = 'open' AND told_at IS NULL AND reporter_code = app.party()
          AND reported_by = app.account() AND coalesce(app.role() IN ('party-administrator', 'officer', 'duty-officer'), false)
          AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = point_of_contact_id
            AND p.party_code = corrections.party_code AND p.state IN ${told})
          AND (channel_id IS NULL OR EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id
            AND c.point_of_contact_id = corrections.point_of_contact_id AND c.state IN ('proven', 'suspect'))));
      -- Whoever has the link of a mail says that of the very entry that was asked about.
      CREATE POLICY by_link ON corrections FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND via = 'link' AND state = 'open' AND told_at IS NULL
          AND EXISTS (SELECT 1 FROM confirmations f WHERE f.token_hash = app.presented() AND f.used_at IS NULL
            AND f.expires_at > app.now() AND f.point_of_contact_id = corrections.point_of_contact_id
            AND f.channel_id = corrections.channel_id AND f.party_code = corrections.party_code));
      -- What was done by a link stands on the record of its party.
      CREATE POLICY append_by_link ON access_events FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND account_id IS NULL AND assurance = 'link-and-code' AND EXISTS (SELECT 1 FROM confirmations f
          WHERE f.token_hash = app.presented() AND f.party_code = access_events.party_code AND f.traffic = access_events.traffic
            AND CASE f.outcome WHEN 'confirmed' THEN act = 'entry-confirmed' AND about = f.point_of_contact_id
              WHEN 'reported' THEN act = 'contact-reported' AND EXISTS (SELECT 1 FROM corrections r
                WHERE r.id = about AND r.via = 'link' AND r.point_of_contact_id = f.point_of_contact_id) ELSE false END));
      CREATE POLICY by_administrator ON corrections FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code) AND state = 'open')
        WITH CHECK (app.keeps_entries(party_code) AND decided_by = app.account());
      CREATE POLICY at_work ON corrections TO aldis_worker USING (app.at_work())
        WITH CHECK (app.at_work() AND (via = 'system' OR state <> 'open' OR told_at IS NOT NULL));
      GRANT SELECT, INSERT, UPDATE (state, decided_at, decided_by, change_id, version) ON corrections TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (state, decided_at, told_at, version) ON corrections TO aldis_worker`);
  }

  /** What the worker may do to entries: call them stale or fresh, and a channel suspect. Nothing else of them. */
  private async letWorkerCare(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY at_work_aged ON points_of_contact FOR UPDATE TO aldis_worker USING (app.at_work() AND state IN ${told})
        WITH CHECK (state IN ${told});
      CREATE POLICY at_work_doubted ON channels FOR UPDATE TO aldis_worker USING (app.at_work() AND state IN ('proven', 'suspect'))
        WITH CHECK (state IN ('proven', 'suspect'));
      CREATE POLICY at_work_observed ON channel_checks FOR INSERT TO aldis_worker WITH CHECK (app.at_work() AND outcome <> 'answered');
      GRANT UPDATE (state, version, changed_at) ON points_of_contact TO aldis_worker;
      GRANT UPDATE (state, suspect_since, version) ON channels TO aldis_worker;
      GRANT INSERT ON channel_checks TO aldis_worker;

      -- The worker has no right to accounts: it is told of those who keep the entry, as long as they have not been told.
      CREATE POLICY to_tell ON corrections FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.at_work() AND told_at IS NULL);
      CREATE FUNCTION app.administrators_to_tell(correction uuid) RETURNS TABLE (id uuid, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.language, a.person FROM public.corrections c JOIN public.accounts a ON a.party_code = c.party_code
        WHERE c.id = correction AND c.told_at IS NULL AND a.role = 'party-administrator' AND a.deactivated_at IS NULL
        ORDER BY a.id $$;
      -- Lets the body of an alternate see what was sent to its party, where nobody that was told first can be reached.
      CREATE POLICY for_alternates ON request_members FOR INSERT TO aldis_worker WITH CHECK (app.at_work()
        AND EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = request_members.request_id
          AND a.party_code = request_members.party_code AND a.body_id IS NULL AND a.state = 'sent')
        AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.party_code = request_members.party_code
          AND p.body_id = request_members.body_id AND p.state IN ${told}));
      GRANT INSERT ON request_members TO aldis_worker;
      REVOKE EXECUTE ON FUNCTION app.administrators_to_tell(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.administrators_to_tell(uuid) TO aldis_worker`);
  }

  private async letLinksConfirm(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As the owner, so that nothing else of an entry opens to who bears a link. Null: over, used, or another version.
      CREATE POLICY by_link ON confirmations TO CURRENT_USER
        USING (session_user <> current_user AND app.known() AND token_hash = app.presented());
      CREATE FUNCTION app.confirm_by_link(check_id uuid, seen integer, next text) RETURNS timestamptz
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        DECLARE link public.confirmations; at timestamptz;
        BEGIN
          SELECT f.* INTO link FROM public.confirmations f WHERE f.token_hash = app.presented();
          PERFORM FROM public.points_of_contact p WHERE p.id = link.point_of_contact_id AND p.version = seen
            AND p.state IN ${told} AND next IN ${told} FOR UPDATE;
          IF NOT FOUND THEN RETURN NULL; END IF;
          SELECT f.* INTO link FROM public.confirmations f WHERE f.token_hash = app.presented() FOR UPDATE;
          at := app.now();
          IF link.used_at IS NOT NULL OR link.expires_at <= at THEN RETURN NULL; END IF;
          UPDATE public.channels c SET answered_at = at, answered_how = 'confirmation', state = 'proven',
            suspect_since = NULL, version = c.version + 1
          WHERE c.id = link.channel_id AND (c.state = 'proven'
            -- What was in doubt when it was asked is cleared by an answer; what came into doubt since is not.
            OR c.state = 'suspect' AND c.suspect_since < link.mailed_at AND NOT EXISTS (SELECT FROM public.channel_checks k
              WHERE k.channel_id = c.id AND k.outcome = 'wrong-contact' AND k.at >= link.mailed_at));
          IF NOT FOUND THEN RETURN NULL; END IF;
          UPDATE public.points_of_contact p SET confirmed_at = at, state = next, version = p.version + 1
          WHERE p.id = link.point_of_contact_id;
          INSERT INTO public.channel_checks (id, channel_id, party_code, traffic, kind, outcome, evidence_id, at)
          VALUES (check_id, link.channel_id, link.party_code, link.traffic, 'confirmation', 'answered', link.id, at);
          UPDATE public.confirmations f SET used_at = at, outcome = 'confirmed' WHERE f.id = link.id;
          RETURN at;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.confirm_by_link(uuid, integer, text) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.confirm_by_link(uuid, integer, text) TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.confirm_by_link(uuid, integer, text), app.administrators_to_tell(uuid);
      REVOKE INSERT ON request_members FROM aldis_worker;
      DROP POLICY for_alternates ON request_members;
      REVOKE INSERT ON channel_checks FROM aldis_worker;
      REVOKE UPDATE ON points_of_contact, channels FROM aldis_worker;
      DROP POLICY at_work_observed ON channel_checks;
      DROP POLICY at_work_doubted ON channels;
      DROP POLICY at_work_aged ON points_of_contact;
      DROP POLICY append_by_link ON access_events;
      DROP INDEX channel_checks_unanswered, points_of_contact_gone_through, points_of_contact_confirmed;
      DROP TABLE corrections, confirmations`);
  }
}
