import type { MigrationInterface, QueryRunner } from 'typeorm';

const entries = ['bodies', 'points_of_contact', 'channels', 'constituencies', 'channel_checks'];
const ofParty = `
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const levels = `('policy', 'diplomatic', 'technical', 'law-enforcement-liaison')`;
const open = (alias: string) =>
  `${alias}.joined_at <= (SELECT app.now()) AND (${alias}.left_at IS NULL OR ${alias}.left_at > (SELECT app.now()))`;
/**
 * Own entries, those of whoever shares a network now, and of whoever did and has a request in common. Each `SELECT` is
 * asked once for a statement, and not for each row.
 */
const met = `(SELECT app.in_network()) AND ((SELECT app.party()) IS NULL OR party_code = (SELECT app.party())
  OR party_code IN (SELECT app.parties_met()) OR party_code IN (SELECT app.parties_in_touch()))`;
const absences = (more: string) => `
  CREATE OR REPLACE FUNCTION app.absences(since timestamptz, until timestamptz)
    RETURNS TABLE (id uuid, point_of_contact_id uuid, starts_at timestamptz, ends_at timestamptz, substitute_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
    SELECT a.id, a.point_of_contact_id, a.starts_at, a.ends_at, a.substitute_id FROM public.absences a
    WHERE (app.in_network() OR app.at_work()) AND a.starts_at < until AND a.ends_at > since ${more} ORDER BY a.id $$;`;

/**
 * Networks that overlap: entries are read by those who share one. What a network says of roles, how points of contact
 * look at their own readiness, and what parties could offer.
 */
export class Networks1763763400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Networks that the caller's party belongs to now. As the owner: the wall of memberships asks it.
      CREATE FUNCTION app.own_networks() RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT m.network_id FROM public.memberships m WHERE m.party_code = app.party() AND ${open('m')} $$;
      -- Parties that share one of them now.
      CREATE FUNCTION app.parties_met() RETURNS SETOF text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT DISTINCT m.party_code FROM public.memberships m
        WHERE m.network_id IN (SELECT app.own_networks()) AND ${open('m')} $$;
      -- Parties that shared one and share none any more.
      CREATE FUNCTION app.parties_left() RETURNS SETOF text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT theirs.party_code FROM public.memberships mine JOIN public.memberships theirs USING (network_id)
        WHERE mine.party_code = app.party() AND (mine.left_at <= (SELECT app.now()) OR theirs.left_at <= (SELECT app.now()))
          AND theirs.party_code <> app.party()
        EXCEPT SELECT app.parties_met() $$;
      -- Those of them with whom the caller's body has a request: what has begun is not cut off.
      CREATE FUNCTION app.parties_in_touch() RETURNS SETOF text LANGUAGE sql STABLE AS $$
        SELECT left_party FROM app.parties_left() AS left_party WHERE EXISTS (SELECT 1 FROM public.addressees a
          WHERE a.party_code = left_party AND a.requester_code = app.party()
            OR a.requester_code = left_party AND a.party_code = app.party()) $$;
      REVOKE ALL ON FUNCTION app.own_networks(), app.parties_met(), app.parties_left(), app.parties_in_touch() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.own_networks(), app.parties_met(), app.parties_left(), app.parties_in_touch() TO aldis_api;
      CREATE INDEX memberships_that_ended ON memberships (party_code, network_id) WHERE left_at IS NOT NULL;
      ALTER TABLE memberships ADD CONSTRAINT memberships_last CHECK (left_at >= joined_at);

      CREATE TABLE role_sheets (
        id uuid PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES networks,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        level text NOT NULL CHECK (level IN ${levels}),
        version integer NOT NULL CHECK (version >= 1),
        -- Empty: the sheet that the software brings along, again.
        texts jsonb NOT NULL,
        changed_by uuid NOT NULL REFERENCES accounts,
        at timestamptz NOT NULL,
        CONSTRAINT role_sheets_once UNIQUE (network_id, level, version)
      );
      CREATE TABLE readiness_checks (
        id uuid PRIMARY KEY,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        network_id uuid NOT NULL REFERENCES networks,
        ${ofParty},
        version integer NOT NULL CHECK (version >= 1),
        sheet_version integer NOT NULL CHECK (sheet_version >= 0),
        -- Answers and notes: sealed, of the party alone.
        content jsonb NOT NULL,
        checked_on date NOT NULL,
        -- Whether others learn on which day it was made; they never learn more.
        told boolean NOT NULL,
        checked_by uuid NOT NULL REFERENCES accounts,
        at timestamptz NOT NULL,
        CONSTRAINT readiness_checks_once UNIQUE (point_of_contact_id, network_id, version)
      );
      CREATE TABLE capabilities (
        id uuid PRIMARY KEY,
        ${ofParty},
        kind text NOT NULL,
        -- What it is and under which conditions: sealed with the party's key.
        content jsonb NOT NULL,
        languages text[] NOT NULL,
        lead_hours integer NOT NULL CHECK (lead_hours BETWEEN 0 AND 8760),
        place text NOT NULL CHECK (place IN ('remote', 'on-site', 'both')),
        lasts_days integer CHECK (lasts_days BETWEEN 1 AND 3650),
        cost text NOT NULL CHECK (cost IN ('free', 'shared', 'reimbursed')),
        valid_until date,
        point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
        visible_to text NOT NULL CHECK (visible_to IN ('networks', 'parties', 'own')),
        visible_networks uuid[] NOT NULL,
        visible_parties text[] NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        ended_at timestamptz,
        version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        CONSTRAINT capabilities_seen CHECK ((visible_to = 'networks') = (visible_networks <> '{}')
          AND (visible_to = 'parties') = (visible_parties <> '{}'))
      );
      CREATE INDEX capabilities_of_party ON capabilities (party_code);
      CREATE INDEX capabilities_by_kind ON capabilities (kind) WHERE ended_at IS NULL;`);
    for (const table of ['role_sheets', 'readiness_checks'])
      await runner.query(`
        CREATE TRIGGER ${table}_only_grow BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
        CREATE TRIGGER ${table}_are_kept BEFORE TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change()`);
    await this.raiseWalls(runner);
    await this.raiseOwnWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const table of entries)
      await runner.query(`
        DROP POLICY in_network ON ${table};
        CREATE POLICY in_network ON ${table} FOR SELECT TO aldis_api USING (${met})`);
    await runner.query(`
      DROP POLICY seen ON contact_keys;
      CREATE POLICY seen ON contact_keys FOR SELECT TO aldis_api
        USING (${met} AND (party_code = (SELECT app.party()) OR state IN ('confirmed', 'revoked')));
      DROP POLICY in_network ON memberships;
      CREATE POLICY in_network ON memberships FOR SELECT TO aldis_api USING (app.in_network()
        AND (app.party() IS NULL OR party_code = app.party() OR network_id IN (SELECT app.own_networks())));
      -- That of the instance is known to all: requests, templates and checkpoints are kept under it.
      DROP POLICY seen ON networks;
      CREATE POLICY seen ON networks FOR SELECT TO aldis_api USING (app.known() AND (app.purpose() = 'network'
        OR id IN (SELECT app.own_networks()) OR id = (SELECT i.network_id FROM instance i)));
      CREATE POLICY at_work ON networks FOR SELECT TO aldis_worker USING (app.known());
      CREATE POLICY by_manager ON networks FOR INSERT TO aldis_api WITH CHECK (app.keeps_networks());
      CREATE POLICY by_manager_changed ON networks FOR UPDATE TO aldis_api USING (app.keeps_networks());
      GRANT INSERT, UPDATE (names, levels_required, visibility, rules, version) ON networks TO aldis_api;
      ${absences('AND (app.party() IS NULL OR a.party_code = app.party() OR a.party_code IN (SELECT app.parties_met()))')}`);
  }

  private async raiseOwnWalls(runner: QueryRunner): Promise<void> {
    for (const table of ['role_sheets', 'readiness_checks', 'capabilities'])
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY of_network ON role_sheets FOR SELECT TO aldis_api
        USING (app.in_network() AND (app.party() IS NULL OR network_id IN (SELECT app.own_networks())));
      CREATE POLICY by_manager ON role_sheets FOR INSERT TO aldis_api
        WITH CHECK (app.keeps_networks() AND changed_by = app.account());
      GRANT SELECT, INSERT ON role_sheets TO aldis_api;

      -- Officers of the body that the point of contact belongs to, and the party's administrators.
      CREATE FUNCTION app.checks_readiness(point uuid) RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.role() IN ('officer', 'party-administrator') AND app.keeps_duty(point) $$;
      -- On which day a party says that it last looked at its readiness. Nothing else of a check leaves the party.
      CREATE FUNCTION app.readiness_told(point uuid) RETURNS date
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT max(c.checked_on) FROM public.readiness_checks c WHERE c.point_of_contact_id = point AND c.told
          AND app.in_network() AND (app.party() IS NULL OR c.party_code = app.party()
            OR c.network_id IN (SELECT app.own_networks()) AND c.party_code IN (SELECT app.parties_met())) $$;
      REVOKE ALL ON FUNCTION app.checks_readiness(uuid), app.readiness_told(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.checks_readiness(uuid), app.readiness_told(uuid) TO aldis_api;
      CREATE POLICY by_functions ON readiness_checks FOR SELECT TO CURRENT_USER USING (app.in_network() AND told);
      CREATE POLICY own_party ON readiness_checks FOR SELECT TO aldis_api USING (app.known() AND party_code = app.party());
      CREATE POLICY by_keeper ON readiness_checks FOR INSERT TO aldis_api
        WITH CHECK (party_code = app.party() AND app.checks_readiness(point_of_contact_id) AND checked_by = app.account()
          AND network_id IN (SELECT app.own_networks()));
      GRANT SELECT, INSERT ON readiness_checks TO aldis_api;

      CREATE FUNCTION app.keeps_capabilities(party text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND party = app.party() AND coalesce(app.role() IN ('officer', 'party-administrator'), false) $$;
      -- To whom a party shows it and to nobody else, the network's staff included.
      CREATE POLICY shown ON capabilities FOR SELECT TO aldis_api USING (app.known() AND (party_code = app.party()
        OR ended_at IS NULL AND (valid_until IS NULL OR valid_until >= (app.now() AT TIME ZONE 'UTC')::date)
          AND (visible_to = 'parties' AND app.party() = ANY (visible_parties) AND party_code IN (SELECT app.parties_met())
            OR visible_to = 'networks' AND EXISTS (SELECT 1 FROM memberships m
              WHERE m.party_code = capabilities.party_code AND m.network_id = ANY (capabilities.visible_networks)
                AND m.network_id IN (SELECT app.own_networks()) AND ${open('m')}))));
      CREATE POLICY by_keeper ON capabilities FOR INSERT TO aldis_api WITH CHECK (app.keeps_capabilities(party_code)
        AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = point_of_contact_id AND p.party_code = app.party()));
      CREATE POLICY by_keeper_changed ON capabilities FOR UPDATE TO aldis_api USING (app.keeps_capabilities(party_code))
        WITH CHECK (app.keeps_capabilities(party_code)
          AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = point_of_contact_id AND p.party_code = app.party()));
      GRANT SELECT, INSERT, UPDATE (kind, content, languages, lead_hours, place, lasts_days, cost, valid_until,
        point_of_contact_id, visible_to, visible_networks, visible_parties, changed_at, ended_at, version) ON capabilities TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE capabilities, readiness_checks, role_sheets;
      DROP FUNCTION app.keeps_capabilities(text), app.readiness_told(uuid), app.checks_readiness(uuid);
      ${absences('')}
      DROP POLICY seen ON contact_keys;
      CREATE POLICY seen ON contact_keys FOR SELECT TO aldis_api
        USING (app.in_network() AND (party_code = app.party() OR state IN ('confirmed', 'revoked')));
      REVOKE INSERT, UPDATE ON networks FROM aldis_api;
      DROP POLICY by_manager_changed ON networks; DROP POLICY by_manager ON networks; DROP POLICY at_work ON networks;
      DROP POLICY seen ON networks;
      CREATE POLICY seen ON networks FOR SELECT TO aldis_api, aldis_worker USING (app.known());`);
    for (const table of [...entries, 'memberships'])
      await runner.query(`
        DROP POLICY in_network ON ${table};
        CREATE POLICY in_network ON ${table} FOR SELECT TO aldis_api USING (app.in_network())`);
    await runner.query(`
      ALTER TABLE memberships DROP CONSTRAINT memberships_last;
      DROP INDEX memberships_that_ended;
      DROP FUNCTION app.parties_in_touch(), app.parties_left(), app.parties_met(), app.own_networks()`);
  }
}
