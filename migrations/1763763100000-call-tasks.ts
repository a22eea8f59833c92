import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofChannel = `
  id uuid PRIMARY KEY,
  channel_id uuid NOT NULL REFERENCES channels,
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const refuse = (why: string) => `RAISE EXCEPTION '${why}' USING ERRCODE = 'insufficient_privilege';`;
/** A mail with the code that a callee is asked to read, in the hands of whoever took the call. */
const codeOfCall = `wanted_for LIKE 'call-code:%' AND channel_id IS NOT NULL AND app.calls_beside(channel_id, party_code)`;

/**
 * Calls that persons make on channels that no machine operates, calls to endpoints that the worker makes with codes,
 * and what a channel learns from an answer on it.
 */
export class CallTasks1763763100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE channels ADD COLUMN added_by uuid REFERENCES accounts;

      CREATE TABLE call_tasks (
        ${ofChannel},
        -- Whose people call: a party, or null for the secretariat.
        wanted_by text REFERENCES parties,
        reason text NOT NULL CHECK (reason IN ('proof', 'check', 'request')),
        request_id uuid,
        state text NOT NULL CHECK (state IN ('open', 'taken', 'done', 'cancelled', 'expired')),
        -- How the code comes to the callee: by mail, read out by the caller to be recorded, or to be read back.
        way text CHECK (way IN ('mailed', 'read-out', 'read-back')),
        created_by uuid REFERENCES accounts,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        takes integer NOT NULL DEFAULT 0 CHECK (takes BETWEEN 0 AND 5),
        taken_by uuid REFERENCES accounts,
        taken_at timestamptz,
        taken_until timestamptz,
        -- The code itself is derived from the task, its take and this key; it is stored nowhere.
        key_id text,
        tries_left integer NOT NULL DEFAULT 0 CHECK (tries_left BETWEEN 0 AND 5),
        heard_by uuid REFERENCES accounts,
        heard_at timestamptz,
        outcome text CHECK (outcome IN ('answered', 'answered-by-another', 'no-answer', 'wrong-number', 'refused')),
        ended_at timestamptz,
        FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        CONSTRAINT call_tasks_of_request CHECK ((reason = 'request') = (request_id IS NOT NULL)),
        CONSTRAINT call_tasks_taken CHECK (num_nonnulls(way, taken_by, taken_at, taken_until, key_id) IN (0, 5)
          AND (taken_by IS NOT NULL OR state NOT IN ('taken', 'done'))),
        CONSTRAINT call_tasks_heard CHECK ((heard_by IS NULL) = (heard_at IS NULL) AND heard_by <> taken_by),
        CONSTRAINT call_tasks_done CHECK ((state = 'done') = (outcome IS NOT NULL)),
        CONSTRAINT call_tasks_over CHECK ((state IN ('open', 'taken')) = (ended_at IS NULL))
      );
      CREATE INDEX call_tasks_of_channel ON call_tasks (channel_id, id);
      CREATE INDEX call_tasks_expiring ON call_tasks (expires_at) WHERE state IN ('open', 'taken');
      -- One at a time for each who wants the channel called, and each request.
      CREATE UNIQUE INDEX call_tasks_once ON call_tasks (channel_id, coalesce(wanted_by, ''),
        coalesce(request_id, '00000000-0000-0000-0000-000000000000')) WHERE state IN ('open', 'taken');

      -- What the worker says to a webhook or gateway, and what came of it.
      CREATE TABLE channel_calls (
        ${ofChannel},
        body jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'failed', 'cancelled')),
        attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
        created_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        sending_until timestamptz,
        settled_at timestamptz,
        -- Of the newest attempt: the status that was answered (RFC 9110), or why there was no answer.
        reply_status integer,
        fault text CHECK (fault IN ('address', 'place', 'name', 'silence', 'time', 'size')),
        CONSTRAINT channel_calls_sending CHECK ((state = 'sending') = (sending_until IS NOT NULL)),
        CONSTRAINT channel_calls_settled CHECK ((state IN ('accepted', 'failed', 'cancelled')) = (settled_at IS NOT NULL))
      );
      CREATE INDEX channel_calls_due ON channel_calls (due_at) WHERE state IN ('pending', 'sending');
      CREATE INDEX channel_calls_of_channel ON channel_calls (channel_id, created_at DESC);

      -- One check for each call, and for each notice that was acknowledged.
      CREATE UNIQUE INDEX channel_checks_once ON channel_checks (evidence_id, kind) WHERE kind IN ('call', 'acknowledgement')`);
    await this.writeRules(runner);
    await this.raiseWalls(runner);
  }

  private async writeRules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who adds a channel is who said its address: of a change by two people, who proposed it.
      CREATE FUNCTION app.name_who_adds() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user = 'aldis_api' THEN
            NEW.added_by := coalesce((SELECT c.proposed_by FROM public.entry_changes c WHERE c.new_channel_id = NEW.id), app.account());
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER channels_added BEFORE INSERT ON channels FOR EACH ROW EXECUTE FUNCTION app.name_who_adds();

      -- Those who make a call: of a proof the party's administrators, else officers of who wants it, or the secretariat.
      CREATE FUNCTION app.makes_call(wanted text, why text, request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND coalesce(CASE
          WHEN wanted IS NULL THEN app.party() IS NULL AND app.role() = 'directory-manager'
          WHEN wanted IS DISTINCT FROM app.party() THEN false
          WHEN why = 'proof' THEN app.role() = 'party-administrator'
          ELSE app.role() IN ('officer', 'duty-officer') AND (request IS NULL OR app.concerns(request)) END, false) $$;

      -- Who asks, calls and hears is what the walls know, whatever a statement says; what is over stays as it is.
      CREATE FUNCTION app.name_who_calls() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' THEN NEW.created_by := app.account(); RETURN NEW; END IF;
          IF OLD.state NOT IN ('open', 'taken') THEN ${refuse('a call task that is over stays as it is')} END IF;
          IF NEW.takes <> OLD.takes THEN
            IF OLD.state = 'taken' AND OLD.taken_by <> app.account() AND OLD.taken_until > app.now() THEN
              ${refuse('one person calls at a time')}
            END IF;
            IF NEW.reason = 'proof' AND EXISTS (SELECT 1 FROM public.channels c
                WHERE c.id = NEW.channel_id AND c.added_by = app.account()) THEN
              ${refuse('who added a channel does not prove it')}
            END IF;
            NEW.taken_by := app.account();
          ELSIF NEW.taken_by IS DISTINCT FROM OLD.taken_by OR NEW.taken_until IS DISTINCT FROM OLD.taken_until THEN
            ${refuse('a call is taken as a whole')}
          ELSIF NEW.heard_at IS NOT NULL AND OLD.heard_at IS NULL THEN
            IF app.party() IS DISTINCT FROM OLD.party_code THEN ${refuse('the party that was called says so')} END IF;
            NEW.heard_by := app.account();
          END IF;
          IF NEW.state = 'done' AND OLD.taken_by IS DISTINCT FROM app.account() THEN
            ${refuse('who called records it')}
          END IF;
          IF NEW.state <> OLD.state AND NOT app.makes_call(OLD.wanted_by, OLD.reason, OLD.request_id) THEN
            ${refuse('those who make a call end it')}
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER call_tasks_called BEFORE INSERT OR UPDATE ON call_tasks
        FOR EACH ROW EXECUTE FUNCTION app.name_who_calls();

      -- An answer is an answer, whoever of those who may has seen it: so the owner writes it down.
      CREATE FUNCTION app.follow_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          UPDATE public.channels SET answered_at = NEW.at, answered_how = NEW.kind
          WHERE id = NEW.channel_id AND (answered_at IS NULL OR answered_at < NEW.at);
          RETURN NULL;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.follow_answer() FROM PUBLIC;
      CREATE TRIGGER channel_checks_answered AFTER INSERT ON channel_checks
        FOR EACH ROW WHEN (NEW.outcome = 'answered') EXECUTE FUNCTION app.follow_answer();

      -- Whether the caller has taken a call to the point of contact whose mailbox it is.
      CREATE FUNCTION app.calls_beside(mailbox uuid, party text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.call_tasks t JOIN public.channels c ON c.id = t.channel_id
          JOIN public.channels m ON m.point_of_contact_id = c.point_of_contact_id
          WHERE m.id = mailbox AND m.party_code = party AND m.kind = 'mail' AND m.state = 'proven'
            AND t.state = 'taken' AND t.taken_by = app.account()) $$`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE channel_calls ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_callers ON call_tasks FOR SELECT TO aldis_api USING (app.makes_call(wanted_by, reason, request_id));
      -- The party that is called reads of proofs and checks; what a request is called about is not told here.
      CREATE POLICY by_called ON call_tasks FOR SELECT TO aldis_api
        USING (party_code = app.party() AND reason <> 'request' AND app.known() AND app.role() IS NOT NULL);
      -- Who asks for assistance reads of the calls that the secretariat makes about it.
      CREATE POLICY by_requester ON call_tasks FOR SELECT TO aldis_api
        USING (reason = 'request' AND app.asked_by(request_id) = app.party());
      CREATE POLICY wanted ON call_tasks FOR INSERT TO aldis_api WITH CHECK (state = 'open' AND takes = 0
        AND EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id AND c.party_code = call_tasks.party_code AND CASE reason
          WHEN 'proof' THEN wanted_by = c.party_code AND app.keeps_entries(c.party_code)
          WHEN 'check' THEN app.makes_call(wanted_by, reason, NULL) AND c.state IN ('proven', 'suspect')
          ELSE app.asked_by(request_id) = app.party() AND (wanted_by IS NULL OR wanted_by = app.party()) END));
      CREATE POLICY by_callers_changed ON call_tasks FOR UPDATE TO aldis_api
        USING (app.makes_call(wanted_by, reason, request_id));
      CREATE POLICY by_called_heard ON call_tasks FOR UPDATE TO aldis_api
        USING (party_code = app.party() AND reason <> 'request' AND way = 'read-out' AND state = 'taken'
          AND app.known() AND app.role() IS NOT NULL);
      CREATE POLICY at_work ON call_tasks TO aldis_worker USING (app.at_work()) WITH CHECK (app.at_work());
      GRANT SELECT, INSERT, UPDATE (state, way, takes, taken_by, taken_at, taken_until, key_id, tries_left, heard_by, heard_at,
        outcome, ended_at) ON call_tasks TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (state, ended_at) ON call_tasks TO aldis_worker;

      CREATE POLICY by_administrator ON channel_calls FOR SELECT TO aldis_api USING (app.keeps_entries(party_code));
      CREATE POLICY by_administrator_made ON channel_calls FOR INSERT TO aldis_api
        WITH CHECK (app.keeps_entries(party_code) AND state = 'pending' AND EXISTS (SELECT 1 FROM channels c
          WHERE c.id = channel_id AND c.party_code = channel_calls.party_code AND c.kind IN ('webhook', 'gateway')));
      CREATE POLICY by_administrator_cancelled ON channel_calls FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code)) WITH CHECK (state = 'cancelled');
      CREATE POLICY at_work ON channel_calls TO aldis_worker USING (app.at_work()) WITH CHECK (app.at_work());
      GRANT SELECT, INSERT, UPDATE (state, settled_at) ON channel_calls TO aldis_api;
      GRANT SELECT, UPDATE (state, attempt, due_at, sending_until, settled_at, reply_status, fault) ON channel_calls TO aldis_worker;

      -- What was learnt: by who called, and by the party whose notice was acknowledged.
      CREATE POLICY by_caller ON channel_checks FOR INSERT TO aldis_api
        WITH CHECK (kind = 'call' AND EXISTS (SELECT 1 FROM call_tasks t WHERE t.id = evidence_id AND t.state = 'done'
          AND t.channel_id = channel_checks.channel_id AND t.party_code = channel_checks.party_code
          AND t.traffic = channel_checks.traffic AND t.taken_by = app.account()));
      CREATE POLICY by_acknowledgement ON channel_checks FOR INSERT TO aldis_api
        WITH CHECK (kind = 'acknowledgement' AND outcome = 'answered' AND party_code = app.party()
          AND EXISTS (SELECT 1 FROM notices n JOIN addressees a ON a.id = n.addressee_id
            JOIN channels c ON c.point_of_contact_id = n.point_of_contact_id
            WHERE n.id = evidence_id AND n.party_code = app.party() AND n.traffic = channel_checks.traffic
              AND a.party_code = app.party() AND a.acknowledged_at IS NOT NULL
              AND c.id = channel_checks.channel_id AND c.party_code = app.party()));

      CREATE POLICY of_call_sent ON messages FOR INSERT TO aldis_api
        WITH CHECK (kind = 'call-code' AND channel_id IS NOT NULL AND app.calls_beside(channel_id, party_code));
      CREATE POLICY of_call_sent ON notices FOR INSERT TO aldis_api WITH CHECK (${codeOfCall});
      CREATE POLICY of_call ON notices FOR SELECT TO aldis_api USING (${codeOfCall});
      CREATE POLICY of_call_cancel ON notices FOR UPDATE TO aldis_api USING (${codeOfCall});
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY of_call_cancel ON notices; DROP POLICY of_call ON notices;
      DROP POLICY of_call_sent ON notices; DROP POLICY of_call_sent ON messages;
      DROP POLICY by_acknowledgement ON channel_checks; DROP POLICY by_caller ON channel_checks;
      DROP FUNCTION app.calls_beside(uuid, text);
      DROP TRIGGER channel_checks_answered ON channel_checks;
      DROP INDEX channel_checks_once;
      DROP TABLE channel_calls, call_tasks;
      DROP FUNCTION app.follow_answer(), app.name_who_calls(), app.makes_call(text, text, uuid);
      DROP TRIGGER channels_added ON channels;
      DROP FUNCTION app.name_who_adds();
      ALTER TABLE channels DROP COLUMN added_by`);
  }
}
