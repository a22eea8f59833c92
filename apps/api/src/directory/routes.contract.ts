import {
  channelKinds,
  chosenBecause,
  levels,
  originSources,
  passedBecause,
  planModes,
  planPlaces,
  routeAdvice,
  routeMeans,
  routeStages,
} from '#libs/directory';
import { tlpCodes, tlpLabel, urgencies, type TlpCode } from '#libs/wording';
import { z } from 'zod';
import { names, partyCode, plainLine } from '../http/fields.js';
import { channelWarning, reach } from './entries.contract.js';
import { channelKey } from './keys.contract.js';
import { candidate, origin, trace } from './origins.contract.js';

const labels = tlpCodes.map(tlpLabel);

export const routeFilter = z.strictObject({
  party: partyCode.optional().meta({ description: 'Or one of the next three that leads to one' }),
  ...trace.shape,
  urgency: z.enum(urgencies).default('U2'),
  tlp: z
    .enum([...labels, ...tlpCodes], { error: `must be one of ${labels.join(', ')}` })
    .default('TLP:AMBER')
    .transform((label) => label.replace('TLP:', '') as TlpCode),
  sector: plainLine(80).optional().meta({ description: 'Who serves it goes before others of its level' }),
  traffic: z.enum(['actual', 'exercise']).default('actual'),
  level: z
    .enum(levels)
    .optional()
    .meta({ description: 'This one alone; else technical, diplomatic, policy, in that order' }),
});
export type RouteFilter = z.output<typeof routeFilter>;

const reason = <Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z.strictObject({ code: z.enum(codes), text: z.string() });

const reached = {
  ...{ pointOfContact: z.uuid(), level: z.enum(levels), position: z.int(), roleNames: names },
  ...{ languages: z.array(z.string()), body: z.strictObject({ id: z.uuid(), names }) },
};

export const route = z
  .strictObject({
    ...{ party: partyCode, at: z.iso.datetime(), urgency: z.enum(urgencies), tlp: z.enum(tlpCodes) },
    ...{ traffic: z.enum(['actual', 'exercise']), sector: z.string().nullable() },
    levels: z.array(z.enum(levels)),
    plan: z
      .strictObject({
        ...{ id: z.uuid(), number: z.int(), kind: z.enum(['pair', 'network']) },
        ...{ mode: z.enum(planModes), only: z.boolean() },
      })
      .nullable()
      .meta({ description: 'The communication plan that was obeyed' }),
    mode: z.enum(planModes).meta({ description: 'The tensest of all plans in force between the two' }),
    steps: z.array(
      z.strictObject({
        ...reached,
        channel: z
          .strictObject({
            id: z.uuid(),
            kind: z.enum(channelKinds),
            address: z.string(),
            warning: channelWarning,
            reach,
            keys: z.array(channelKey),
          })
          .nullable()
          .meta({ description: 'null: not shown to you' }),
        means: z.enum(routeMeans).meta({
          description:
            'call-back: a mail without content; endpoint: a webhook or gateway is told, without content; call: a person takes this step',
        }),
        stage: z.enum(routeStages).meta({ description: 'When the system writes; by-hand: it does not' }),
        ...{ place: z.enum(planPlaces).nullable(), standsInFor: z.uuid().nullable(), zone: z.string() },
        localTime: z.iso.datetime({ offset: true }),
        duty: z.enum(['on', 'off', 'unknown']),
        nextOnDutyAt: z.iso.datetime().nullable(),
        because: z.array(reason(chosenBecause)),
      }),
    ),
    passedOver: z.array(
      z.strictObject({
        ...reached,
        channel: z.strictObject({ id: z.uuid(), kind: z.enum(channelKinds) }).nullable(),
        ...{ because: reason(passedBecause), substitute: z.uuid().nullable(), couldBeTried: z.boolean() },
      }),
    ),
    otherMeans: z.array(
      z.strictObject({
        place: z.enum(planPlaces),
        means: z.strictObject({ text: z.string(), language: z.string() }),
      }),
    ),
    advice: z
      .array(reason(routeAdvice))
      .meta({ description: 'What can still be tried, when there is no step' }),
    origin: z
      .strictObject({
        ...{ asked: origin.shape.asked, source: z.enum(originSources), special: origin.shape.special },
        by: candidate.meta({ description: 'The party that the route leads to; its body goes first' }),
        others: z.array(candidate),
        file: origin.shape.files.element
          .nullable()
          .meta({ description: 'The file of the registry that says so' }),
        notes: origin.shape.notes,
      })
      .nullable()
      .meta({ description: 'By what the party was found; null: it was named' }),
  })
  .meta({ id: 'Route' });
