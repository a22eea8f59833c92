import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PublicKey } from '#libs/ledger';

const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() })),
});

/** A JSON file that fits a schema. Raises with what it should have held. */
export function readFile<T>(path: string, schema: z.ZodType<T>, what: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Error(`${path} does not hold ${what}.`);
  }
}

/** The keys of a file as `GET /api/v1/ledger/key` answers them. Raises when it holds none. */
export const readKeys = (path: string): PublicKey[] =>
  readFile(path, keySet, 'the keys that GET /api/v1/ledger/key answers').keys;
