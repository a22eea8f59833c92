import { z } from 'zod';
import { partyCode } from '../http/fields.js';
import { fixedSentences } from './requests.contract.js';

const times = z
  .strictObject({
    utc: z.iso.datetime(),
    local: z.array(z.strictObject({ zone: z.string(), at: z.string() })),
  })
  .meta({ description: 'An instant in UTC and in the zones of requester and addressee' });

const clock = z.strictObject({
  target: z.enum(['acknowledge', 'first-answer']),
  measure: z.enum(['waiting', 'net']).meta({
    description: 'waiting: gross, from sending, never paused; net: from the first acceptance by a relay',
  }),
  state: z.enum(['not-started', 'running', 'paused', 'pending', 'met', 'ended']).meta({
    description: 'pending: the target passed; it is neither a decision nor a refusal',
  }),
  counts: z.enum(['elapsed', 'working']),
  targetMinutes: z.number(),
  startedAt: times.nullable(),
  dueAt: times.nullable(),
  metAt: times.nullable(),
  paused: z.strictObject({ since: times, because: z.string() }).nullable(),
  elapsedMinutes: z.number(),
  late: z.boolean(),
  lateMinutes: z.number(),
  because: z.array(z.string()).meta({ description: 'Why it is due when it is, in sentences' }),
  policyVersion: z.int(),
  calendarVersion: z.int(),
  timeSource: z.enum(['real']),
});

const hours = z.array(z.array(z.string()).length(2));
const calendar = z
  .strictObject({
    version: z.int(),
    zone: z.string(),
    ofDuty: z.boolean(),
    week: z.strictObject({
      ...{ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
    }),
    holidays: z.array(z.iso.date()),
  })
  .meta({
    description:
      'ofDuty: the hours of duty that the addressee had said, in that version of its entry; else office hours',
  });

export const requestClocks = z
  .strictObject({
    items: z.array(
      z.strictObject({
        line: z.uuid(),
        party: partyCode,
        body: z
          .uuid()
          .nullable()
          .meta({ description: 'The body that holds the line, where it was handed over' }),
        urgency: z.enum(['U1', 'U2', 'U3', 'U4']),
        calendar,
        clocks: z.array(clock),
      }),
    ),
    fixedSentences,
  })
  .meta({ id: 'RequestClocks' });
