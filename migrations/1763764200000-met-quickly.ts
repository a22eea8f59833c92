import type { MigrationInterface, QueryRunner } from 'typeorm';

const open = 'm.joined_at <= at AND (m.left_at IS NULL OR m.left_at > at)';
const asOwner = 'STABLE SECURITY DEFINER SET search_path = app, pg_temp';

/**
 * Which networks and parties are met is asked by the walls of nearly every statement, often several times: it is planned
 * once for a connection and read as a whole. A party is named once for each network that is shared with it.
 */
export class MetQuickly1763764200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION app.own_networks() RETURNS SETOF uuid LANGUAGE plpgsql ${asOwner} AS $$
        DECLARE
          at constant timestamptz := app.now();
          own constant text := app.party();
        BEGIN
          RETURN QUERY SELECT m.network_id FROM public.memberships m WHERE m.party_code = own AND ${open};
        END $$;
      CREATE OR REPLACE FUNCTION app.parties_met() RETURNS SETOF text LANGUAGE plpgsql ${asOwner} AS $$
        DECLARE
          at constant timestamptz := app.now();
          networks constant uuid[] := ARRAY(SELECT app.own_networks());
        BEGIN
          RETURN QUERY SELECT m.party_code FROM public.memberships m WHERE m.network_id = ANY (networks) AND ${open};
        END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const now = open.replaceAll(/\bat\b/g, '(SELECT app.now())');
    await runner.query(`
      CREATE OR REPLACE FUNCTION app.own_networks() RETURNS SETOF uuid LANGUAGE sql ${asOwner} AS $$
        SELECT m.network_id FROM public.memberships m WHERE m.party_code = app.party() AND ${now} $$;
      CREATE OR REPLACE FUNCTION app.parties_met() RETURNS SETOF text LANGUAGE sql ${asOwner} AS $$
        SELECT DISTINCT m.party_code FROM public.memberships m
        WHERE m.network_id IN (SELECT app.own_networks()) AND ${now} $$`);
  }
}
