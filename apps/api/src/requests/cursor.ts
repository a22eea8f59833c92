import { Problem } from '#libs/runtime';

/** A cursor as callers carry it: opaque, made of the last id of the page before. */
export const toCursor = (id: string): string =>
  Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** The id in a cursor. Raises `invalid-input` when it is none of ours. */
export function fromCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  if (hex.length !== 32 || toCursor(hex) !== cursor)
    throw new Problem('invalid-input', 'The cursor does not fit.', {
      errors: [{ parameter: 'cursor', detail: 'must be the value of `next` of an earlier page' }],
    });
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
