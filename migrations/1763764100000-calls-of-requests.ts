import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofCalls = `session_user <> current_user AND app.known() AND wanted_for LIKE 'calls:%'`;
const wanted = (ofRequest: string) => `
  DROP POLICY wanted ON call_tasks;
  CREATE POLICY wanted ON call_tasks FOR INSERT TO aldis_api WITH CHECK (state = 'open' AND takes = 0
    AND EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id AND c.party_code = call_tasks.party_code AND CASE reason
      WHEN 'proof' THEN wanted_by = c.party_code AND app.keeps_entries(c.party_code)
      WHEN 'check' THEN app.makes_call(wanted_by, reason, NULL) AND c.state IN ('proven', 'suspect')
      ELSE ${ofRequest} END));`;

/** Calls that the last reminder of a line asks for: once a channel, by the system alone, ended with the line's waiting. */
export class CallsOfRequests1763764100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_tasks ADD COLUMN addressee_id uuid,
        -- The party that is called is the one whose line waits.
        ADD CONSTRAINT call_tasks_line FOREIGN KEY (addressee_id, request_id, party_code)
          REFERENCES addressees (id, request_id, party_code),
        ADD CONSTRAINT call_tasks_of_line CHECK ((addressee_id IS NULL) = (request_id IS NULL)),
        -- No code about a request is ever mailed, so that there is none to take back.
        ADD CONSTRAINT call_tasks_read_back CHECK (reason <> 'request' OR way IS NULL OR way = 'read-back');
      -- Also after it was done or is over: nobody is called twice for one line.
      CREATE UNIQUE INDEX call_tasks_once_of_line ON call_tasks (addressee_id, channel_id) WHERE addressee_id IS NOT NULL;
      CREATE INDEX call_tasks_of_request ON call_tasks (request_id, id) WHERE request_id IS NOT NULL;
      ${wanted('false')}

      -- Whoever moves a line on ends its calls, in the same statement, as the owner: an addressee reads nothing of them.
      CREATE POLICY by_function_ended ON call_tasks FOR UPDATE TO CURRENT_USER
        USING (session_user <> current_user AND app.known() AND reason = 'request') WITH CHECK (state = 'cancelled');
      CREATE POLICY of_calls ON notices FOR SELECT TO CURRENT_USER USING (${ofCalls});
      CREATE POLICY of_calls_ended ON notices FOR UPDATE TO CURRENT_USER USING (${ofCalls}) WITH CHECK (recalled_at IS NOT NULL);
      CREATE FUNCTION app.end_calls() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          UPDATE public.call_tasks SET state = 'cancelled', ended_at = app.now()
          WHERE addressee_id = NEW.id AND state IN ('open', 'taken');
          PERFORM app.recall('calls:' || NEW.id);
          RETURN NULL;
        END $$;
      CREATE TRIGGER addressees_end_calls AFTER UPDATE OF state ON addressees
        FOR EACH ROW WHEN (OLD.state = 'sent' AND NEW.state <> 'sent') EXECUTE FUNCTION app.end_calls();

      -- Who of the secretariat is told of the calls that it is to make: nothing of the accounts opens to the worker beside.
      CREATE FUNCTION app.managers_to_call(line uuid) RETURNS TABLE (id uuid, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.language, a.person FROM public.accounts a
        WHERE app.at_work() AND a.party_code IS NULL AND a.role = 'directory-manager' AND a.deactivated_at IS NULL
          AND EXISTS (SELECT 1 FROM public.call_tasks t WHERE t.addressee_id = line AND t.wanted_by IS NULL AND t.state = 'open')
        ORDER BY a.id $$;
      REVOKE EXECUTE ON FUNCTION app.end_calls(), app.managers_to_call(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.managers_to_call(uuid) TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app.managers_to_call(uuid);
      DROP TRIGGER addressees_end_calls ON addressees;
      DROP FUNCTION app.end_calls();
      DROP POLICY of_calls_ended ON notices; DROP POLICY of_calls ON notices;
      DROP POLICY by_function_ended ON call_tasks;
      ${wanted('app.asked_by(request_id) = app.party() AND (wanted_by IS NULL OR wanted_by = app.party())')}
      DROP INDEX call_tasks_of_request;
      ALTER TABLE call_tasks DROP CONSTRAINT call_tasks_read_back, DROP COLUMN addressee_id`);
  }
}
