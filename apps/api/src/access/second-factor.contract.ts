import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '#libs/access';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+=*$/, { error: 'must be base64url' });
const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** What `navigator.credentials.get()` gives, as JSON (WebAuthn Level 3, 5.1). */
const assertion = z
  .looseObject({
    ...credential,
    response: z.looseObject({
      clientDataJSON: base64url(4_000),
      authenticatorData: base64url(4_000),
      signature: base64url(4_000),
      userHandle: base64url(200).optional(),
    }),
  })
  .transform((response) => response as unknown as AuthenticationResponseJSON)
  .meta({ id: 'PasskeyAssertion' });

/** What `navigator.credentials.create()` gives, as JSON. */
const attestation = z
  .looseObject({
    ...credential,
    response: z.looseObject({
      clientDataJSON: base64url(4_000),
      attestationObject: base64url(100_000),
      transports: z.array(z.string().max(50)).max(20).optional(),
    }),
  })
  .transform((response) => response as unknown as RegistrationResponseJSON)
  .meta({ id: 'PasskeyAttestation' });

const code = z
  .string()
  .max(12)
  .transform((text) => text.replaceAll(/\s/g, ''))
  .refine((text) => /^\d{6}$/.test(text), { error: 'must be six digits' })
  .meta({ examples: ['123456'] });

export const proof = z
  .strictObject({
    totp: code.optional().meta({ description: 'The code that the authenticator app shows' }),
    recoveryCode: plainLine(40).optional(),
    passkey: assertion.optional(),
  })
  .refine((input) => Object.values(input).filter((value) => value !== undefined).length === 1, {
    error: 'must be exactly one of totp, recoveryCode and passkey',
  })
  .meta({ id: 'SecondFactor' });
export type ProofInput = z.output<typeof proof>;

export const byPasskey = z.strictObject({ response: assertion }).meta({ id: 'SignInByPasskey' });
export type ByPasskey = z.output<typeof byPasskey>;

export const totpBegun = z
  .strictObject({
    secret: z.string().meta({ description: 'Base 32, to be typed into an authenticator app' }),
    uri: z.string().meta({ description: 'The same as an address that an app opens (otpauth:)' }),
  })
  .meta({ id: 'TotpBegun' });
export const totpCode = z.strictObject({ code }).meta({ id: 'TotpCode' });
export type TotpCode = z.output<typeof totpCode>;

export const recoveryCodes = z
  .strictObject({ recoveryCodes: z.array(z.string()).meta({ description: 'Shown this once' }) })
  .meta({ id: 'RecoveryCodes' });
export const setUp = z
  .strictObject({
    recoveryCodes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'With the first factor, shown this once; null with every further one' }),
  })
  .meta({ id: 'FactorSetUp' });

export const addPasskey = z
  .strictObject({ name: plainLine(100).meta({ examples: ['Key on my ring'] }), response: attestation })
  .meta({ id: 'AddPasskey' });
export type AddPasskey = z.output<typeof addPasskey>;

/** What the browser is to be handed as it is (`parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON`). */
export const passkeyOptions = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyOptions' });

export const secondFactors = z
  .strictObject({
    totp: z.strictObject({ since: z.iso.datetime() }).nullable(),
    passkeys: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        createdAt: z.iso.datetime(),
        lastUsedAt: z.iso.datetime().nullable(),
      }),
    ),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SecondFactors' });
