import { levels } from '#libs/directory';
import { z } from 'zod';
import { languageTag, names, partyCode, plainLine, plainText } from '../http/fields.js';

const instant = z.iso.datetime({ offset: true }).meta({ examples: ['2026-07-01T09:00:00Z'] });
const written = z.strictObject({ text: plainText(2000), language: languageTag });
const shown = z.strictObject({ text: z.string(), language: z.string() });

export const dutyFilter = z.strictObject({ party: partyCode.optional(), level: z.enum(levels).optional() });
export type DutyFilter = z.infer<typeof dutyFilter>;

export const dutyWindow = z.strictObject({
  from: instant.optional().meta({ description: 'Now, where it is left out' }),
  until: instant.optional().meta({ description: 'At most 62 days after; 14 where it is left out' }),
});
export type DutyWindow = z.infer<typeof dutyWindow>;

const status = z
  .enum(['on', 'off', 'unknown'])
  .meta({ description: 'unknown: the party has said no hours; nothing follows from it' });

export const onDuty = z
  .strictObject({
    items: z.array(
      z.strictObject({
        ...{ pointOfContact: z.uuid(), party: partyCode, level: z.enum(levels), position: z.int() },
        roleNames: names,
        zone: z.string().meta({ description: 'IANA time zone' }),
        localTime: z.iso.datetime({ offset: true }).meta({ description: 'Now, on the clock there' }),
        status,
        since: z.iso.datetime().nullable().meta({ description: 'null: more than 14 days ago' }),
        until: z.iso.datetime().nullable().meta({ description: 'null: not within 62 days' }),
        nextAt: z.iso.datetime().nullable().meta({
          description: 'When somebody is on duty again, while nobody is; null: not within 400 days',
        }),
        absent: z.strictObject({ from: z.iso.datetime(), until: z.iso.datetime() }).nullable(),
        standsIn: z
          .strictObject({ pointOfContact: z.uuid(), status })
          .nullable()
          .meta({ description: 'Another point of contact of the party, during an absence' }),
      }),
    ),
  })
  .meta({ id: 'OnDuty' });

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 09:00' });
const endTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'must be a time such as 17:00, or 24:00' });
const hours = {
  aroundTheClock: z.boolean().optional(),
  weekly: z
    .array(
      z.strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).max(7).meta({ description: '1 is Monday, 7 is Sunday' }),
        from: time,
        to: endTime.meta({ description: 'Not after from: on the next day' }),
      }),
    )
    .max(42)
    .optional(),
  holidays: z
    .strictObject({
      country: z.string().regex(/^[A-Z]{2}$/, { error: 'must be a code of ISO 3166-1' }),
      region: z
        .string()
        .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, { error: 'must be a code of ISO 3166-2' })
        .optional(),
    })
    .optional()
    .meta({ description: 'Public holidays of a State, and of a region in it' }),
  ownHolidays: z
    .array(z.strictObject({ on: z.iso.date(), name: plainLine(120) }))
    .max(400)
    .optional(),
};

/** Hours as they are told. */
export const shownHours = z.strictObject(hours).meta({ description: 'Empty: not known' });

export const changeHours = z
  .strictObject({
    version: z.int().min(1).meta({ description: 'The version you have seen; a stale change is refused' }),
    zone: z.string().max(64).optional().meta({ description: 'IANA time zone; as it is, where left out' }),
    ...hours,
  })
  .meta({ id: 'ChangeDutyHours' });
export type ChangeHours = z.output<typeof changeHours>;

const hoursFields = {
  ...{ pointOfContact: z.uuid(), party: partyCode, zone: z.string(), version: z.int() },
  hours: shownHours,
};
export const dutyHours = z.strictObject(hoursFields).meta({ id: 'DutyHours' });

const absenceFields = {
  ...{ id: z.uuid(), from: z.iso.datetime(), until: z.iso.datetime(), substitute: z.uuid().nullable() },
  reason: shown.nullable(),
};
export const absence = z.strictObject(absenceFields).meta({ id: 'Absence' });
const shiftFields = {
  ...{ id: z.uuid(), account: z.uuid().nullable(), name: z.string() },
  ...{ from: z.iso.datetime(), until: z.iso.datetime().nullable() },
  note: shown.nullable().meta({ description: 'What whoever had it before leaves for this shift' }),
};
export const shift = z.strictObject(shiftFields).meta({ id: 'Shift' });

export const dutyPlan = z
  .strictObject({
    ...hoursFields,
    items: z.array(
      z.strictObject({
        ...{ from: z.iso.datetime(), until: z.iso.datetime(), onDuty: z.boolean() },
        because: z.enum(['around-the-clock', 'weekly-hours', 'holiday', 'absence']),
        ...{ holiday: z.string().nullable(), substitute: z.uuid().nullable() },
      }),
    ),
    own: z
      .strictObject({
        absences: z.array(z.strictObject(absenceFields)),
        shift: z.strictObject(shiftFields).nullable(),
      })
      .nullable()
      .meta({ description: 'For the party itself alone' }),
  })
  .meta({ id: 'DutyPlan' });

export const tellAbsence = z
  .strictObject({
    ...{ from: instant, until: instant },
    substitute: z
      .uuid()
      .optional()
      .meta({ description: 'Another point of contact of your party, which stands in' }),
    reason: written.optional().meta({ description: 'For your party alone' }),
  })
  .meta({ id: 'TellAbsence' });
export type TellAbsence = z.output<typeof tellAbsence>;

export const handOverShift = z
  .strictObject({
    account: z.uuid().optional().meta({ description: 'Of your party; or a name' }),
    name: plainLine(120).optional(),
    until: instant.optional(),
    note: written.optional().meta({ description: 'What the next one has to know; for your party alone' }),
  })
  .meta({ id: 'HandOverShift' });
export type HandOverShift = z.output<typeof handOverShift>;
