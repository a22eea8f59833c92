import { failpoint, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Sealed } from './envelope.js';
import type { Vault } from './vault.js';

/** A column, and how many of its values something holds for. */
export interface Column {
  table: string;
  column: string;
  count: number;
}

export interface Moved {
  moved: Column[];
  /** Values that did not open where they lie: damaged, or sealed for another place. They are left as they are. */
  unopened: Column[];
}

interface Shape {
  table: string;
  column: string;
  type: string;
  expires: boolean;
  /** The columns of the table's primary key, in order, and their types. */
  keys: { name: string; type: string }[];
}

/** Under this purpose the owner of the database sees and changes sealed values, and the walls show it nothing else. */
export const rotating = { actor: 'operator', party: null, body: null, purpose: 'rotate-keys' };

const batch = 200;

/**
 * Moves what is sealed under parties' keys from older root keys to the current one, while everything runs. It knows no
 * table: whatever bears the id of such a key is moved, on the one condition that it was sealed for the place where it
 * lies, with its table's primary key as the row (`a/b` where it has two columns) and its column as the field.
 */
export class Rotation {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Moves all there is, in small transactions. May be broken off at any time: the next run moves the rest. */
  async move(): Promise<Moved> {
    const moved: Column[] = [];
    const unopened: Column[] = [];
    for (const shape of (await this.shapes()).filter(({ type }) => type === 'jsonb')) {
      const { done, failed } = await this.moveColumn(shape);
      const { table, column } = shape;
      if (done > 0) moved.push({ table, column, count: done });
      if (failed > 0) unopened.push({ table, column, count: failed });
    }
    return { moved, unopened };
  }

  /** Where something still needs a root key: sealed values, keyed hashes and derived secrets that bear its id. */
  async needing(keyId: string): Promise<Column[]> {
    const found: Column[] = [];
    for (const { table, column, type, expires, keys } of await this.shapes()) {
      // What names a row may be of a caller's choosing, and is no hash.
      if (keys.some(({ name }) => name === column)) continue;
      const [test, value] =
        type === 'jsonb'
          ? [`position($1 in "${column}"::text) > 0`, `"key_id": "${keyId}/`]
          : column === 'key_id'
            ? [`"${column}" = $1`, keyId]
            : [`"${column}" ~ $1`, `^${keyId}:[0-9a-f]{64}$`];
      // A link that is over needs no key any more.
      const inForce = expires && column === 'key_id' ? ' AND expires_at > app.now()' : '';
      const [row] = await this.units.run(rotating, (tx) =>
        tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}" WHERE ${test}${inForce}`, [
          value,
        ]),
      );
      if (row && row.count > 0) found.push({ table, column, count: row.count });
    }
    return found;
  }

  /** Every column that can bear a key's id. */
  private async shapes(): Promise<Shape[]> {
    return this.units.run(rotating, (tx) =>
      tx.query<Shape>(
        `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type,
           EXISTS (SELECT 1 FROM pg_attribute e WHERE e.attrelid = c.oid AND e.attname = 'expires_at') AS expires,
           (SELECT jsonb_agg(jsonb_build_object('name', k.attname, 'type', format_type(k.atttypid, NULL)) ORDER BY u.at)
            FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY u (number, at)
            JOIN pg_attribute k ON k.attnum = u.number
            WHERE i.indrelid = c.oid AND i.indisprimary AND k.attrelid = c.oid) AS keys
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
           AND a.atttypid IN ('jsonb'::regtype, 'text'::regtype)
           AND EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
         ORDER BY 1, 2`,
      ),
    );
  }

  private async moveColumn(shape: Shape): Promise<{ done: number; failed: number }> {
    let [done, failed] = [0, 0];
    let after: string[] | undefined;
    do {
      const last = after;
      const found = await this.units.run(rotating, (tx) => this.moveBatch(tx, shape, last));
      failpoint('batch-moved');
      done += found.done;
      failed += found.failed;
      after = found.last;
    } while (after);
    return { done, failed };
  }

  private async moveBatch(
    tx: Tx,
    { table, column, keys }: Shape,
    after: string[] | undefined,
  ): Promise<{ done: number; failed: number; last: string[] | undefined }> {
    const names = keys.map(({ name }) => `"${name}"`).join(', ');
    const values = (from: number) => keys.map(({ type }, at) => `$${from + at}::${type}`).join(', ');
    const rows = await tx.query<{ row: string[]; sealed: Sealed }>(
      `SELECT ARRAY[${keys.map(({ name }) => `"${name}"::text`).join(', ')}] AS row, "${column}" AS sealed
       FROM "${table}" WHERE "${column}" ->> 'key_id' LIKE '%/%' AND split_part("${column}" ->> 'key_id', '/', 1) <> $1
       ${after ? `AND (${names}) > (${values(2)})` : ''} ORDER BY ${names} LIMIT ${batch}`,
      [this.vault.currentKey, ...(after ?? [])],
    );
    let done = 0;
    for (const { row, sealed } of rows) {
      const place = { table, row: row.join('/'), field: column };
      const anew = await this.vault.moved(place, sealed).catch(() => undefined);
      if (!anew) continue;
      // Only if it is still what was opened: somebody may have written it meanwhile.
      await tx.query(
        `UPDATE "${table}" SET "${column}" = $1 WHERE (${names}) = (${values(3)}) AND "${column}" = $2::jsonb`,
        [JSON.stringify(anew), JSON.stringify(sealed), ...row],
      );
      done++;
    }
    return { done, failed: rows.length - done, last: rows.length === batch ? rows.at(-1)?.row : undefined };
  }
}
