import type { MigrationInterface, QueryRunner } from 'typeorm';

const words = (reasons: string, outcomes: string) => `
  ALTER TABLE call_tasks DROP CONSTRAINT call_tasks_reason_check, DROP CONSTRAINT call_tasks_outcome_check,
    DROP CONSTRAINT call_tasks_read_back;
  ALTER TABLE call_tasks ADD CONSTRAINT call_tasks_reason_check CHECK (reason IN ('proof', 'check', 'request'${reasons})),
    ADD CONSTRAINT call_tasks_outcome_check
      CHECK (outcome IN ('answered', 'answered-by-another', 'no-answer', 'wrong-number', 'refused'${outcomes}));`;
const once = (which: string) => `
  DROP INDEX call_tasks_once;
  CREATE UNIQUE INDEX call_tasks_once ON call_tasks (channel_id, coalesce(wanted_by, ''),
    coalesce(request_id, '00000000-0000-0000-0000-000000000000')) WHERE state IN ('open', 'taken')${which};`;
const wanted = (ofChange: string) => `
  DROP POLICY wanted ON call_tasks;
  CREATE POLICY wanted ON call_tasks FOR INSERT TO aldis_api WITH CHECK (state = 'open' AND takes = 0
    AND EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id AND c.party_code = call_tasks.party_code AND CASE reason
      WHEN 'proof' THEN wanted_by = c.party_code AND app.keeps_entries(c.party_code)
      WHEN 'check' THEN app.makes_call(wanted_by, reason, NULL) AND c.state IN ('proven', 'suspect')
      ${ofChange}
      ELSE false END));`;
const readers = `TABLE (id uuid, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.language, a.person FROM public.accounts a`;

/**
 * Changes of the ways to reach an entry are announced on old channels that are no mailboxes: to endpoints, whatever comes
 * after, and by calls of the secretariat, which hold all that is needed, for the channel may have ended meanwhile.
 */
export class AnnouncedChanges1763764400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE channel_calls ADD COLUMN about text NOT NULL DEFAULT 'proof' CHECK (about IN ('proof', 'change'));
      ALTER TABLE channel_calls ALTER COLUMN about DROP DEFAULT;
      -- Who keeps an entry takes a code back, and never what announces a change.
      ALTER POLICY by_administrator_cancelled ON channel_calls USING (app.keeps_entries(party_code) AND about = 'proof');

      ${words(`, 'change'`, `, 'disputed'`)}
      ALTER TABLE call_tasks
        -- Number, role and change as they were: sealed with the key of the party that is called.
        ADD COLUMN told jsonb,
        -- When the secretariat was told of the call, and the administrators that the change is disputed.
        ADD COLUMN mailed_at timestamptz,
        ADD COLUMN dispute_mailed_at timestamptz,
        ADD CONSTRAINT call_tasks_told CHECK ((reason = 'change') = (told IS NOT NULL)),
        -- The mailbox of the entry may be the new one: no code goes there.
        ADD CONSTRAINT call_tasks_read_back CHECK (reason NOT IN ('request', 'change') OR way IS NULL OR way = 'read-back'),
        ADD CONSTRAINT call_tasks_disputed CHECK (outcome IS DISTINCT FROM 'disputed' OR reason = 'change');
      ${once(` AND reason <> 'change'`)}
      CREATE INDEX call_tasks_to_mail ON call_tasks (party_code) WHERE reason = 'change' AND mailed_at IS NULL;
      CREATE INDEX call_tasks_disputes ON call_tasks (id) WHERE outcome = 'disputed' AND dispute_mailed_at IS NULL;
      ${wanted(`WHEN 'change' THEN wanted_by IS NULL AND app.keeps_entries(c.party_code) AND c.state IN ('proven', 'suspect')
        AND c.kind IN ('telephone', 'emergency-telephone', 'messenger', 'fax')`)}
      GRANT UPDATE (mailed_at, dispute_mailed_at) ON call_tasks TO aldis_worker`);
    await this.tellThoseConcerned(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER call_tasks_end_mails ON call_tasks;
      DROP FUNCTION app.end_change_calls(), app.administrators_of_dispute(uuid), app.managers_to_announce(text);
      -- Nothing of what they hold has a place any more.
      ALTER TABLE call_tasks NO FORCE ROW LEVEL SECURITY;
      DELETE FROM call_tasks WHERE reason = 'change';
      ALTER TABLE call_tasks FORCE ROW LEVEL SECURITY;
      ALTER TABLE channel_calls NO FORCE ROW LEVEL SECURITY;
      DELETE FROM channel_calls WHERE about = 'change';
      ALTER TABLE channel_calls FORCE ROW LEVEL SECURITY;
      ${wanted('')}
      DROP INDEX call_tasks_disputes; DROP INDEX call_tasks_to_mail;
      ${once('')}
      ALTER TABLE call_tasks DROP CONSTRAINT call_tasks_disputed, DROP CONSTRAINT call_tasks_told,
        DROP COLUMN dispute_mailed_at, DROP COLUMN mailed_at, DROP COLUMN told;
      ${words('', '')}
      ALTER TABLE call_tasks ADD CONSTRAINT call_tasks_read_back CHECK (reason <> 'request' OR way IS NULL OR way = 'read-back');
      ALTER POLICY by_administrator_cancelled ON channel_calls USING (app.keeps_entries(party_code));
      ALTER TABLE channel_calls DROP COLUMN about`);
  }

  private async tellThoseConcerned(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As of calls about requests: nothing of the accounts opens to the worker beside.
      CREATE FUNCTION app.managers_to_announce(party text) RETURNS ${readers}
        WHERE app.at_work() AND a.party_code IS NULL AND a.role = 'directory-manager' AND a.deactivated_at IS NULL
          AND EXISTS (SELECT 1 FROM public.call_tasks t WHERE t.party_code = party AND t.reason = 'change'
            AND t.state = 'open' AND t.mailed_at IS NULL)
        ORDER BY a.id $$;
      CREATE FUNCTION app.administrators_of_dispute(task uuid) RETURNS ${readers}
        JOIN public.call_tasks t ON t.party_code = a.party_code
        WHERE app.at_work() AND t.id = task AND t.outcome = 'disputed' AND t.dispute_mailed_at IS NULL
          AND a.role = 'party-administrator' AND a.deactivated_at IS NULL
        ORDER BY a.id $$;

      -- Who made, took back or let lie the last call to a party takes back the word that there are some.
      CREATE FUNCTION app.end_change_calls() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM public.call_tasks t WHERE t.party_code = NEW.party_code AND t.reason = 'change'
            AND t.state IN ('open', 'taken')) THEN
            PERFORM app.recall('calls:change:' || NEW.party_code);
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER call_tasks_end_mails AFTER UPDATE OF state ON call_tasks
        FOR EACH ROW WHEN (NEW.reason = 'change' AND NEW.state NOT IN ('open', 'taken')) EXECUTE FUNCTION app.end_change_calls();
      REVOKE EXECUTE ON FUNCTION app.end_change_calls(), app.managers_to_announce(text), app.administrators_of_dispute(uuid)
        FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.managers_to_announce(text), app.administrators_of_dispute(uuid) TO aldis_worker`);
  }
}
