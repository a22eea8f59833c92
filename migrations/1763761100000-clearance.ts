import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** What may change of an approval; all else is as it was asked. */
const moving = `ARRAY['state', 'decided_by', 'decided_at', 'decision', 'ended_at', 'void_because', 'used_by', 'used_in']`;

/** Who appends to the record of a request, whatever the assurance. */
const appended = `party_code = app.party() AND requester_code = app.asked_by(request_id)
  AND (requester_code = app.party() OR addressee_code = app.party() AND app.own_line(addressee_id, request_id))`;

/**
 * Four eyes. Rules say which acts need a second person; approvals are what was asked to be cleared, and what became of
 * it. That nobody clears their own, that a change voids it, and that no act on the record lacks it, is held here.
 */
export class Clearance1763761100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.makeRules(runner);
    await this.makeApprovals(runner);
    await this.holdThem(runner);
    await this.raiseWalls(runner);
  }

  private async makeRules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clearance_rules (
        id uuid PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES networks,
        -- Null: the network's own, for all its parties.
        party_code text REFERENCES parties,
        ${traffic},
        version integer NOT NULL CHECK (version >= 1),
        -- An acknowledgement must not wait, and what stays within a party need not.
        acts text[] NOT NULL CHECK (NOT acts && ARRAY['save', 'acknowledge', 'take', 'assess', 'note']),
        -- Demands less than what is in force: it waits for a second person itself.
        loosens boolean NOT NULL,
        set_by uuid NOT NULL REFERENCES accounts,
        set_at timestamptz NOT NULL,
        agreed_by uuid REFERENCES accounts,
        agreed_at timestamptz,
        CONSTRAINT clearance_rules_versions UNIQUE NULLS NOT DISTINCT (network_id, party_code, version),
        CONSTRAINT clearance_rules_by_another CHECK (agreed_by <> set_by),
        CONSTRAINT clearance_rules_agreed CHECK ((agreed_by IS NULL) = (agreed_at IS NULL) AND (loosens OR agreed_by IS NULL))
      );
      CREATE FUNCTION app.clearance_in_force(party text) RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT coalesce((SELECT r.acts FROM public.clearance_rules r
          WHERE r.party_code IS NOT DISTINCT FROM party AND (NOT r.loosens OR r.agreed_by IS NOT NULL)
          ORDER BY r.version DESC LIMIT 1), '{}') $$;
      -- A party adds to what its network demands, and takes nothing away.
      CREATE FUNCTION app.acts_to_clear() RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT array(SELECT DISTINCT unnest(app.clearance_in_force(NULL) || app.clearance_in_force(app.party())) ORDER BY 1) $$;

      CREATE FUNCTION app.weigh_clearance_rule() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.loosens := NOT app.clearance_in_force(NEW.party_code) <@ NEW.acts;
          RETURN NEW;
        END $$;
      CREATE TRIGGER clearance_rules_are_weighed BEFORE INSERT ON clearance_rules
        FOR EACH ROW EXECUTE FUNCTION app.weigh_clearance_rule();
      CREATE FUNCTION app.agree_to_clearance_rule() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF to_jsonb(NEW) - ARRAY['agreed_by', 'agreed_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['agreed_by', 'agreed_at']
            OR OLD.agreed_by IS NOT NULL OR NEW.agreed_by::text IS DISTINCT FROM app.actor()
            OR EXISTS (SELECT 1 FROM public.clearance_rules r
              WHERE r.party_code IS NOT DISTINCT FROM NEW.party_code AND r.version > NEW.version)
          THEN
            RAISE EXCEPTION 'a rule is agreed to once, as it is' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER clearance_rules_are_agreed_to BEFORE UPDATE ON clearance_rules
        FOR EACH ROW EXECUTE FUNCTION app.agree_to_clearance_rule();
      CREATE TRIGGER clearance_rules_stay BEFORE DELETE ON clearance_rules
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER clearance_rules_are_kept BEFORE TRUNCATE ON clearance_rules
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change()`);
  }

  private async makeApprovals(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE approvals (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL, FOREIGN KEY (request_id, traffic) REFERENCES requests (id, traffic),
        party_code text NOT NULL REFERENCES parties,
        body_id uuid NOT NULL, FOREIGN KEY (body_id, party_code) REFERENCES bodies (id, party_code),
        -- The line that is acted on; null: the request as a whole.
        addressee_id uuid REFERENCES addressees,
        ${traffic},
        act text NOT NULL,
        -- Null: an addressee's, which does not see it move.
        request_version integer,
        line_version integer,
        digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
        content jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn', 'void', 'used')),
        asked_by uuid NOT NULL REFERENCES accounts,
        asked_at timestamptz NOT NULL,
        decided_by uuid REFERENCES accounts,
        decided_at timestamptz,
        decision jsonb,
        ended_at timestamptz,
        void_because text CHECK (void_because IN ('request-changed', 'line-changed')),
        used_by uuid REFERENCES accounts,
        -- The transaction that did what was cleared.
        used_in text,
        CONSTRAINT approvals_line CHECK ((addressee_id IS NULL) = (line_version IS NULL)),
        CONSTRAINT approvals_by_another CHECK (decided_by <> asked_by),
        CONSTRAINT approvals_decided CHECK (num_nonnulls(decided_by, decided_at, decision) IN (0, 3)
          AND (state <> 'asked' OR decided_by IS NULL) AND (state NOT IN ('approved', 'refused', 'used') OR decided_by IS NOT NULL)),
        CONSTRAINT approvals_ended CHECK ((state IN ('withdrawn', 'void', 'used')) = (ended_at IS NOT NULL)
          AND (state = 'void') = (void_because IS NOT NULL)
          AND num_nonnulls(used_by, used_in) = CASE state WHEN 'used' THEN 2 ELSE 0 END)
      );
      CREATE INDEX approvals_of_request ON approvals (request_id, id);
      CREATE INDEX approvals_of_party ON approvals (party_code, id DESC)`);
  }

  private async holdThem(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app.move_approval() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF to_jsonb(NEW) - ${moving} IS DISTINCT FROM to_jsonb(OLD) - ${moving}
            OR (OLD.state, NEW.state) NOT IN (('asked', 'approved'), ('asked', 'refused'), ('asked', 'withdrawn'), ('asked', 'void'),
              ('approved', 'used'), ('approved', 'withdrawn'), ('approved', 'void'))
            OR OLD.decided_by IS NOT NULL
              AND (NEW.decided_by, NEW.decided_at, NEW.decision) IS DISTINCT FROM (OLD.decided_by, OLD.decided_at, OLD.decision)
            OR OLD.decided_by IS NULL AND NEW.decided_by IS NOT NULL
              AND (NEW.decided_by::text IS DISTINCT FROM app.actor() OR NEW.state NOT IN ('approved', 'refused'))
            OR NEW.state = 'withdrawn' AND NEW.asked_by::text IS DISTINCT FROM app.actor()
            OR NEW.state = 'used'
              AND (NEW.used_by::text IS DISTINCT FROM app.actor() OR NEW.used_in <> pg_current_xact_id()::text)
          THEN
            RAISE EXCEPTION 'an approval is decided once, and stays what it was asked for' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER approvals_move BEFORE UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION app.move_approval();

      -- Whoever changes the request or the line, and in whichever way: what was looked at is not there any more.
      CREATE FUNCTION app.void_approvals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN
          IF TG_TABLE_NAME = 'requests' THEN
            -- Others than the requester see what it says change, and of its version nothing: that others were told
            -- of others does not show itself to them.
            UPDATE public.approvals SET state = 'void', void_because = 'request-changed', ended_at = app.now()
            WHERE request_id = NEW.id AND state IN ('asked', 'approved')
              AND (party_code = NEW.party_code OR NEW.content IS DISTINCT FROM OLD.content);
          ELSE
            UPDATE public.approvals SET state = 'void', void_because = 'line-changed', ended_at = app.now()
            WHERE request_id = NEW.request_id AND addressee_id = NEW.id AND state IN ('asked', 'approved');
          END IF;
          RETURN NULL;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.void_approvals() FROM PUBLIC;
      CREATE TRIGGER requests_void_approvals AFTER UPDATE OF version ON requests
        FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION app.void_approvals();
      CREATE TRIGGER addressees_void_approvals AFTER UPDATE OF version ON addressees
        FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION app.void_approvals();

      -- Looked at when the transaction ends: a rehearsal is taken back before.
      CREATE FUNCTION app.demand_clearance() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          -- A draft that is given up has told nobody anything.
          IF NEW.act = ANY (app.acts_to_clear()) AND NOT (NEW.act = 'withdraw' AND NEW.from_state = 'draft')
            AND NOT EXISTS (SELECT 1 FROM public.approvals p
              WHERE p.request_id = NEW.request_id AND p.party_code = NEW.party_code AND p.act = NEW.act
                AND (p.addressee_id IS NULL OR p.addressee_id = NEW.addressee_id)
                AND p.state = 'used' AND p.used_in = pg_current_xact_id()::text)
          THEN
            RAISE EXCEPTION 'a second person has not cleared "%"', NEW.act USING ERRCODE = 'AL001';
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER request_events_are_cleared AFTER INSERT ON request_events
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.assurance <> 'system') EXECUTE FUNCTION app.demand_clearance()`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    const setter = `app.known() AND CASE app.role() WHEN 'party-administrator' THEN party_code = app.party()
      WHEN 'directory-manager' THEN party_code IS NULL ELSE false END`;
    const own = 'party_code = app.party() AND app.concerns(request_id)';
    await runner.query(`
      ALTER TABLE clearance_rules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_or_networks ON clearance_rules FOR SELECT TO aldis_api
        USING (app.in_network() AND (party_code IS NULL OR party_code = app.party()));
      CREATE POLICY by_setter ON clearance_rules FOR INSERT TO aldis_api
        WITH CHECK (${setter} AND set_by::text = app.actor() AND agreed_by IS NULL);
      CREATE POLICY by_another_setter ON clearance_rules FOR UPDATE TO aldis_api USING (${setter});
      GRANT SELECT, INSERT, UPDATE (agreed_by, agreed_at) ON clearance_rules TO aldis_api;

      ALTER TABLE approvals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_triggers ON approvals TO CURRENT_USER USING (pg_trigger_depth() > 0);
      CREATE POLICY own_body ON approvals FOR SELECT TO aldis_api USING (${own});
      CREATE POLICY by_asker ON approvals FOR INSERT TO aldis_api
        WITH CHECK (${own} AND body_id = app.body() AND asked_by::text = app.actor() AND state = 'asked'
          AND CASE WHEN addressee_id IS NULL THEN app.asked_by(request_id) = app.party()
            ELSE EXISTS (SELECT 1 FROM addressees a WHERE a.id = addressee_id AND a.request_id = approvals.request_id) END);
      CREATE POLICY own_body_change ON approvals FOR UPDATE TO aldis_api USING (${own});
      GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, decision, ended_at, used_by, used_in) ON approvals TO aldis_api;

      -- What the system does is not asked for clearance: nobody who serves people writes in its name.
      ALTER POLICY append ON request_events WITH CHECK (${appended} AND assurance <> 'system')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER POLICY append ON request_events WITH CHECK (${appended});
      DROP TRIGGER request_events_are_cleared ON request_events;
      DROP TRIGGER addressees_void_approvals ON addressees;
      DROP TRIGGER requests_void_approvals ON requests;
      DROP TABLE approvals, clearance_rules;
      DROP FUNCTION app.demand_clearance(), app.void_approvals(), app.move_approval(), app.agree_to_clearance_rule(),
        app.weigh_clearance_rule(), app.acts_to_clear(), app.clearance_in_force(text)`);
  }
}
