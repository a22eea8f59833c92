import type { Tx } from '#libs/runtime';

/** A list of rows that are open and each have a place of their own, 1 first. */
export interface Ordered {
  table: 'points_of_contact' | 'channels';
  /** Which rows are of the list: a condition on `$1` and `$2`, its values, and the state that leaves it. */
  where: string;
  values: readonly [string, string];
  left: 'retired' | 'ended';
}

/** Beyond every place that is given: rows are put there while others take theirs. */
const aside = 1_000_000;

/**
 * The place for a row in its list: the one wanted, or the last. Where another row has it, that and all behind move
 * down. The list is locked until the transaction ends; `self` is a row of it that is moved.
 */
export async function placeIn(
  tx: Tx,
  { table, where, values, left }: Ordered,
  wanted: number | undefined,
  self: string | null = null,
): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${table}:${values.join(':')}`]);
  const open = `${where} AND state <> '${left}' AND id IS DISTINCT FROM $3::uuid`;
  const [found] = await tx.query<{ last: number; taken: boolean }>(
    `SELECT coalesce(max(position), 0) AS last, coalesce(bool_or(position = $4), false) AS taken FROM ${table} WHERE ${open}`,
    [...values, self, wanted ?? 0],
  );
  const last = found?.last ?? 0;
  if (wanted === undefined || wanted > last) return last + 1;
  if (!found?.taken) return wanted;
  if (self) await tx.query(`UPDATE ${table} SET position = ${aside} WHERE id = $1`, [self]);
  // Places are compared row by row, so none may be taken even for a moment: all go far away, and come back.
  await tx.query(
    `UPDATE ${table} SET position = position + ${2 * aside} WHERE ${open} AND position BETWEEN $4 AND ${aside - 1}`,
    [...values, self, wanted],
  );
  await tx.query(
    `UPDATE ${table} SET position = position - ${2 * aside - 1} WHERE ${open} AND position >= ${2 * aside}`,
    [...values, self],
  );
  return wanted;
}
