import {
  channelKinds,
  declaringRoles,
  levels,
  planActs,
  planModes,
  planPlaces,
  planStates,
} from '#libs/directory';
import { z } from 'zod';
import { languageTag, partyCode, plainText } from '../http/fields.js';

const version = z.int().min(1).meta({ description: 'The version you have seen; a stale change is refused' });
const written = z.strictObject({ text: plainText(2000), language: languageTag });
const shown = z.strictObject({ text: z.string(), language: z.string() });
const minutes = z.int().min(1).max(525_600).optional();

const way = {
  place: z.enum(planPlaces),
  level: z.enum(levels).optional(),
  kind: z.enum(channelKinds).optional(),
  channel: z.uuid().optional().meta({ description: 'One proven channel of either party' }),
};
const reportEvery = z
  .strictObject({ normal: minutes, heightened: minutes, crisis: minutes })
  .meta({ description: 'Minutes between situation reports, by mode; left out: none' });
const declarers = z.strictObject({
  party: partyCode,
  roles: z.array(z.enum(declaringRoles)).min(1).max(2),
  levels: z.array(z.enum(levels)).max(4).meta({ description: 'Of the body; none: whatever the body' }),
});

export const proposePlan = z
  .strictObject({
    with: partyCode
      .optional()
      .meta({ description: 'The other party; left out by the secretariat, which sets plans of networks' }),
    network: z.uuid().optional().meta({
      description: 'Of the secretariat: whose plan it is; left out: of the network of this instance',
    }),
    ways: z
      .array(z.strictObject({ ...way, means: written.optional() }))
      .min(1)
      .max(24)
      .meta({ description: 'Each names a level and a kind of channel, a channel, or other means in words' }),
    only: z
      .boolean()
      .default(false)
      .meta({ description: 'Nothing beside these is used, as long as one of them takes a mail' }),
    bridge: written.nullable().default(null).meta({ description: 'How to join the conference bridge' }),
    reportEvery: reportEvery.default({}),
    mayDeclare: z
      .array(declarers)
      .max(2)
      .default([])
      .meta({ description: 'Who declares a mode on each side; a side that is not named: its officers' }),
  })
  .meta({ id: 'ProposePlan' });
export type ProposePlan = z.output<typeof proposePlan>;

export const planAct = z.strictObject({ act: z.enum(planActs), version }).meta({ id: 'PlanAct' });
export type PlanActInput = z.output<typeof planAct>;

export const declareMode = z
  .strictObject({ mode: z.enum(planModes), reason: written, version })
  .meta({ id: 'DeclareMode' });
export type DeclareMode = z.output<typeof declareMode>;

export const planFilter = z.strictObject({
  with: partyCode.optional().meta({ description: 'All versions of the plan with this party' }),
});
export type PlanFilter = z.infer<typeof planFilter>;

const content = {
  ways: z.array(z.strictObject({ ...way, means: shown.optional() })),
  ...{ only: z.boolean(), bridge: shown.nullable(), reportEvery },
};
/** A plan in a snapshot. */
export const snapshotPlan = z
  .strictObject({
    ...{ kind: z.enum(['pair', 'network']), network: z.string(), number: z.int(), mode: z.enum(planModes) },
    ...content,
  })
  .meta({ id: 'SnapshotPlan' });

const fields = {
  ...{ id: z.uuid(), kind: z.enum(['pair', 'network']), network: z.uuid() },
  parties: z.array(partyCode).length(2).nullable().meta({ description: 'Who proposed it, and the other' }),
  ...{ number: z.int(), state: z.enum(planStates), mode: z.enum(planModes), version: z.int() },
  ...{ proposedAt: z.iso.datetime(), settledAt: z.iso.datetime().nullable() },
  ...{ endedBy: partyCode.nullable(), endedAt: z.iso.datetime().nullable() },
  ...content,
  mayDeclare: z.array(declarers),
  modes: z
    .array(
      z.strictObject({
        ...{ mode: z.enum(planModes), by: partyCode.nullable(), at: z.iso.datetime() },
        reason: shown,
      }),
    )
    .meta({ description: 'What was declared, the newest first' }),
  allowedActs: z.array(z.enum([...planActs, 'declare'])),
};
export const plan = z.strictObject(fields).meta({ id: 'CommunicationPlan' });
export const plans = z
  .strictObject({ items: z.array(z.strictObject(fields)) })
  .meta({ id: 'CommunicationPlans' });
