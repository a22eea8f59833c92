import { callOutcomes, callStates, channelKinds } from '#libs/directory';
import { noticeChannels } from '#libs/notifications';
import { acts, answers, lineStates, requestStates, templateKeys, type RequestInput } from '#libs/requests';
import { tlpCodes, tlpLabel, urgencies, type TlpCode } from '#libs/wording';
import { z } from 'zod';
import { languageTag, names, partyCode, plainLine, plainText } from '../http/fields.js';

const labels = tlpCodes.map(tlpLabel);

const tlp = z
  .enum([...labels, ...tlpCodes], { error: `must be one of ${labels.join(', ')}` })
  .transform((label) => label.replace(/^TLP:/, '') as TlpCode)
  .meta({ description: 'FIRST TLP 2.0, with or without the prefix "TLP:"' });

const sentence = z
  .strictObject({ text: plainLine(500), language: languageTag })
  .meta({ description: 'What is sought, in one sentence' });
const furtherText = z.strictObject({ text: plainText(20_000), language: languageTag });

const fields = {
  from: partyCode
    .optional()
    .meta({ description: 'Your own party, if you want it checked', examples: ['XA'] }),
  to: z
    .array(partyCode)
    .max(193)
    .meta({ description: 'One or several parties', examples: [['XB']] }),
  urgency: z.enum(urgencies).meta({ description: 'U1 Immediate, U2 Urgent, U3 Priority, U4 Routine' }),
  tlp,
  sentence,
  text: furtherText.optional(),
  neededBy: z.iso.datetime({ offset: true, error: 'must be an RFC 3339 time with its zone' }).optional(),
  template: z.enum(templateKeys).default('assistance-request').meta({
    description: 'The template it is filed on: see /api/v1/templates',
  }),
  answers: z.record(z.string(), z.unknown()).optional().meta({
    description:
      'What the template asks for beyond the five fields, by group; any field takes {"availability": "unknown"}, "withheld" or "to-follow"',
  }),
  traffic: z.enum(['actual', 'exercise']).default('actual').meta({
    description: 'An exercise is marked on everything that leaves and has a number range of its own',
  }),
};

/** What the documentation offers to be sent as it is. */
export const requestExamples: Readonly<Record<string, object>> = {
  FileRequest: {
    from: 'XA',
    to: ['XB'],
    urgency: 'U1',
    tlp: 'TLP:AMBER',
    sentence: { text: 'We ask for help to stop ransomware spreading between two hospitals.', language: 'en' },
  },
  DoAct: { act: 'acknowledge' },
};

/** The five fields, and what may follow. With `draft: true` it is kept and any of them may be missing. */
export const fileRequest = z
  .strictObject({
    ...fields,
    to: fields.to.default([]),
    urgency: fields.urgency.optional(),
    tlp: fields.tlp.optional(),
    sentence: fields.sentence.optional(),
    draft: z.boolean().default(false).meta({ description: 'Keep it as a draft instead of sending it' }),
  })
  .meta({ id: 'FileRequest' });
export type FileRequest = z.output<typeof fileRequest>;

/** What of it the requests take. */
export const inputOf = ({
  draft: _draft,
  from: _from,
  ...input
}: Omit<FileRequest, 'draft' | 'template'> & {
  draft?: boolean;
  template?: RequestInput['template'];
}): RequestInput => input;

const draft = z.strictObject({
  ...fields,
  template: z
    .enum(templateKeys)
    .optional()
    .meta({ description: 'A draft keeps the template it was begun on' }),
  to: fields.to.default([]),
  urgency: fields.urgency.optional(),
  tlp: fields.tlp.optional(),
  sentence: fields.sentence.optional(),
});

export const saidText = z.strictObject({ text: plainText(20_000), language: languageTag });
export const saidFields = {
  text: saidText.optional(),
  answer: z
    .enum(answers)
    .optional()
    .meta({ description: 'With `determine`: what was determined (A/76/135, 53)' }),
  answers: z.record(z.string(), z.unknown()).optional().meta({
    description:
      'What a template asks for beyond its five fields: with `determine` the template "response" (capabilities, capacity, resources; timeframe, nature, scope, terms; reasons), with `acknowledge` the template "acknowledgement"; with `amend` what has become known since',
  }),
  redirectTo: z
    .strictObject({
      party: partyCode,
      body: z
        .uuid({ error: 'must be the id of a body' })
        .optional()
        .meta({ description: 'A body of your own party, which then holds the request' }),
    })
    .optional()
    .meta({
      description:
        'With `redirect`: another body of your party, to hand the request over; or another party, to name it',
    }),
};

const addressees = z.union([z.literal('all'), z.array(partyCode).min(1).max(193)]);

/** With `disclose`: who is told of whom. */
export const disclosure = z.strictObject({
  to: addressees.meta({
    description: 'Which addressees are told; `all`: those whose lines are not over',
  }),
  parties: addressees.meta({ description: 'Of which addressees they are told' }),
});

