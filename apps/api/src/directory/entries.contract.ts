import {
  channelKinds,
  channelPurposes,
  channelStates,
  contactStates,
  encryptions,
  entryActs,
  levels,
} from '#libs/directory';
import { z } from 'zod';
import { languageTag, names, partyCode, plainLine, plainText } from '../http/fields.js';
import { givenNames, version } from './bodies.contract.js';
import { shownHours } from './duty.contract.js';
import { channelKey } from './keys.contract.js';

const word = z
  .string()
  .max(60)
  .regex(/^[a-z]+(-[a-z]+)*$/, { error: 'must be small letters, joined by hyphens' });
const words = z
  .array(word)
  .max(50)
  .refine((list) => new Set(list).size === list.length, { error: 'must name each once' })
  .default([]);
const position = z.int().min(1).max(1000).optional().meta({
  description: '1 is the primary one. Where another has the place, it and those behind it move down',
});

/** Whether it is the name of a time zone, and no mere offset. */
function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
const zone = z
  .string()
  .max(60)
  .refine(isZone, { error: 'must be an IANA time zone' })
  .meta({ examples: ['Europe/Zurich'] });

const said = {
  body: z.uuid(),
  position,
  roleNames: givenNames,
  languages: z
    .array(languageTag)
    .min(1)
    .max(20)
    .refine((list) => new Set(list).size === list.length, { error: 'must name each language once' }),
  zone,
  person: z
    .strictObject({ name: plainLine(200), title: plainLine(200).exactOptional() })
    .nullable()
    .default(null)
    .meta({ description: 'Who holds the role, if that is told' }),
  expectedRoles: words.meta({
    description: 'A/76/135, 77 (a); GET /api/v1/directory-words has words to choose from',
  }),
  coordination: words.meta({
    description: 'With whom it coordinates at home (A/76/135, 77); words to choose from are there too',
  }),
  readiness: z
    .record(word, z.boolean())
    .refine((answers) => Object.keys(answers).length <= 50, { error: 'must have fifty answers at most' })
    .default({}),
  note: z
    .strictObject({ text: plainText(2000), language: languageTag })
    .nullable()
    .default(null),
};

export const nominate = z.strictObject({ ...said, level: z.enum(levels) }).meta({ id: 'Nominate' });
export type Nominate = z.output<typeof nominate>;
export const changeEntry = z.strictObject({ ...said, version }).meta({ id: 'ChangePointOfContact' });
export type ChangeEntry = z.output<typeof changeEntry>;
const callBack = z.strictObject({
  calledAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  calledBy: plainLine(200).optional().meta({ description: 'Where it was not you' }),
  number: plainLine(60),
  foundBy: plainLine(500).meta({
    description: 'How the number was found: not from the nomination, nor from whoever made it',
  }),
  nomineeConfirmed: z.literal(true, {
    error: 'must be true: an entry is verified once the nominee confirmed',
  }),
});
export const entryAct = z
  .strictObject({
    ...{ act: z.enum(entryActs), version },
    callBack: callBack.optional().meta({ description: 'To verify: how the nominee was called' }),
  })
  .refine(({ act, callBack: call }) => act === 'verify' || call === undefined, {
    error: 'belongs to verify alone',
    path: ['callBack'],
  })
  .meta({ id: 'PointOfContactAct' });
export type EntryActInput = z.output<typeof entryAct>;

const use = {
  purpose: z.enum(channelPurposes).default('any'),
  position,
  encryption: z.enum(encryptions).default('none'),
  expiresOn: z.iso.date().nullable().default(null).meta({ description: 'The last day on which it is good' }),
};
export const addChannel = z
  .strictObject({ ...use, kind: z.enum(channelKinds), address: plainLine(500) })
  .meta({ id: 'AddChannel' });
export type AddChannel = z.output<typeof addChannel>;
export const changeChannel = z.strictObject({ ...use, version }).meta({ id: 'ChangeChannel' });
export type ChangeChannel = z.output<typeof changeChannel>;
export const sentProof = z.strictObject({ expiresAt: z.iso.datetime() }).meta({ id: 'SentProof' });
export const proofState = z
  .strictObject({
    ...{ sentAt: z.iso.datetime(), expiresAt: z.iso.datetime(), triesLeft: z.int() },
    call: z
      .strictObject({
        state: z.enum(['pending', 'sending', 'accepted', 'failed', 'cancelled']),
        attempts: z.int(),
        replyStatus: z.int().nullable().meta({ description: 'What the endpoint answered last (RFC 9110)' }),
        fault: z.enum(['address', 'place', 'name', 'silence', 'time', 'size']).nullable(),
      })
      .nullable()
      .meta({ description: 'null: it went by mail' }),
  })
  .meta({ id: 'ProofState' });
export const confirmProof = z
  .strictObject({ code: z.string().regex(/^\d{6}$/, { error: 'must be the six digits that were sent' }) })
  .meta({ id: 'ConfirmProof' });
export type ConfirmProof = z.output<typeof confirmProof>;

export const reach = z
  .strictObject({
    ...{ answeredAt: z.iso.datetime().nullable(), how: z.string().nullable(), daysAgo: z.int().nullable() },
    ...{ checks: z.int(), answered: z.int(), failedAt: z.iso.datetime().nullable() },
  })
  .meta({
    id: 'Reach',
    description:
      'When a person last answered on a channel and how; of the last ten checks, how many were answered',
  });

export const channelWarning = z
  .string()
  .nullable()
  .meta({ description: 'Of its last day, from 30 days before on; null: none' });
export const channel = z
  .strictObject({
    ...{ id: z.uuid(), kind: z.enum(channelKinds), position: z.int(), purpose: z.enum(channelPurposes) },
    ...{ state: z.enum(channelStates), encryption: z.enum(encryptions), address: z.string() },
    ...{ expiresOn: z.iso.date().nullable(), provenAt: z.iso.datetime().nullable(), version: z.int() },
    warning: channelWarning,
    reach,
    keys: z.array(channelKey),
  })
  .meta({ id: 'Channel' });

export const channels = z.strictObject({ items: z.array(channel) }).meta({ id: 'Channels' });

export const entry = z
  .strictObject({
    ...{ id: z.uuid(), party: partyCode, body: z.strictObject({ id: z.uuid(), names }) },
    ...{ level: z.enum(levels), position: z.int(), roleNames: names, languages: z.array(z.string()) },
    ...{ zone: z.string(), hours: shownHours, state: z.enum(contactStates) },
    person: z.strictObject({ name: z.string(), title: z.string().optional() }).nullable(),
    ...{ expectedRoles: z.array(z.string()), coordination: z.array(z.string()) },
    readiness: z.record(z.string(), z.boolean()),
    note: z.strictObject({ text: z.string(), language: z.string() }).nullable(),
    ...{ verifiedAt: z.iso.datetime().nullable(), confirmedAt: z.iso.datetime().nullable() },
    version: z.int(),
    channels: z.array(channel).meta({ description: 'Of other parties: those that are proven or suspect' }),
    allowedActs: z.array(z.enum(entryActs)),
  })
  .meta({ id: 'PointOfContact' });
export const entries = z.strictObject({ items: z.array(entry) }).meta({ id: 'OwnPointsOfContact' });
