import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new UUIDv7 (RFC 9562), made by the application so that a row's id is known before it is written. */
export const newId = (): string => v7();

/**
 * Six random characters of Crockford's base 32 for the reference that people read aloud. Random, not counted:
 * a counter would tell every State how many requests the others file. The database refuses a repeated one.
 */
export const newReferenceCode = (): string =>
  Array.from({ length: 6 }, () => crockford[randomInt(crockford.length)]).join('');
