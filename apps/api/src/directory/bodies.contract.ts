import { addedPartyKinds, constituencyKinds } from '#libs/directory';
import { bodyKinds, regionalGroups, sharingBoundaries } from '#libs/parties';
import { z } from 'zod';
import { languageTag, names, partyCode, plainLine, plainText } from '../http/fields.js';

/** Names that somebody gives, by language (BCP 47), in one language at least. */
export const givenNames = z
  .record(languageTag, plainLine(200))
  .refine((given) => Object.keys(given).length > 0 && Object.keys(given).length <= 20, {
    error: 'must give the name in one to twenty languages',
  })
  .meta({ description: 'By language (BCP 47)', examples: [{ en: 'National CERT', fr: 'CERT national' }] });

export const version = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .meta({ description: 'As it was read; a change since then is a conflict' });

/** One text in several languages, each once. */
const inLanguages = z
  .array(z.strictObject({ text: plainText(4000), language: languageTag }))
  .min(1)
  .max(20)
  .refine((texts) => new Set(texts.map(({ language }) => language)).size === texts.length, {
    error: 'must have one text for each language',
  });
const website = plainLine(500).refine(
  (text) => {
    const url = /^https:\/\//i.test(text) ? URL.parse(text) : null;
    return url !== null && url.username === '' && url.password === '';
  },
  { error: 'must be an https address without credentials' },
);

const profile = z.strictObject({
  shortName: plainLine(100).exactOptional(),
  postalAddress: plainText(2000).exactOptional(),
  affiliation: plainLine(500)
    .exactOptional()
    .meta({ description: 'The organization that hosts or pays for it (RFC 2350, 3.3)' }),
  status: inLanguages.exactOptional(),
  authority: inLanguages.exactOptional(),
  mandate: inLanguages.exactOptional(),
  services: z.array(plainLine(200)).max(50).exactOptional(),
  website: website.exactOptional(),
  established: z.iso.date().exactOptional(),
  nonMisuse: z
    .strictObject({
      declaredOn: z.iso.date(),
      url: website.exactOptional(),
      text: inLanguages.exactOptional(),
    })
    .exactOptional()
    .meta({ description: 'That it is not used for activity against others (A/76/135, 67)' }),
});

const said = {
  kind: z.enum(bodyKinds),
  names: givenNames,
  sharingBoundary: z
    .enum(sharingBoundaries)
    .default('body')
    .meta({ description: 'What "organization" means where it reads TLP:AMBER' }),
  profile: profile.default({}),
  constituency: z
    .array(z.strictObject({ kind: z.enum(constituencyKinds), value: plainLine(253) }))
    .max(500)
    .default([])
    .meta({ description: 'Whom it answers for; the list is replaced whole' }),
};

export const addBody = z.strictObject(said).meta({ id: 'AddBody' });
export type AddBody = z.output<typeof addBody>;
export const changeBody = z.strictObject({ ...said, version }).meta({ id: 'ChangeBody' });
export type ChangeBody = z.output<typeof changeBody>;
export const retireBody = z.strictObject({ act: z.literal('retire'), version }).meta({ id: 'RetireBody' });
export type RetireBody = z.output<typeof retireBody>;

const written = z.array(z.strictObject({ text: z.string(), language: z.string() }));
export const missingNames = z
  .array(z.enum(['ar', 'zh', 'en', 'fr', 'ru', 'es']))
  .meta({ description: 'Languages of the United Nations in which it has no name' });

/** A profile as it is answered. */
export const bodyProfile = z
  .strictObject({
    ...{ shortName: z.string().optional(), postalAddress: z.string().optional() },
    affiliation: z.string().optional(),
    ...{ status: written.optional(), authority: written.optional(), mandate: written.optional() },
    services: z.array(z.string()).optional(),
    website: z.string().optional(),
    established: z.string().optional(),
    nonMisuse: z
      .strictObject({ declaredOn: z.string(), url: z.string().optional(), text: written.optional() })
      .optional(),
  })
  .meta({ id: 'BodyProfile' });

export const bodyFields = {
  ...{ id: z.uuid(), kind: z.enum(bodyKinds), names, state: z.enum(['active', 'retired']) },
  ...{ sharingBoundary: z.enum(sharingBoundaries), profile: bodyProfile },
  missingNames,
};
export const body = z
  .strictObject({
    ...bodyFields,
    party: partyCode,
    version: z.int(),
    constituency: z.array(z.strictObject({ kind: z.enum(constituencyKinds), value: z.string() })),
  })
  .meta({ id: 'Body' });

export const bodies = z.strictObject({ items: z.array(body) }).meta({ id: 'Bodies' });
export const bodyFilter = z.strictObject({ party: partyCode.optional(), kind: z.enum(bodyKinds).optional() });
export type BodyFilter = z.output<typeof bodyFilter>;

export const addParty = z
  .strictObject({
    code: partyCode,
    kind: z.enum(addedPartyKinds),
    alpha3: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters (ISO 3166-1 alpha-3)' })
      .optional()
      .meta({ description: 'Of States' }),
    numeric: z
      .string()
      .regex(/^\d{3}$/, { error: 'must be three digits (ISO 3166-1 numeric)' })
      .optional(),
    names: givenNames
      .optional()
      .meta({ description: 'Left out for an observer State: as the United Nations names it' }),
  })
  .meta({ id: 'AddParty' });
export type AddParty = z.output<typeof addParty>;

export const changeParty = z
  .strictObject({
    version,
    names: z
      .record(languageTag, plainLine(200).nullable())
      .refine((given) => Object.keys(given).length <= 20, { error: 'must have twenty languages at most' })
      .optional()
      .meta({ description: 'Only those that change; null takes a name away' }),
    regionalGroup: z.enum(regionalGroups).nullable().optional(),
  })
  .meta({ id: 'ChangeParty' });
export type ChangeParty = z.output<typeof changeParty>;
