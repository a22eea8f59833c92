import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofPoint = `
  id uuid PRIMARY KEY,
  point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/**
 * Duty at points of contact: when nobody is there and who stands in, who has the shift, and the right to keep it. The
 * party reads all of it; the network learns when somebody is absent and which point of contact stands in, and no more.
 */
export class Duty1763762200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE absences (
        ${ofPoint},
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        -- Of the same party, which the walls see to.
        substitute_id uuid REFERENCES points_of_contact,
        -- Why, for the party alone: sealed.
        reason jsonb,
        told_by uuid NOT NULL REFERENCES accounts,
        told_at timestamptz NOT NULL,
        CONSTRAINT absences_last CHECK (ends_at > starts_at),
        CONSTRAINT absences_by_another CHECK (substitute_id <> point_of_contact_id)
      );
      CREATE INDEX absences_of_point ON absences (point_of_contact_id, ends_at);

      CREATE TABLE shifts (
        ${ofPoint},
        -- Who has it: an account of the party, or somebody by name, sealed.
        account_id uuid REFERENCES accounts,
        person jsonb,
        starts_at timestamptz NOT NULL,
        -- Until when it was meant to last.
        ends_at timestamptz,
        handed_over_at timestamptz,
        -- What whoever had it before leaves for this one: sealed.
        note jsonb,
        begun_by uuid NOT NULL REFERENCES accounts,
        CONSTRAINT shifts_of_one CHECK (num_nonnulls(account_id, person) = 1),
        CONSTRAINT shifts_last CHECK (ends_at > starts_at),
        CONSTRAINT shifts_handed_over CHECK (handed_over_at >= starts_at)
      );
      CREATE UNIQUE INDEX shifts_current ON shifts (point_of_contact_id) WHERE handed_over_at IS NULL`);
    await this.raiseWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Officers and duty officers of the body that the point of contact belongs to, and the party's administrators.
      CREATE FUNCTION app.keeps_duty(point uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.points_of_contact p
          WHERE p.id = point AND p.party_code = app.party() AND p.state <> 'retired'
            AND CASE WHEN app.role() IN ('officer', 'duty-officer') THEN p.body_id = app.body()
              ELSE coalesce(app.role() = 'party-administrator', false) END) $$;
      -- As the owner, so that nothing else of an entry opens to those who keep its hours. Null: a version that is stale.
      CREATE FUNCTION app.change_duty(point uuid, hours jsonb, place text, seen integer) RETURNS integer
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        UPDATE public.points_of_contact
        SET duty = hours, zone = place, changed_at = app.now(), version = version + 1
        WHERE id = point AND version = seen AND app.keeps_duty(point) RETURNING version $$;
      -- What the network learns of absences.
      CREATE FUNCTION app.absences(since timestamptz, until timestamptz)
        RETURNS TABLE (id uuid, point_of_contact_id uuid, starts_at timestamptz, ends_at timestamptz, substitute_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT a.id, a.point_of_contact_id, a.starts_at, a.ends_at, a.substitute_id FROM public.absences a
        WHERE (app.in_network() OR app.at_work()) AND a.starts_at < until AND a.ends_at > since ORDER BY a.id $$;
      REVOKE ALL ON FUNCTION app.change_duty(uuid, jsonb, text, integer), app.absences(timestamptz, timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.change_duty(uuid, jsonb, text, integer) TO aldis_api;
      GRANT EXECUTE ON FUNCTION app.absences(timestamptz, timestamptz) TO aldis_api, aldis_worker;

      ALTER TABLE absences ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE shifts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_functions ON absences FOR SELECT TO CURRENT_USER USING (app.in_network() OR app.at_work());
      CREATE POLICY own_party ON absences FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY own_party ON shifts FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY by_keeper ON absences FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND app.keeps_duty(point_of_contact_id) AND told_by = app.account()
          AND (substitute_id IS NULL OR EXISTS (SELECT 1 FROM points_of_contact p
            WHERE p.id = substitute_id AND p.party_code = absences.party_code)));
      CREATE POLICY by_keeper_removed ON absences FOR DELETE TO aldis_api
        USING (party_code = app.party() AND app.keeps_duty(point_of_contact_id));
      CREATE POLICY by_keeper ON shifts FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND app.keeps_duty(point_of_contact_id) AND begun_by = app.account()
          AND handed_over_at IS NULL AND (account_id IS NULL OR EXISTS (SELECT 1 FROM accounts a
            WHERE a.id = account_id AND a.party_code = shifts.party_code)));
      CREATE POLICY by_keeper_ended ON shifts FOR UPDATE TO aldis_api
        USING (party_code = app.party() AND app.keeps_duty(point_of_contact_id) AND handed_over_at IS NULL)
        WITH CHECK (handed_over_at IS NOT NULL);
      GRANT SELECT, INSERT, DELETE ON absences TO aldis_api;
      GRANT SELECT, INSERT, UPDATE (handed_over_at) ON shifts TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE shifts, absences;
      DROP FUNCTION app.absences(timestamptz, timestamptz), app.change_duty(uuid, jsonb, text, integer), app.keeps_duty(uuid)`);
  }
}
