import { callers, channelKinds, hideableFields, levels, networkLanguages } from '#libs/directory';
import { z } from 'zod';
import { names, partyCode, plainLine } from '../http/fields.js';
import { version } from './bodies.contract.js';

const levelList = z
  .array(z.enum(levels))
  .max(levels.length)
  .refine((list) => new Set(list).size === list.length, { error: 'must name each level once' });
const namesInSix = z
  .strictObject(Object.fromEntries(networkLanguages.map((language) => [language, plainLine(200)])))
  .meta({ description: 'In the six languages of the United Nations' });

const hidden = z.union([z.literal('hidden'), levelList.min(1)], {
  error: 'must be "hidden", or the levels at which it is',
});
const visibility = z
  .strictObject({
    ...Object.fromEntries(hideableFields.map((field) => [field, hidden.exactOptional()])),
    capabilities: z.literal('hidden').exactOptional(),
  })
  .meta({
    description: 'Fields that members do not see of one another here. What is not named, they see',
    examples: [{ person: 'hidden', 'emergency-telephone': ['policy'] }],
  });
const rules = {
  confirmationDays: z.int().min(30).max(365),
  hardConfirmationDays: z.int().min(90).max(730),
  callTasksTo: z.enum(callers).meta({
    description:
      'Who calls when the last reminder of a request went unanswered; members: the side that asks. Where networks of both sides differ, that side does',
  }),
};

const said = {
  names: namesInSix,
  levelsRequired: levelList,
  visibility: visibility.default({}),
  rules: z
    .strictObject({
      confirmationDays: rules.confirmationDays.exactOptional(),
      hardConfirmationDays: rules.hardConfirmationDays.exactOptional(),
      callTasksTo: rules.callTasksTo.exactOptional(),
    })
    .default({}),
};

export const addNetwork = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
      error: 'must be small letters and digits, joined by hyphens',
    }),
    ...said,
  })
  .refine(({ code }) => code.length <= 40, { path: ['code'], error: 'must have forty characters at most' })
  .meta({ id: 'AddNetwork' });
export type AddNetwork = z.output<typeof addNetwork>;
export const changeNetwork = z.strictObject({ ...said, version }).meta({ id: 'ChangeNetwork' });
export type ChangeNetwork = z.output<typeof changeNetwork>;

const instant = z.iso
  .datetime({ offset: true })
  .refine((at) => at >= '1900' && at < '2200', { error: 'must lie between the years 1900 and 2200' });
export const setMember = z
  .strictObject({
    joinedAt: instant.optional().meta({ description: 'Without it: as it was, or from now on' }),
    leftAt: instant.nullable().default(null).meta({ description: 'Null: it goes on' }),
    version: version.meta({ description: 'Of the network, as it was read' }),
  })
  .meta({ id: 'SetMember' });
export type SetMember = z.output<typeof setMember>;

export const network = z
  .strictObject({
    ...{ id: z.uuid(), code: z.string(), names, levelsRequired: z.array(z.enum(levels)), visibility },
    ...{ rules: z.strictObject(rules), memberCount: z.int() },
    memberSince: z.iso.datetime().nullable().meta({ description: 'Of your own party' }),
    version: z.int(),
    allowedActs: z.array(z.enum(['change', 'set-member'])),
  })
  .meta({ id: 'Network' });
export const networks = z.strictObject({ items: z.array(network) }).meta({ id: 'Networks' });

export const memberships = z
  .strictObject({
    items: z.array(
      z.strictObject({
        ...{ party: partyCode, names, joinedAt: z.iso.datetime(), leftAt: z.iso.datetime().nullable() },
        isMember: z.boolean().meta({ description: 'Now' }),
      }),
    ),
  })
  .meta({ id: 'Memberships' });

const count = z.int().min(0);
export const dashboard = z
  .strictObject({
    ...{ network: z.uuid(), at: z.iso.datetime() },
    rules: z.strictObject({ confirmationDays: z.int(), hardConfirmationDays: z.int() }),
    aggregate: z
      .strictObject({
        members: count,
        coverage: z.array(
          z.strictObject({ level: z.enum(levels), required: z.boolean(), present: count, missing: count }),
        ),
        entries: z.strictObject({
          ...{ total: count, confirmed: count, stale: count, hardConfirmationOverdue: count },
        }),
        channels: z.array(
          z.strictObject({
            ...{ kind: z.enum(channelKinds), total: count, proven: count, suspect: count, unproven: count },
            ...{ answeredWithin90Days: count, answeredWithin180Days: count },
          }),
        ),
      })
      .nullable()
      .meta({ description: 'Null for a party in a network of fewer than five members' }),
    lines: z
      .array(
        z.strictObject({
          party: partyCode,
          present: z.array(z.enum(levels)),
          missing: z.array(z.enum(levels)),
        }),
      )
      .meta({ description: 'By code. Of all members for who keeps networks, else of your own party' }),
  })
  .meta({ id: 'NetworkDashboard' });
