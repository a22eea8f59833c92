import { callActs, callOutcomes, callReasons, callStates, callWays, channelKinds } from '#libs/directory';
import { z } from 'zod';
import { names, partyCode } from '../http/fields.js';

const code = z.string().regex(/^\d{6}$/, { error: 'must be six digits' });

export const callTaskFilter = z.strictObject({
  which: z.enum(['waiting', 'mine', 'over']).default('waiting'),
  before: z.uuid().optional().meta({ description: 'The last one of the page before' }),
});
export type CallTaskFilter = z.output<typeof callTaskFilter>;

export const askCall = z
  .strictObject({
    channel: z.uuid(),
    reason: z.enum(['proof', 'check']).meta({ description: 'proof: of your own party; check: of any' }),
  })
  .meta({ id: 'AskForCall' });
export type AskCall = z.output<typeof askCall>;
export const recordCall = z
  .strictObject({
    outcome: z.enum(callOutcomes).meta({
      description:
        'disputed: the callee knows nothing of the change that you announced; for such calls alone',
    }),
    code: code.optional().meta({ description: 'What the callee read to you, where it was answered' }),
  })
  .meta({ id: 'RecordCall' });
export type RecordCall = z.output<typeof recordCall>;
export const hearCall = z.strictObject({ code }).meta({ id: 'HeardCode' });
export type HearCall = z.output<typeof hearCall>;

const itemFields = {
  id: z.uuid(),
  reason: z.enum(callReasons).meta({
    description:
      'proof, check: of a channel; request: one waits there; change: of the ways to reach the point of contact, announced on an old one',
  }),
  state: z.enum(callStates),
  party: partyCode.meta({ description: 'The party that is called' }),
  wantedBy: partyCode.nullable().meta({ description: 'Whose people call; null: the secretariat' }),
  request: z.uuid().nullable(),
  channel: z.strictObject({ id: z.uuid(), kind: z.enum(channelKinds) }),
  pointOfContact: z.uuid(),
  ...{ createdAt: z.iso.datetime(), expiresAt: z.iso.datetime() },
  mine: z.boolean().meta({ description: 'You have it now' }),
  ...{ takenAt: z.iso.datetime().nullable(), takenUntil: z.iso.datetime().nullable() },
  heard: z.boolean().meta({ description: 'The party that is called has recorded the code' }),
  ...{ outcome: z.enum(callOutcomes).nullable(), endedAt: z.iso.datetime().nullable() },
  allowedActs: z.array(z.enum(callActs)),
};
export const callTasks = z
  .strictObject({ items: z.array(z.strictObject(itemFields)) })
  .meta({ id: 'CallTasks' });
export const callTask = z
  .strictObject({
    ...itemFields,
    number: z.string().nullable().meta({
      description: 'null: not, or no longer, to be seen. Where a change is announced: as it was then',
    }),
    ...{ roleNames: names, zone: z.string().nullable() },
    way: z.enum(callWays).nullable().meta({
      description:
        'mailed: the callee reads it to you; read-out: you read it, the callee records it; read-back: you read it, the callee repeats it',
    }),
    triesLeft: z.int(),
    takenBy: z.string().nullable().meta({ description: 'Who took it last; for colleagues' }),
    script: z
      .strictObject({ language: z.string(), lines: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What you read to the callee, in the language of the point of contact' }),
    code: z.string().nullable().meta({ description: 'For who has taken it and reads it out' }),
  })
  .meta({ id: 'CallTask' });
