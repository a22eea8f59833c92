import { organizationPurposes, weakValues } from '#libs/access';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

/** An issuer as it stands in ID tokens (OpenID Connect Core 1.0, section 2): http only where loopback is reached. */
const issuer = z
  .string()
  .max(255)
  .refine(
    (text) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
      return isHttp && !/[?#\s@]/.test(text) && !url.pathname.includes('/.well-known/');
    },
    { error: 'must be an https address without query, fragment or user, and not that of a document' },
  )
  .meta({
    description: 'As it stands in its tokens. It never changes',
    examples: ['https://login.xb.example'],
  });

const printable = (max: number) =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must be visible ASCII characters' })
    .max(max);

const values = z
  .array(printable(200).refine((value) => !weakValues.has(value), { error: 'says of one factor only' }))
  .max(20)
  .default([]);

const provider = {
  id: z.uuid(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  secondFactor: z
    .strictObject({ acr: z.array(z.string()), amr: z.array(z.string()) })
    .meta({ description: 'By which values of `acr` or `amr` it says that it has checked a second factor' }),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
};
export const identityProvider = z.strictObject(provider).meta({ id: 'IdentityProvider' });
export const identityProviders = z
  .strictObject({
    redirectUri: z.string().meta({ description: 'What a provider must be told to send people back to' }),
    items: z.array(identityProvider),
  })
  .meta({ id: 'IdentityProviders' });

const clientSecret = printable(1024).meta({ description: 'Kept sealed, and never shown again' });

export const makeIdentityProvider = z
  .strictObject({
    name: plainLine(100).meta({ examples: ['Ministry of the Interior'] }),
    issuer,
    clientId: printable(255),
    clientSecret,
    secondFactor: z
      .strictObject({
        acr: values.meta({ examples: [['urn:xb.example:two-factors']] }),
        amr: values.meta({ examples: [['mfa']] }),
      })
      .default({ acr: [], amr: [] })
      .meta({ description: 'Where both are empty, accounts are asked for a second factor of their own' }),
  })
  .meta({ id: 'MakeIdentityProvider' });
export type MakeIdentityProvider = z.output<typeof makeIdentityProvider>;

export const changeClientSecret = z.strictObject({ clientSecret }).meta({ id: 'ChangeClientSecret' });
export type ChangeClientSecret = z.output<typeof changeClientSecret>;

export const beginSignIn = z
  .strictObject({
    provider: z.uuid(),
    purpose: z.enum(organizationPurposes).default('sign-in').meta({
      description:
        'To sign in; to link who you are there to your account; to prove it anew before an act that needs it fresh',
    }),
  })
  .meta({ id: 'BeginOrganizationSignIn' });
export type BeginSignIn = z.output<typeof beginSignIn>;

export const begun = z
  .strictObject({
    authorizationUrl: z
      .string()
      .meta({ description: 'Where to go on, in the browser that has the cookie of this answer' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'OrganizationSignInBegun' });

export const finishSignIn = z
  .strictObject({
    code: z.string().min(1).max(4096),
    state: z.string().min(1).max(128),
    iss: z.string().max(512).optional().meta({ description: 'As it came back (RFC 9207)' }),
  })
  .meta({ id: 'FinishOrganizationSignIn' });
export type FinishSignIn = z.output<typeof finishSignIn>;

export const finished = z
  .strictObject({
    purpose: z.enum(organizationPurposes),
    next: z.enum(['signed-in', 'second-factor', 'enrol']).meta({ description: 'What has to be done next' }),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'Null: the session is the one there was' }),
  })
  .meta({ id: 'OrganizationSignInFinished' });

export const organizationIdentities = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        provider: z.strictObject({ id: z.uuid(), name: z.string() }),
        linkedAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'OrganizationIdentities' });
