import { Problem } from '#libs/runtime';
import type { Act } from './lifecycle.js';

/** Whether the requester's act is one on the request as a whole, and not on one of its lines. */
export const isOfWhole = (act: Act, addressee: string | undefined): boolean =>
  act === 'save' ||
  act === 'amend' ||
  act === 'disclose' ||
  act === 'send' ||
  (act === 'withdraw' && addressee === undefined);

/** The line that the requester named, or the only one there is. Raises `invalid-input` where it is not clear. */
export function chosen<Line extends { partyCode: string }>(
  lines: readonly Line[],
  party: string | undefined,
): Line {
  const line =
    party === undefined && lines.length === 1 ? lines[0] : lines.find((one) => one.partyCode === party);
  if (line) return line;
  const detail =
    party === undefined
      ? 'is needed: the request has several addressees'
      : 'is not an addressee of this request';
  throw new Problem('invalid-input', 'It is not clear which addressee is meant.', {
    errors: [{ pointer: '#/addressee', detail }],
  });
}
