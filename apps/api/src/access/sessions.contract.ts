import { factors, roles } from '#libs/access';
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
    next: z.enum(['signed-in', 'second-factor', 'enrol']).meta({
      description:
        'What has to be done next: nothing; to give the second factor; or to set one up, which a real instance demands',
    }),
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
    session: z
      .strictObject({
        stage: z.enum(['full', 'enrol']),
        factor: z.enum(factors).nullable().meta({
          description:
            'What it was opened with beside the password; `none` in a sample world alone, `emergency`: two others vouched',
        }),
        factorAt: z.iso.datetime().nullable(),
      })
      .meta({ description: 'How this session was opened' }),
    instance: z.enum(['sample', 'real']).meta({ description: 'A sample world says so everywhere' }),
  })
  .meta({ id: 'Me' });

export const sessions = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        current: z.boolean().meta({ description: 'Whether it is the one that asks' }),
        stage: z.enum(['full', 'second-factor', 'enrol']),
        factor: z.enum(factors).nullable(),
        createdAt: z.iso.datetime(),
        seenAt: z.iso.datetime().meta({ description: 'When something was last done in it, to the minute' }),
        expiresAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'Sessions' });

export type SignIn = z.infer<typeof signIn>;
