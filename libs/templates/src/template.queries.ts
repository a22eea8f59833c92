import { Problem, type Tx } from '#libs/runtime';
import type { ByLanguage } from './template-document.js';

export interface TemplateSummary {
  key: string;
  version: number;
  title: ByLanguage;
  digest: string;
  publishedAt: string;
}

const columns = `key, version, document->'title' AS title, digest, published_at AS "publishedAt"`;
const dated = <T extends { publishedAt: string }>(row: T): T => ({
  ...row,
  publishedAt: new Date(row.publishedAt).toISOString(),
});

/** Reads of published templates. */
export class TemplateQueries {
  /** Every version of every template, the newest of each first. */
  async all(tx: Tx): Promise<TemplateSummary[]> {
    return (
      await tx.query<TemplateSummary>(`SELECT ${columns} FROM templates ORDER BY key, version DESC`)
    ).map(dated);
  }

  /** One version, the newest where none is named, with its document. Raises `not-found`. */
  async one(tx: Tx, key: string, version?: number): Promise<TemplateSummary & { document: object }> {
    const [row] = await tx.query<TemplateSummary & { document: object }>(
      `SELECT ${columns}, document FROM templates WHERE key = $1 AND ($2::int IS NULL OR version = $2)
       ORDER BY version DESC LIMIT 1`,
      [key, version ?? null],
    );
    if (!row) throw new Problem('not-found', 'There is no such template.');
    return dated(row);
  }
}