export const doAct = z
  .strictObject({
    act: z.enum(acts),
    version: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The version you have seen; a stale act is refused' }),
    addressee: partyCode.optional().meta({
      description:
        'The line that the requester means, where there are several; without it `withdraw` takes back all',
    }),
    ...saidFields,
    disclosure: disclosure.optional().meta({
      description:
        'With `disclose`: who is told who else was asked, and nothing of what they answer. It cannot be taken back, and an addressee that is not named learns nothing',
    }),
    request: draft.optional().meta({ description: 'With `save`: what the draft becomes' }),
  })
  .meta({ id: 'DoAct' });
export type DoAct = z.output<typeof doAct>;

export const requestFilter = z.strictObject({
  direction: z.enum(['outgoing', 'incoming']).optional(),
  state: z.enum([...new Set([...requestStates, ...lineStates])]).optional(),
  party: partyCode.optional().meta({ description: 'The other side' }),
  urgency: z.enum(urgencies).optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type RequestFilter = z.output<typeof requestFilter>;

export const requestId = z.uuid({ error: 'must be the id of a request' });

/** Stands where a text was whose key is destroyed. */
const erased = z
  .strictObject({ erased: z.literal(true), at: z.iso.datetime() })
  .meta({ id: 'Erased', description: 'Its key was destroyed when the time for which it is kept was over' });

export const by = z.looseObject({
  kind: z.enum(['officer', 'link-bearer', 'system', 'unknown']),
  name: z.string().optional(),
  selfStated: z
    .boolean()
    .optional()
    .meta({ description: 'Typed by the bearer of a link, checked by nobody' }),
  erased: z.literal(true).optional().meta({ description: 'Who it was is not known any more' }),
  at: z.iso.datetime().optional(),
});
const instant = z.iso.datetime();
const written = z.strictObject({ text: z.string(), language: z.string() });

const line = z.strictObject({
  id: z.uuid(),
  party: partyCode,
  body: z
    .strictObject({ id: z.uuid(), names })
    .nullable()
    .meta({ description: 'The body that it was handed over to' }),
  handedOver: z.boolean().meta({ description: 'Acts are done on the line that follows it' }),
  state: z.enum(lineStates),
  version: z.int(),
  reach: z.enum(['none', 'accepted', 'delivered', 'viewed', 'unreached']).meta({
    description: 'How far it is known to have come: see `deliveredAt` and `viewedAt`',
  }),
  sentAt: instant,
  acceptedByRelayAt: instant.nullable(),
  deliveredAt: instant.nullable().meta({
    description: 'When the link of a mail about it was first fetched, by a person or a program',
  }),
  viewedAt: instant.nullable().meta({
    description: 'When somebody of the addressee first read it here, signed in or with the code of a mail',
  }),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: by.nullable(),
  withdrawnAt: instant.nullable(),
  takenBy: by.nullable(),
  answer: z.enum(answers).nullable(),
  answeredAt: instant.nullable(),
  questionOpenSince: instant.nullable(),
  endedAt: instant.nullable(),
});

export const holdView = z.strictObject({
  since: instant,
  until: instant.nullable().meta({ description: 'Null: until it is released' }),
});

const summaryFields = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['AR-2026-7K3M9Q'] }),
  kind: z.enum(['assistance', 'mitigation']),
  traffic: z.enum(['actual', 'exercise', 'test']),
  direction: z.enum(['outgoing', 'incoming']),
  state: z.enum([...new Set([...requestStates, ...lineStates])]),
  version: z.int(),
  from: partyCode,
  to: z.array(partyCode),
  urgency: z.enum(urgencies).nullable(),
  tlp: z.enum(tlpCodes).nullable(),
  sentence: z.union([written, erased]).nullable(),
  text: z.union([written, erased]).nullable(),
  neededBy: z.union([z.iso.datetime({ offset: true }), erased]).nullable(),
  composedAt: instant.nullable(),
  sentAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  erasedAt: instant.nullable().meta({ description: 'Since when your side can read nothing of it any more' }),
  hold: holdView.nullable().meta({ description: 'Of your own side alone' }),
  addressees: z.array(line).meta({ description: 'The requester sees every line, an addressee its own' }),
  sharedWithYou: z.boolean().meta({
    description:
      'It does not concern your body, but was shared within your party: you read it, and write notes',
  }),
};

export const fixedSentences = z.array(
  z.strictObject({
    id: z.string(),
    version: z.int(),
    language: z.string(),
    status: z.enum(['prevailing', 'unofficial', 'confirmed']),
    text: z.string(),
  }),
);

