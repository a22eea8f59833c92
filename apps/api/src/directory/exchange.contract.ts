import { formatNames, importStates, levels } from '#libs/directory';
import { z } from 'zod';
import { partyCode } from '../http/fields.js';
import { version } from './bodies.contract.js';

/** Bytes of the largest document, and of the call that brings it. */
export const mostImportBytes = 5 * 1_048_576;
const mostCharacters = Math.ceil(mostImportBytes / 3) * 4;
export const importBodyLimit = mostCharacters + 16_384;

export const previewImport = z
  .strictObject({
    content: z
      .string()
      .min(1)
      .max(mostCharacters, { error: 'must have 5 MB at most' })
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'must be base64 (RFC 4648, section 4)' })
      .meta({ description: 'The document, at most 5 MB; base64 (RFC 4648, section 4)' }),
    format: z.enum(formatNames).optional().meta({ description: 'Without it, what the document looks like' }),
    body: z.uuid().optional().meta({ description: 'The body of yours that all of it belongs to' }),
    level: z
      .enum(levels)
      .optional()
      .meta({ description: 'Of points of contact whose document does not say' }),
  })
  .meta({ id: 'PreviewImport' });
export type PreviewImport = z.output<typeof previewImport>;

export const importAct = z
  .discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('apply'),
      version,
      withoutRefused: z
        .boolean()
        .default(false)
        .meta({ description: 'Enter the rest although some of it is refused' }),
    }),
    z.strictObject({ act: z.enum(['undo', 'discard']), version }),
  ])
  .meta({ id: 'ImportAct' });
export type ImportAct = z.output<typeof importAct>;

const finding = z.strictObject({
  severity: z.enum(['accept', 'warn', 'refuse']),
  code: z.string(),
  detail: z.string(),
  line: z.int().optional().meta({ description: 'Counted from 1' }),
  column: z.string().optional(),
  pointer: z.string().optional().meta({ description: 'JSON Pointer (RFC 6901)' }),
  draft: z.int().optional().meta({ description: 'Which entry of the document, counted from 0' }),
});
const summary = {
  ...{ id: z.uuid(), format: z.enum(formatNames), digest: z.string(), bytes: z.int() },
  state: z.enum(importStates),
  total: z.int().meta({ description: 'Points of contact that it enters' }),
  done: z.int().meta({ description: 'How many are entered so far' }),
  ...{ previewedAt: z.iso.datetime(), appliedAt: z.iso.datetime().nullable() },
  ...{ endedAt: z.iso.datetime().nullable(), version: z.int() },
  ...{ madeBodies: z.array(z.uuid()), madeEntries: z.array(z.uuid()) },
};
export const importView = z
  .strictObject({
    ...summary,
    plan: z
      .strictObject({
        bodies: z.array(z.looseObject({})),
        contacts: z.array(z.looseObject({})),
        findings: z.array(finding),
        counts: z.strictObject({ accept: z.int(), warn: z.int(), refuse: z.int() }),
      })
      .nullable()
      .meta({ description: 'What it does, and what was said of the document; null once it is over' }),
  })
  .meta({ id: 'Import' });
export const importList = z.strictObject({ items: z.array(z.strictObject(summary)) }).meta({ id: 'Imports' });

export const exportChoice = z.strictObject({
  party: partyCode.optional(),
  body: z.uuid().optional().meta({ description: 'Needed for rfc2350 and security-txt' }),
});
export type ExportChoice = z.output<typeof exportChoice>;
export const exportFormat = z.enum(formatNames);
