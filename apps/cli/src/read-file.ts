import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { unvouched, type PublishedKey } from '#libs/ledger';

const keySet = z.object({
  keys: z.array(
    z.object({
      ...{ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() },
      successor: z.object({ kid: z.string(), signature: z.string() }).optional(),
    }),
  ),
});

/** A JSON file that fits a schema. Raises with what it should have held. */
export function readFile<T>(path: string, schema: z.ZodType<T>, what: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Error(`${path} does not hold ${what}.`);
  }
}

/**
 * The keys of a file as `GET /api/v1/ledger/key` answers them. Raises when it holds none; and, where a copy that was
 * kept earlier is named, when one of them does not follow from it.
 */
export function readKeys(path: string, kept?: string): PublishedKey[] {
  const { keys } = readFile(path, keySet, 'the keys that GET /api/v1/ledger/key answers');
  const [stranger] = kept === undefined ? [] : unvouched(readKeys(kept), keys);
  if (stranger)
    throw new Error(
      `The key ${stranger.kid} in ${path} does not follow from those in ${kept}: ask the instance's operator, by another way.`,
    );
  return keys;
}
