import type { DataSource } from 'typeorm';

/** What migrations make by hand and entities do not state: TypeORM plans to drop these, and it never runs its plans. */
const stated = `
  SELECT conname AS name FROM pg_constraint WHERE contype IN ('c', 'u', 'f')
  UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisprimary`;
const dropConstraint = /^ALTER TABLE "[^"]+" DROP CONSTRAINT "([^"]+)"$/;
const dropIndex = /^DROP INDEX (?:"public"\.)?"([^"]+)"$/;

/**
 * The statements by which TypeORM would bring the tables to what the entities say, without drops of CHECK, UNIQUE and
 * foreign key constraints and of indexes. Empty when entities and migrations agree.
 */
export async function schemaDrift(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ name: string }[]>(stated);
  const names = new Set(rows.map(({ name }) => name));
  const { upQueries } = await database.driver.createSchemaBuilder().log();
  return upQueries
    .map(({ query }) => query)
    .filter((query) => !names.has((dropConstraint.exec(query) ?? dropIndex.exec(query))?.[1] ?? ''));
}

/**
 * Everything that migrations make in the schemas `public` and `app`, one line each: two databases with the same lines
 * have the same shape, rules and rights.
 */
export async function schemaLines(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ line: string }[]>(`
    WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ('public', 'app')),
    relations AS (SELECT c.*, c.oid::regclass::text AS called FROM pg_class c JOIN ours ON ours.oid = c.relnamespace
      WHERE c.relkind NOT IN ('i', 'I') AND c.relname !~ '^migrations')
    SELECT line FROM (
      SELECT 'schema ' || nspname FROM ours WHERE nspname = 'app'
      UNION ALL SELECT concat_ws(' ', relkind, called, relrowsecurity, relforcerowsecurity, relacl::text) FROM relations
      UNION ALL SELECT concat_ws(' ', 'column', called, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text,
          pg_get_expr(adbin, adrelid))
        FROM relations JOIN pg_attribute ON attrelid = relations.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      UNION ALL SELECT concat_ws(' ', called, conname, pg_get_constraintdef(pg_constraint.oid))
        FROM relations JOIN pg_constraint ON conrelid = relations.oid
      UNION ALL SELECT pg_get_indexdef(indexrelid) FROM relations JOIN pg_index ON indrelid = relations.oid
      UNION ALL SELECT pg_get_triggerdef(pg_trigger.oid) FROM relations JOIN pg_trigger ON tgrelid = relations.oid
        WHERE NOT tgisinternal
      UNION ALL SELECT concat_ws(' ', 'policy', tablename, policyname, cmd, roles::text, qual, with_check) FROM pg_policies
      UNION ALL SELECT pg_get_functiondef(pg_proc.oid) || proacl::text FROM pg_proc JOIN ours ON ours.oid = pronamespace
        WHERE prokind = 'f'
    ) AS lines (line) WHERE line IS NOT NULL ORDER BY line`);
  return rows.map(({ line }) => line);
}
