import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const fileName = z.string().regex(/^[\w.-]{1,128}$/);

const manifest = z.strictObject({
  format: z.literal('aldis-backup'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The migrations that made the schema, in order. */
  migrations: z.array(z.string()).min(1),
  /** The age recipient that all files beside this one are encrypted to; null: they are not. */
  encryptedTo: z.string().nullable(),
  /** The file of the vault's keys; null: they are not in this backup. */
  keys: z.strictObject({ file: fileName, sha256: hash }).nullable(),
  /** The ids of the root keys that the contents need. */
  keyIds: z.array(z.string()),
  /** The file of the keys that sign the record; null: they are not in this backup. */
  ledgerKeys: z.strictObject({ file: fileName, sha256: hash }).nullable(),
  /** The ids (thumbprints) of the keys that sign the record, where they were at hand. */
  signedBy: z.array(z.string()),
  tables: z.array(
    z.strictObject({
      table: z.string(),
      columns: z.array(z.string()),
      rows: z.int().min(0),
      digest: hash,
      file: fileName,
      sha256: hash,
    }),
  ),
});

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifest>;

/** Reads a manifest. Raises with a sentence when it is none, or of another version. */
export function readManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('manifest.json is damaged: it is not JSON.');
  }
  const read = manifest.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`manifest.json does not fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
