import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Published template documents, which never change, and the version that each request was filed on. */
export class Templates1763750600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE templates (
        key text NOT NULL CHECK (key ~ '^[a-z]+(-[a-z]+)*$'),
        version integer NOT NULL CHECK (version >= 1),
        -- Null: a template of every network.
        network_id uuid REFERENCES networks,
        document jsonb NOT NULL,
        digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
        published_at timestamptz NOT NULL,
        PRIMARY KEY (key, version)
      );
      CREATE TRIGGER templates_never_change BEFORE UPDATE OR DELETE ON templates
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER templates_are_kept BEFORE TRUNCATE ON templates
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
      ALTER TABLE templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner_keeps ON templates TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY seen ON templates FOR SELECT TO aldis_api USING (app.known());
      GRANT SELECT ON templates TO aldis_api;

      ALTER TABLE requests
        DROP CONSTRAINT requests_kind_check,
        ADD CONSTRAINT requests_kind_check CHECK (kind IN ('assistance', 'mitigation')),
        ADD COLUMN template_key text,
        ADD COLUMN template_version integer,
        ADD CONSTRAINT requests_template FOREIGN KEY (template_key, template_version) REFERENCES templates (key, version),
        ADD CONSTRAINT requests_whole_template CHECK ((template_key IS NULL) = (template_version IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE requests DROP CONSTRAINT requests_whole_template, DROP CONSTRAINT requests_template,
        DROP COLUMN template_key, DROP COLUMN template_version,
        DROP CONSTRAINT requests_kind_check, ADD CONSTRAINT requests_kind_check CHECK (kind IN ('assistance'));
      DROP TABLE templates`);
  }
}