export const requestView = z
  .strictObject({
    ...summaryFields,
    template: z.strictObject({ key: z.string(), version: z.int() }).nullable(),
    eraseAfter: instant.nullable().meta({
      description:
        'When the contents of your side may be erased, as the policy is now; null: they do not rest, or never',
    }),
    answers: z.union([erased, z.record(z.string(), z.unknown())]),
    completeness: z
      .strictObject({
        percent: z.int().min(0).max(100),
        answered: z.int(),
        fields: z.int(),
        unavailable: z.array(
          z.strictObject({
            field: z.string(),
            label: names,
            availability: z.enum(['unknown', 'withheld', 'to-follow']),
            expectedAt: z.string().optional(),
          }),
        ),
        missing: z.array(z.strictObject({ field: z.string(), label: names, important: z.boolean() })),
      })
      .nullable()
      .meta({ description: 'It informs and never blocks' }),
    timeline: z.array(
      z.strictObject({
        id: z.uuid(),
        at: instant,
        act: z.string(),
        party: partyCode,
        addressee: partyCode.nullable(),
        line: z.uuid().nullable().meta({ description: 'The line it happened on' }),
        body: z.uuid().nullable().meta({ description: 'The body that holds that line' }),
        from: z.string().nullable(),
        to: z.string(),
        by,
        assurance: z.enum(['signed-in', 'emergency', 'link-and-code', 'api-token', 'system']),
        said: z
          .union([
            erased,
            z.strictObject({
              ...saidFields,
              template: z.strictObject({ key: z.string(), version: z.int() }).optional(),
              amendment: z
                .array(z.strictObject({ field: z.string(), change: z.enum(['added', 'changed', 'removed']) }))
                .optional(),
              disclosed: z.array(partyCode).optional().meta({ description: 'Addressees that were told of' }),
              sharedWith: z
                .strictObject({
                  body: z.uuid().optional(),
                  account: z.uuid().optional(),
                  name: z.string().optional(),
                })
                .optional(),
            }),
          ])
          .nullable(),
        commitment: z.string().meta({ description: 'Salted SHA-256 over what was said (hex)' }),
        clearance: z
          .strictObject({ approval: z.uuid(), act: z.string(), digest: z.string() })
          .optional()
          .meta({
            description: 'Of acts about clearance, which your own side alone sees: what was to be cleared',
          }),
      }),
    ),
    calls: z
      .array(
        z.strictObject({
          ...{ id: z.uuid(), line: z.uuid(), party: partyCode, pointOfContact: z.uuid() },
          channel: z.enum(channelKinds),
          wantedBy: partyCode.nullable().meta({ description: 'Whose people call; null: the secretariat' }),
          state: z.enum(callStates),
          outcome: z.enum(callOutcomes).nullable(),
          ...{ askedAt: instant, endedAt: instant.nullable() },
        }),
      )
      .meta({
        description:
          'Of the requester: calls that were asked for after the last reminder, and what came of them. None acknowledges',
      }),
    otherAddressees: z
      .array(z.strictObject({ party: partyCode, names, disclosedAt: instant }))
      .meta({ description: 'Of an addressee: who else was asked, as far as the requester has disclosed it' }),
    disclosures: z
      .array(z.strictObject({ to: partyCode, party: partyCode, disclosedAt: instant }))
      .meta({ description: 'Of the requester: which addressee it told of which other' }),
    allowedActs: z.array(
      z.strictObject({
        act: z.enum(acts),
        addressee: partyCode.optional(),
        allowed: z.boolean(),
        because: z.string().optional(),
        clearance: z.enum(['needed', 'asked', 'approved']).optional().meta({
          description: 'A second person is demanded: how far that has come. Ask with POST /api/v1/approvals',
        }),
      }),
    ),
    fixedSentences,
  })
  .meta({ id: 'Request' });

export const requestPage = z
  .strictObject({
    items: z.array(z.strictObject(summaryFields)),
    next: z.string().nullable().meta({ description: 'The cursor of the next page' }),
  })
  .meta({ id: 'RequestPage' });

export const deliveries = z
  .strictObject({
    items: z.array(
      z.strictObject({
        notice: z.uuid(),
        kind: z.string(),
        party: partyCode,
        pointOfContact: z.strictObject({ id: z.uuid(), level: z.string(), position: z.int() }),
        channel: z.enum(noticeChannels),
        state: z.enum(['pending', 'leased', 'sending', 'accepted', 'unknown', 'failed', 'cancelled']),
        attempts: z.array(
          z.strictObject({
            number: z.int(),
            startedAt: instant,
            endedAt: instant.nullable(),
            outcome: z.enum(['accepted', 'transient', 'permanent', 'unknown']).nullable(),
            replyCode: z.int().nullable(),
          }),
        ),
        createdAt: instant,
        nextAttemptAt: instant.nullable(),
        settledAt: instant.nullable(),
        returnedAt: instant.nullable().meta({
          description: 'When the mail came back, although a relay had accepted it',
        }),
        returnStatus: z.string().nullable().meta({
          description: 'Why, as its report says: a status of RFC 3463, e.g. 5.1.1',
        }),
      }),
    ),
  })
  .meta({ id: 'Deliveries' });
