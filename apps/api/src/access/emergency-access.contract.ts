import { emergencyStates } from '#libs/access';
import { z } from 'zod';
import { languageTag, plainText } from '../http/fields.js';

const instant = z.iso.datetime();
const someone = z.strictObject({ account: z.uuid(), name: z.string().nullable() });
const somebody = someone
  .nullable()
  .meta({ description: 'Null to who has given a password alone, and where nobody has' });

export const emergencyAccess = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(emergencyStates),
    who: someone.meta({ description: 'Who asks to be let in' }),
    reason: z
      .strictObject({ text: z.string(), language: z.string() })
      .nullable()
      .meta({ description: 'Null once the account was erased' }),
    code: z
      .string()
      .nullable()
      .meta({ description: 'To be read out to those who vouch; shown to the session that waits alone' }),
    askedAt: instant,
    askUntil: instant,
    approvals: z.array(z.strictObject({ by: somebody, at: instant })),
    grantedAt: instant.nullable(),
    endsAt: instant.nullable().meta({ description: 'Four hours after it was granted' }),
    begunAt: instant.nullable().meta({ description: 'When the person was let in' }),
    factorSetUpAt: instant
      .nullable()
      .meta({ description: 'When a second factor was last set up under it: that stays when it ends' }),
    endedAt: instant.nullable(),
    endedBy: somebody,
  })
  .meta({ id: 'EmergencyAccess' });
export const endedEmergencyAccess = emergencyAccess
  .extend({
    advice: z.string().nullable().meta({
      description: 'What to do where a second factor was set up under it, in the language of the account',
    }),
  })
  .meta({ id: 'EndedEmergencyAccess' });
export const emergencyAccesses = z
  .strictObject({
    items: z.array(emergencyAccess),
    advice: z
      .string()
      .meta({ description: 'What who is to vouch does first, in the language of the account' }),
  })
  .meta({ id: 'EmergencyAccesses' });

export const askForEmergency = z
  .strictObject({
    reason: z
      .strictObject({ text: plainText(1_000), language: languageTag })
      .meta({ examples: [{ text: 'My key and my telephone were stolen.', language: 'en' }] }),
  })
  .meta({ id: 'AskForEmergencyAccess' });
export type AskForEmergency = z.output<typeof askForEmergency>;

export const vouch = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(20)
      .meta({
        description: 'What the person has read out to you, on a number that you knew before',
        examples: ['481 920'],
      }),
  })
  .meta({ id: 'VouchForEmergencyAccess' });
export type Vouch = z.output<typeof vouch>;
