import {
  keyActs,
  keyFindingCodes,
  keyKinds,
  keyUseStates,
  largestKeyFile,
  lookUpOutcomes,
  verdicts,
} from '#libs/directory';
import { z } from 'zod';
import { partyCode } from '../http/fields.js';
import { version } from './bodies.contract.js';

const instant = z.iso.datetime();
const fingerprint = z.string().meta({ description: 'Hexadecimal; of a certificate SHA-256' });

const brief = {
  ...{ id: z.uuid(), kind: z.enum(keyKinds), fingerprint, algorithm: z.string() },
  expiresAt: instant.nullable(),
  canEncrypt: z.boolean(),
  state: z
    .enum(keyUseStates)
    .meta({ description: 'Encrypt to usable, untested and expires-soon ones alone' }),
  warning: z.string().nullable().meta({ description: 'For whoever would write there' }),
};
/** A key as it stands beside its channel. */
export const channelKey = z.strictObject(brief).meta({ id: 'ChannelKey' });

const finding = z.strictObject({
  ...{ code: z.enum(keyFindingCodes), verdict: z.enum(verdicts), text: z.string() },
});
const measures = {
  ...{ bits: z.int().nullable(), curve: z.string().nullable(), userIds: z.array(z.string()) },
  namesAddress: z.boolean().meta({ description: 'Whether it names the address of its channel' }),
  createdAt: instant,
  findings: z.array(finding),
};

export const key = z
  .strictObject({
    ...{ ...brief, ...measures, party: partyCode, pointOfContact: z.uuid(), channel: z.uuid() },
    ...{ addedAt: instant, confirmedAt: instant.nullable(), testedAt: instant.nullable() },
    endProposedAt: instant.nullable().meta({
      description:
        'Your own party alone: since when another administrator is waited for to end it, for 30 days',
    }),
    version: z.int(),
    allowedActs: z.array(z.enum(keyActs)),
  })
  .meta({ id: 'ContactKey' });
export const keys = z.strictObject({ items: z.array(key) }).meta({ id: 'ContactKeys' });
export const keyFilter = z.strictObject({ pointOfContact: z.uuid().optional() });
export type KeyFilter = z.infer<typeof keyFilter>;

const file = z.string().min(1).max(largestKeyFile).meta({
  description:
    'Public keys: OpenPGP (armored) or certificates (PEM); binary and DER in base64. Never a private key',
});
export const lookAtKeys = z.strictObject({ channel: z.uuid(), file }).meta({ id: 'LookAtKeys' });
export type LookAtKeys = z.output<typeof lookAtKeys>;
export const addKey = z
  .strictObject({
    channel: z.uuid(),
    file,
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{40,64}$/, { error: 'must be hexadecimal in small letters, without blanks' })
      .optional()
      .meta({ description: 'Which key of the file, where it holds several' }),
  })
  .meta({ id: 'AddKey' });
export type AddKey = z.output<typeof addKey>;
export const lookUpKeys = z.strictObject({ channel: z.uuid() }).meta({ id: 'LookUpKeys' });
export type LookUpKeys = z.output<typeof lookUpKeys>;
export const confirmKey = z.strictObject({ version }).meta({ id: 'ConfirmKey' });
export type ConfirmKey = z.output<typeof confirmKey>;

const draft = z
  .strictObject({
    ...{ ...measures, kind: z.enum(keyKinds), fingerprint, algorithm: z.string() },
    ...{ expiresAt: instant.nullable(), canEncrypt: z.boolean(), verdict: z.enum(verdicts) },
    material: z.string().meta({ description: 'The key as ASCII armor or PEM: to be given as `file`' }),
  })
  .meta({ id: 'KeyDraft' });
export const lookedAtKeys = z
  .strictObject({ findings: z.array(finding), keys: z.array(draft) })
  .meta({ id: 'LookedAtKeys' });
export const keyLookUp = z
  .strictObject({
    tried: z.array(z.strictObject({ url: z.string(), outcome: z.enum(lookUpOutcomes), text: z.string() })),
    keys: z.array(draft),
  })
  .meta({ id: 'KeyLookUp' });
export const sentTest = z.strictObject({ expiresAt: instant }).meta({ id: 'SentKeyTest' });
export const confirmTest = z
  .strictObject({ code: z.string().regex(/^\d{6}$/, { error: 'must be the six digits of the mail' }) })
  .meta({ id: 'ConfirmKeyTest' });
export type ConfirmTest = z.output<typeof confirmTest>;
