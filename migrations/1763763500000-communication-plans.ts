import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const modes = `('normal', 'heightened', 'crisis')`;
const ofPair = `app.known() AND kind = 'pair' AND app.party() IN (party_code, other_code)`;

/**
 * Communication plans (A/76/135, 55): of two parties, which these two alone read, and of a network. And the hours that a
 * clock counts in, where the addressee has said some.
 */
export class CommunicationPlans1763763500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plans (
        id uuid PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES networks,
        kind text NOT NULL CHECK (kind IN ('pair', 'network')),
        -- Who proposed it, and to whom; a network's has neither.
        party_code text REFERENCES parties,
        other_code text REFERENCES parties,
        ${traffic},
        number integer NOT NULL CHECK (number >= 1),
        state text NOT NULL CHECK (state IN ('proposed', 'declined', 'withdrawn', 'in-force', 'replaced', 'ended')),
        mode text NOT NULL DEFAULT 'normal' CHECK (mode IN ${modes}),
        -- Ways, bridge, reports and who may declare: sealed.
        content jsonb NOT NULL,
        proposed_by uuid NOT NULL REFERENCES accounts,
        proposed_at timestamptz NOT NULL,
        -- Who agreed, declined or withdrew.
        settled_by uuid REFERENCES accounts,
        settled_at timestamptz,
        ended_by_code text REFERENCES parties,
        ended_at timestamptz,
        version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        CONSTRAINT plans_of_two CHECK (CASE kind WHEN 'pair'
          THEN num_nulls(party_code, other_code) = 0 AND party_code <> other_code
          ELSE num_nonnulls(party_code, other_code) = 0 AND state NOT IN ('proposed', 'declined', 'withdrawn') END),
        CONSTRAINT plans_settled CHECK ((state = 'proposed') = (settled_at IS NULL)),
        CONSTRAINT plans_ended CHECK ((state IN ('replaced', 'ended')) = (ended_at IS NOT NULL)),
        CONSTRAINT plans_calm CHECK (mode = 'normal' OR state IN ('in-force', 'replaced', 'ended'))
      );
      CREATE UNIQUE INDEX plans_of_pair ON plans (least(party_code, other_code), greatest(party_code, other_code))
        WHERE kind = 'pair' AND state = 'in-force';
      CREATE UNIQUE INDEX plans_of_network ON plans (network_id) WHERE kind = 'network' AND state = 'in-force';
      CREATE UNIQUE INDEX plans_proposed ON plans (party_code, other_code) WHERE state = 'proposed';

      CREATE TABLE plan_modes (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans,
        -- Who declared it, and who is told; null: the network's staff.
        party_code text REFERENCES parties,
        other_code text REFERENCES parties,
        ${traffic},
        mode text NOT NULL CHECK (mode IN ${modes}),
        -- Why: sealed.
        reason jsonb NOT NULL,
        declared_by uuid NOT NULL REFERENCES accounts,
        declared_at timestamptz NOT NULL
      );
      CREATE INDEX plan_modes_of_plan ON plan_modes (plan_id, declared_at);
      CREATE TRIGGER plan_modes_only_grow BEFORE UPDATE OR DELETE ON plan_modes
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER plan_modes_are_kept BEFORE TRUNCATE ON plan_modes
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      -- The hours that are counted in, as they stood when the clock began; null: those of calendar version 1.
      ALTER TABLE clocks ADD COLUMN calendar jsonb`);
    await this.raiseWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What holds between two parties is agreed by both: the one proposes, the other settles, either ends.
      CREATE FUNCTION app.keep_plan() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' OR NEW.state = OLD.state THEN RETURN NEW; END IF;
          IF OLD.kind = 'pair' AND NOT coalesce(app.role() IN ('officer', 'party-administrator')
            AND CASE OLD.state || ' ' || NEW.state
              WHEN 'proposed in-force' THEN app.party() = OLD.other_code
              WHEN 'proposed declined' THEN app.party() = OLD.other_code
              WHEN 'proposed withdrawn' THEN app.party() = OLD.party_code
              WHEN 'in-force replaced' THEN true
              WHEN 'in-force ended' THEN true END, false)
            OR OLD.kind = 'network' AND OLD.state || ' ' || NEW.state NOT IN ('in-force replaced', 'in-force ended')
          THEN
            RAISE EXCEPTION 'a plan is agreed by the other party' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER plans_agreed BEFORE UPDATE ON plans FOR EACH ROW EXECUTE FUNCTION app.keep_plan();

      ALTER TABLE plans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE plan_modes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY of_pair ON plans FOR SELECT TO aldis_api USING (${ofPair});
      CREATE POLICY of_network ON plans FOR SELECT TO aldis_api USING (kind = 'network' AND app.in_network()
        AND ((SELECT app.party()) IS NULL OR network_id IN (SELECT app.own_networks())));
      CREATE POLICY at_work ON plans FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY by_keeper ON plans FOR INSERT TO aldis_api WITH CHECK (proposed_by = app.account()
        AND CASE kind WHEN 'pair' THEN app.known() AND party_code = app.party() AND state = 'proposed'
            AND app.role() IN ('officer', 'party-administrator')
          ELSE app.keeps_networks() AND state = 'in-force' END);
      CREATE POLICY by_keeper_changed ON plans FOR UPDATE TO aldis_api
        USING (CASE kind WHEN 'pair' THEN ${ofPair} AND app.role() IN ('officer', 'duty-officer', 'party-administrator')
          ELSE app.keeps_networks() END);
      CREATE POLICY of_plan ON plan_modes FOR SELECT TO aldis_api
        USING (EXISTS (SELECT 1 FROM plans p WHERE p.id = plan_id));
      CREATE POLICY at_work ON plan_modes FOR SELECT TO aldis_worker USING (app.at_work());
      CREATE POLICY by_declarer ON plan_modes FOR INSERT TO aldis_api WITH CHECK (declared_by = app.account()
        AND party_code IS NOT DISTINCT FROM app.party() AND EXISTS (SELECT 1 FROM plans p WHERE p.id = plan_id
          AND p.state = 'in-force' AND CASE p.kind
            WHEN 'pair' THEN app.role() IN ('officer', 'duty-officer')
              AND plan_modes.other_code = CASE app.party() WHEN p.party_code THEN p.other_code ELSE p.party_code END
            ELSE app.keeps_networks() AND plan_modes.other_code IS NULL END));
      GRANT SELECT, INSERT, UPDATE (state, mode, settled_by, settled_at, ended_by_code, ended_at, version)
        ON plans TO aldis_api;
      GRANT SELECT, INSERT ON plan_modes TO aldis_api;
      GRANT SELECT ON plans, plan_modes TO aldis_worker;
      -- A reminder goes to bodies that see the request, and to no other.
      CREATE POLICY at_work ON request_members FOR SELECT TO aldis_worker USING (app.at_work());
      GRANT SELECT ON request_members TO aldis_worker;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY at_work ON request_members;
      REVOKE SELECT ON request_members FROM aldis_worker;
      ALTER TABLE clocks DROP COLUMN calendar;
      DROP TABLE plan_modes, plans;
      DROP FUNCTION app.keep_plan()`);
  }
}
