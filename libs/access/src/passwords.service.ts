import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** An argon2id hash (RFC 9106) in PHC form, by the parameters that OWASP names as the minimum. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: password, nonce, ...cost });
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${bare(nonce)}$${bare(tag)}`;
}

const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Whether the password fits the hash. Takes as long for a hash that nothing fits. */
export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const [, , , parameters = '', nonce = '', expected = ''] = hash.split('$');
  const [memory, passes, parallelism] = parameters.split(',').map((item) => Number(item.slice(2)));
  const tag = Buffer.from(expected, 'base64');
  const given = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(nonce, 'base64'),
    memory: memory ?? cost.memory,
    passes: passes ?? cost.passes,
    parallelism: parallelism ?? cost.parallelism,
    tagLength: cost.tagLength,
  });
  return tag.length === given.length && timingSafeEqual(tag, given);
}

/** A hash that no password fits, to be compared with when there is no account: the answer must take as long. */
export const noPasswordFits = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$AAAAAAAAAAAAAAAAAAAAAA$${bare(Buffer.alloc(32))}`;
