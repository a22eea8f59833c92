import { approvalStates, clearableActs } from '#libs/requests';
import { tlpCodes, urgencies } from '#libs/wording';
import { z } from 'zod';
import { partyCode } from '../http/fields.js';
import { by, disclosure, saidFields, saidText } from '../requests/requests.contract.js';

const instant = z.iso.datetime();
const written = z.strictObject({ text: z.string(), language: z.string() });
const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits' })
  .meta({ description: 'Salted SHA-256 over exactly what is to be cleared' });
const remark = saidText.refine(({ text }) => text.length <= 2000, {
  error: 'must have at most 2000 characters',
});

export const askClearance = z
  .strictObject({
    request: z.uuid({ error: 'must be the id of a request' }),
    act: z.enum(clearableActs),
    version: z.int().min(1).optional().meta({ description: 'The version you have seen' }),
    addressee: partyCode.optional().meta({ description: 'The line that the requester means' }),
    ...saidFields,
    disclosure: disclosure.optional().meta({ description: 'With `disclose`' }),
    note: remark
      .optional()
      .meta({ description: 'To whoever decides; it is not sent and stays with your side' }),
  })
  .meta({ id: 'AskClearance' });
export type AskClearance = z.output<typeof askClearance>;

export const decideClearance = z
  .strictObject({
    decision: z.enum(['approve', 'refuse']),
    digest: digest.meta({ description: 'Of what you looked at' }),
    comment: remark
      .optional()
      .meta({ description: 'Needed to refuse; it is not sent and stays with your side' }),
  })
  .meta({ id: 'DecideClearance' });
export type DecideClearance = z.output<typeof decideClearance>;

export const approvalFilter = z.strictObject({
  state: z.enum(approvalStates).optional(),
  request: z.uuid().optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type ApprovalFilter = z.output<typeof approvalFilter>;

export const approvalId = z.uuid({ error: 'must be the id of an approval' });

const summaryFields = {
  id: z.uuid(),
  request: z.uuid(),
  reference: z.string(),
  traffic: z.enum(['actual', 'exercise', 'test']),
  act: z.enum(clearableActs),
  addressee: partyCode.nullable().meta({ description: 'Whose line; null: the request as a whole' }),
  state: z.enum(approvalStates),
  digest,
  askedBy: by,
  askedAt: instant,
  decidedBy: by.nullable(),
  decidedAt: instant.nullable(),
  endedAt: instant.nullable().meta({ description: 'Used, void or taken back' }),
  voidBecause: z.enum(['request-changed', 'line-changed']).nullable(),
};

export const approval = z
  .strictObject({
    ...summaryFields,
    versions: z.strictObject({ request: z.int().nullable(), line: z.int().nullable() }).meta({
      description:
        'At which it was asked for; once they move on it is void. Of the request: for its requester',
    }),
    said: z.strictObject(saidFields).meta({ description: 'What is said with the act' }),
    disclosure: disclosure.optional().meta({ description: 'With `disclose`' }),
    draft: z
      .strictObject({
        template: z.string().optional(),
        traffic: z.enum(['actual', 'exercise']),
        to: z.array(partyCode),
        urgency: z.enum(urgencies).optional(),
        tlp: z.enum(tlpCodes).optional(),
        sentence: written.optional(),
        text: written.optional(),
        neededBy: z.string().optional(),
        answers: z.record(z.string(), z.unknown()).optional(),
      })
      .nullable()
      .meta({ description: 'With `send`: the whole request' }),
    note: written.nullable(),
    comment: written.nullable(),
  })
  .meta({ id: 'Approval' });

export const approvalPage = z
  .strictObject({
    items: z.array(z.strictObject(summaryFields)),
    next: z.string().nullable().meta({ description: 'The cursor of the next page' }),
  })
  .meta({ id: 'ApprovalPage' });
