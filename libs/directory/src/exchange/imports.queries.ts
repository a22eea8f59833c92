import { Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { ImportRow, type ImportState } from './import.entity.js';
import { countsOf, type ImportPlan } from './import-plan.js';

/** An import as the administrators of its party see it. */
export interface ImportView {
  id: string;
  format: ImportRow['format'];
  digest: string;
  bytes: number;
  state: ImportState;
  /** How many points of contact it enters, and how many are entered so far. */
  total: number;
  done: number;
  previewedAt: string;
  appliedAt: string | null;
  endedAt: string | null;
  madeBodies: string[];
  madeEntries: string[];
  version: number;
  /** What it would do and what was said of it; null once it is over. */
  plan: (ImportPlan & { counts: ReturnType<typeof countsOf> }) | null;
}

export const contentOf = (id: string) => ({ table: 'imports', row: id, field: 'content' });

/** At most so many imports are listed, the newest first. */
const listed = 100;

/** Imports of the caller's own party: the walls show no others. */
export class ImportQueries {
  constructor(private readonly vault: Vault) {}

  async all(tx: Tx): Promise<Omit<ImportView, 'plan'>[]> {
    const rows = await tx.manager.find(ImportRow, {
      order: { previewedAt: 'DESC', id: 'DESC' },
      take: listed,
    });
    const done = await doneOf(tx, rows);
    return rows.map((row) => viewOf(row, done));
  }

  /** Raises `not-found`. */
  async one(tx: Tx, id: string): Promise<ImportView> {
    const { row, plan } = await this.opened(tx, id);
    const done = await doneOf(tx, [row]);
    return { ...viewOf(row, done), plan: plan && { ...plan, counts: countsOf(plan.findings) } };
  }

  async opened(tx: Tx, id: string): Promise<{ row: ImportRow; plan: ImportPlan | null }> {
    const row = await tx.manager.findOneBy(ImportRow, { id });
    if (!row) throw new Problem('not-found', 'There is no such import.');
    const plan = row.content && (await this.vault.openPartys<ImportPlan>(contentOf(id), row.content));
    return { row, plan };
  }
}

async function doneOf(tx: Tx, rows: readonly ImportRow[]): Promise<Map<string, number>> {
  const found = await tx.query<{ id: string; done: number }>(
    'SELECT import_id AS id, done FROM import_progress WHERE import_id = ANY ($1::uuid[])',
    [rows.map(({ id }) => id)],
  );
  return new Map(found.map(({ id, done }) => [id, done]));
}

function viewOf(row: ImportRow, done: ReadonlyMap<string, number>): Omit<ImportView, 'plan'> {
  const { id, format, digest, bytes, state, total, previewedAt, appliedAt, endedAt } = row;
  const { madeBodies, madeEntries, version } = row;
  return {
    ...{ id, format, digest, bytes, state, total, madeBodies, madeEntries, version },
    done: appliedAt ? total : (done.get(id) ?? 0),
    previewedAt: previewedAt.toISOString(),
    appliedAt: appliedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
