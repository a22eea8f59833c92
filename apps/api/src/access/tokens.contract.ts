import { tokenScopes } from '#libs/access';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

const fields = {
  id: z.uuid(),
  name: z.string(),
  scope: z.array(z.enum(tokenScopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute' }),
};

export const token = z.strictObject(fields).meta({ id: 'ApiToken' });
export const tokens = z.strictObject({ items: z.array(token) }).meta({ id: 'ApiTokens' });
export const newToken = z
  .strictObject({
    ...fields,
    token: z.string().meta({ description: 'Shown this once: `Authorization: Bearer aldis_…`' }),
  })
  .meta({ id: 'NewApiToken' });

export const makeToken = z
  .strictObject({
    name: plainLine(100).meta({ examples: ['Ticket system of the CERT'] }),
    scope: z
      .array(z.enum(tokenScopes))
      .min(1)
      .max(tokenScopes.length)
      .meta({ description: 'What it is for, within your role; acting on requests includes reading them' }),
    days: z.int().min(1).max(365).default(90).meta({ description: 'After how many days it ends' }),
  })
  .meta({ id: 'MakeApiToken' });
export type MakeToken = z.output<typeof makeToken>;

export const rotateToken = z
  .strictObject({
    overlapHours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'For how long the token before still works' }),
  })
  .meta({ id: 'RotateApiToken' });
export type RotateToken = z.output<typeof rotateToken>;
