import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where addresses and autonomous systems are registered: what the five regional registries publish, as the operator imports
 * it. It belongs to no party. Ranges are looked up by the blocks that hold an address, for equality alone may use an index
 * through row level security.
 */
export class Origins1763763650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE origin_files (
        registry text PRIMARY KEY CHECK (registry IN ('afrinic', 'apnic', 'arin', 'lacnic', 'ripencc')),
        serial text NOT NULL,
        file_date date NOT NULL,
        records integer NOT NULL CHECK (records >= 0),
        imported_at timestamptz NOT NULL
      );
      CREATE TABLE origin_ranges (
        range cidr NOT NULL,
        registry text NOT NULL REFERENCES origin_files,
        country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        status text NOT NULL CHECK (status IN ('allocated', 'assigned')),
        since date,
        PRIMARY KEY (range, registry)
      );
      CREATE TABLE origin_systems (
        first bigint NOT NULL CHECK (first BETWEEN 0 AND 4294967295),
        last bigint NOT NULL CHECK (last BETWEEN 0 AND 4294967295),
        registry text NOT NULL REFERENCES origin_files,
        country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        status text NOT NULL CHECK (status IN ('allocated', 'assigned')),
        since date,
        PRIMARY KEY (registry, first),
        CONSTRAINT origin_systems_order CHECK (first <= last)
      );
      CREATE INDEX constituencies_by_network ON constituencies (range) WHERE range IS NOT NULL`);
    for (const table of ['origin_files', 'origin_ranges', 'origin_systems'])
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner_keeps ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY in_network ON ${table} FOR SELECT TO aldis_api USING (app.in_network());
        CREATE POLICY at_work ON ${table} FOR SELECT TO aldis_worker USING (app.at_work());
        GRANT SELECT ON ${table} TO aldis_api, aldis_worker`);
    await runner.query('SELECT app.let_owner_keep()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX constituencies_by_network;
      DROP TABLE origin_systems, origin_ranges, origin_files`);
  }
}
