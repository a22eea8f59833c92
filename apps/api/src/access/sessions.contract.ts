import { roles } from '#libs/access';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

export const signIn = z
  .strictObject({
    email: plainLine(254).meta({
      description: 'The address of the account',
      examples: ['officer@xa.example'],
    }),
    password: z
      .string()
      .min(1)
      .max(1024)
      .meta({ examples: ['sample-world-2026'] }),
  })
  .meta({ id: 'SignIn' });

export const signedIn = z
  .strictObject({
    next: z.enum(['signed-in']).meta({ description: 'What has to be done next; `signed-in`: nothing' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SignedIn' });

export const me = z
  .strictObject({
    account: z.string(),
    name: z.string(),
    role: z.enum(roles),
    party: z.string().nullable(),
    body: z.string().nullable(),
    language: z.string(),
    instance: z.enum(['sample', 'real']).meta({ description: 'A sample world says so everywhere' }),
  })
  .meta({ id: 'Me' });

export type SignIn = z.infer<typeof signIn>;
