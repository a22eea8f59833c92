import { z } from 'zod';
import { names } from '../http/fields.js';

export const templateKey = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z]+)*$/, { error: 'must be the key of a template, such as assistance-request' });
export const templateVersion = z.coerce
  .number({ error: 'must be a version number' })
  .int()
  .min(1)
  .max(1_000_000);

const fields = {
  key: z.string(),
  version: z.int(),
  title: names,
  digest: z.string().meta({ description: 'SHA-256 (hex) over the RFC 8785 form of the document' }),
  publishedAt: z.iso.datetime(),
};

export const templates = z.strictObject({ items: z.array(z.strictObject(fields)) }).meta({ id: 'Templates' });
export const templateDocument = z
  .strictObject({ ...fields, document: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Template' });
