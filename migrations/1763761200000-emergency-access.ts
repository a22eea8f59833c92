import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofParty = `
  account_id uuid NOT NULL REFERENCES accounts,
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** Sessions that an emergency access let in, and those opened while it ran: with a factor set up under it, it may be. */
const ofEnded = `(app.known() AND party_code = app.party() AND EXISTS (
          SELECT 1 FROM emergency_access e WHERE e.account_id = sessions.account_id AND e.ended_at IS NOT NULL
            AND (sessions.factor = 'emergency' AND e.ends_at = sessions.expires_at
              OR sessions.created_at BETWEEN date_trunc('milliseconds', e.begun_at) AND e.ended_at)))`;

/**
 * Emergency access: who has lost every second factor asks, two others of the same party vouch, and the database
 * grants four hours. No other path leads to a session without a factor: the grant is made by a trigger alone, and a
 * session that names it is taken with a grant in force only.
 */
export class EmergencyAccess1763761200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE emergency_access (
        id uuid PRIMARY KEY,
        ${ofParty},
        -- The session that waits: it alone is let in. Sessions are forgotten, so this is no reference.
        session_id uuid NOT NULL,
        reason jsonb NOT NULL,
        asked_at timestamptz NOT NULL,
        ask_until timestamptz NOT NULL CHECK (ask_until = asked_at + interval '1 hour'),
        granted_at timestamptz,
        ends_at timestamptz,
        begun_at timestamptz,
        -- A factor set up under it outlives it.
        factor_set_up_at timestamptz,
        ended_at timestamptz,
        ended_by uuid REFERENCES accounts,
        CONSTRAINT emergency_access_four_hours CHECK (ends_at IS NOT DISTINCT FROM granted_at + interval '4 hours'),
        CONSTRAINT emergency_access_begun CHECK (begun_at IS NULL OR granted_at IS NOT NULL),
        CONSTRAINT emergency_access_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX emergency_access_of_account ON emergency_access (account_id, asked_at);
      CREATE INDEX emergency_access_of_party ON emergency_access (party_code, id DESC);
      CREATE TABLE emergency_approvals (
        emergency_access_id uuid NOT NULL REFERENCES emergency_access,
        ${ofParty},
        approved_at timestamptz NOT NULL,
        PRIMARY KEY (emergency_access_id, account_id)
      );`);
    await this.decide(runner);
    await this.raiseWalls(runner);
    await this.letMailsTell(runner);
  }

  /** What is asked, vouched for and granted, as triggers alone decide. */
  private async decide(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app.ask_for_emergency() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          PERFORM 1 FROM public.accounts a WHERE a.id = NEW.account_id AND a.party_code = NEW.party_code
            AND a.deactivated_at IS NULL FOR NO KEY UPDATE;
          IF NOT FOUND OR num_nonnulls(NEW.granted_at, NEW.ends_at, NEW.begun_at, NEW.factor_set_up_at, NEW.ended_at) > 0 OR EXISTS (
            SELECT 1 FROM public.emergency_access e WHERE e.account_id = NEW.account_id AND e.ended_at IS NULL
              AND coalesce(e.ends_at, e.ask_until) > app.now()) THEN
            RAISE EXCEPTION 'nobody asks for emergency access so' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER emergency_access_is_asked BEFORE INSERT ON emergency_access
        FOR EACH ROW EXECUTE FUNCTION app.ask_for_emergency();

      -- Somebody else of the party, known before it was asked, and not let in so themself.
      CREATE FUNCTION app.vouch_for_emergency() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ DECLARE asked public.emergency_access;
        BEGIN
          SELECT * INTO asked FROM public.emergency_access e WHERE e.id = NEW.emergency_access_id FOR NO KEY UPDATE;
          -- To the millisecond, as the application tells times: a session ends exactly then.
          NEW.approved_at := date_trunc('milliseconds', app.now());
          IF asked.id IS NULL OR asked.granted_at IS NOT NULL OR asked.ended_at IS NOT NULL OR asked.ask_until <= NEW.approved_at
            OR asked.account_id = NEW.account_id OR asked.party_code <> NEW.party_code
            OR NOT EXISTS (SELECT 1 FROM public.accounts a WHERE a.id = NEW.account_id AND a.party_code = asked.party_code
              AND a.deactivated_at IS NULL AND a.created_at < asked.asked_at)
            OR EXISTS (SELECT 1 FROM public.emergency_access e WHERE e.account_id = NEW.account_id AND e.ended_at IS NULL
              AND e.ends_at > NEW.approved_at) THEN
            RAISE EXCEPTION 'nobody vouches so' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER emergency_approvals_are_others BEFORE INSERT ON emergency_approvals
        FOR EACH ROW EXECUTE FUNCTION app.vouch_for_emergency();

      -- Who vouched and has no account any more does not count.
      CREATE FUNCTION app.grant_emergency() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          UPDATE public.emergency_access SET granted_at = NEW.approved_at, ends_at = NEW.approved_at + interval '4 hours'
          WHERE id = NEW.emergency_access_id AND 2 <= (
            SELECT count(*) FROM public.emergency_approvals p JOIN public.accounts a ON a.id = p.account_id
            WHERE p.emergency_access_id = NEW.emergency_access_id AND a.deactivated_at IS NULL);
          RETURN NULL;
        END $$;
      CREATE TRIGGER emergency_access_is_granted AFTER INSERT ON emergency_approvals
        FOR EACH ROW EXECUTE FUNCTION app.grant_emergency();

      -- Begun once, while it is in force; ended once.
      CREATE FUNCTION app.keep_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.ended_at IS NOT NULL OR (OLD.begun_at IS NOT NULL AND NEW.begun_at IS DISTINCT FROM OLD.begun_at)
            OR (OLD.begun_at IS NULL AND NEW.begun_at IS NOT NULL
              AND (OLD.ends_at IS NULL OR OLD.ends_at <= app.now() OR OLD.account_id::text IS DISTINCT FROM app.actor())) THEN
            RAISE EXCEPTION 'what is over stays over, and is begun once' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER emergency_access_is_kept BEFORE UPDATE ON emergency_access
        FOR EACH ROW WHEN (NEW.begun_at IS DISTINCT FROM OLD.begun_at OR NEW.ended_at IS DISTINCT FROM OLD.ended_at
          OR NEW.ended_by IS DISTINCT FROM OLD.ended_by OR NEW.granted_at IS DISTINCT FROM OLD.granted_at)
        EXECUTE FUNCTION app.keep_emergency();

      CREATE FUNCTION app.demand_emergency_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM public.emergency_access e WHERE e.account_id = NEW.account_id AND e.ended_at IS NULL
            AND e.begun_at IS NOT NULL AND e.ends_at = NEW.expires_at AND e.ends_at > app.now()) THEN
            RAISE EXCEPTION 'no emergency access was granted' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER sessions_by_emergency_are_granted BEFORE INSERT OR UPDATE OF factor, expires_at, account_id ON sessions
        FOR EACH ROW WHEN (NEW.factor = 'emergency') EXECUTE FUNCTION app.demand_emergency_grant();

      REVOKE EXECUTE ON FUNCTION app.ask_for_emergency(), app.vouch_for_emergency(), app.grant_emergency(),
        app.keep_emergency(), app.demand_emergency_grant() FROM PUBLIC`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE emergency_access ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE emergency_approvals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- The triggers look and grant as the owner; by hand it sees and changes nothing.
      CREATE POLICY by_triggers ON emergency_access TO CURRENT_USER
        USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);
      CREATE POLICY by_triggers ON emergency_approvals TO CURRENT_USER
        USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);

      CREATE POLICY own_party ON emergency_access FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY own ON emergency_access FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND party_code = app.party() AND account_id::text = app.actor());
      CREATE POLICY own_party_ends ON emergency_access FOR UPDATE TO aldis_api USING (app.known() AND party_code = app.party())
        WITH CHECK (party_code = app.party() AND (ended_by IS NULL OR ended_by::text = app.actor()));
      CREATE POLICY own_party ON emergency_approvals FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY own ON emergency_approvals FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND party_code = app.party() AND account_id::text = app.actor());
      GRANT SELECT, INSERT (id, account_id, party_code, traffic, session_id, reason, asked_at, ask_until),
        UPDATE (begun_at, factor_set_up_at, ended_at, ended_by) ON emergency_access TO aldis_api;
      GRANT SELECT, INSERT ON emergency_approvals TO aldis_api;

      -- A session that waits for those who vouch lives longer; what was opened under an emergency access ends with it.
      GRANT UPDATE (expires_at) ON sessions TO aldis_api;
      CREATE POLICY of_ended_emergency_found ON sessions FOR SELECT TO aldis_api
        USING ${ofEnded};
      CREATE POLICY of_ended_emergency ON sessions FOR DELETE TO aldis_api
        USING ${ofEnded}`);
  }

  /** A third kind of thing that a mail is about, beside a request and an invitation. */
  private async letMailsTell(runner: QueryRunner): Promise<void> {
    for (const [table, none] of [
      ['messages', 'tlp'],
      ['notices', 'point_of_contact_id'],
    ] as const)
      await runner.query(`
        ALTER TABLE ${table}
          ADD COLUMN emergency_access_id uuid REFERENCES emergency_access,
          DROP CONSTRAINT ${table}_about,
          ADD CONSTRAINT ${table}_about CHECK (CASE
            WHEN emergency_access_id IS NOT NULL THEN
              num_nonnulls(request_id, addressee_id, requester_code, ${none}, invitation_id) = 0 AND party_code IS NOT NULL
            WHEN invitation_id IS NULL THEN num_nulls(request_id, party_code, requester_code, ${none}) = 0
            ELSE num_nonnulls(request_id, addressee_id, requester_code, ${none}) = 0 END);
        CREATE POLICY append_emergency ON ${table} FOR INSERT TO aldis_api
          WITH CHECK (party_code = app.party() AND EXISTS (
            SELECT 1 FROM emergency_access e WHERE e.id = emergency_access_id AND e.party_code = app.party()));`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, none] of [
      ['messages', 'tlp'],
      ['notices', 'point_of_contact_id'],
    ] as const)
      await runner.query(`DROP POLICY append_emergency ON ${table};
        ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DROP CONSTRAINT ${table}_about,
          ADD CONSTRAINT ${table}_about CHECK (CASE
            WHEN invitation_id IS NULL THEN num_nulls(request_id, party_code, requester_code, ${none}) = 0
            ELSE num_nonnulls(request_id, addressee_id, requester_code, ${none}) = 0 END) NOT VALID`);
    await runner.query(`
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM attempts a USING notices n WHERE n.id = a.notice_id AND n.emergency_access_id IS NOT NULL;
      DELETE FROM notices WHERE emergency_access_id IS NOT NULL;
      DELETE FROM messages WHERE emergency_access_id IS NOT NULL;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages DROP COLUMN emergency_access_id, VALIDATE CONSTRAINT messages_about, FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices DROP COLUMN emergency_access_id, VALIDATE CONSTRAINT notices_about, FORCE ROW LEVEL SECURITY;
      DROP TRIGGER sessions_by_emergency_are_granted ON sessions;
      DROP POLICY of_ended_emergency ON sessions; DROP POLICY of_ended_emergency_found ON sessions;
      -- Before there were such sessions, none names that factor.
      ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;
      DELETE FROM sessions WHERE factor = 'emergency';
      ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
      REVOKE UPDATE (expires_at) ON sessions FROM aldis_api;
      DROP TABLE emergency_approvals, emergency_access;
      DROP FUNCTION app.demand_emergency_grant(), app.keep_emergency(), app.grant_emergency(), app.vouch_for_emergency(),
        app.ask_for_emergency()`);
  }
}
