import { levels, soughtKinds, waysOfFinding } from '#libs/directory';
import { z } from 'zod';
import { names, partyCode, plainLine } from '../http/fields.js';

const kind = z.enum(soughtKinds);
const isKind = (word: string) => kind.safeParse(word).success;

export const search = z.strictObject({
  q: plainLine(200).meta({
    description: 'What is looked for, in any language and script, while it is being typed',
    examples: ['austral'],
  }),
  kinds: z
    .string()
    .max(100)
    .refine((list) => list.split(',').every(isKind), {
      error: `must be some of ${soughtKinds.join(', ')}, with commas between`,
    })
    .default(soughtKinds.join(','))
    .meta({ description: `Of ${soughtKinds.join(', ')}, with commas between` }),
  limit: z.coerce.number({ error: 'must be a number from 1 to 50' }).int().min(1).max(50).default(20),
});
export type Search = z.output<typeof search>;

const bodyFound = z.strictObject({ id: z.uuid(), names });
export const found = z
  .strictObject({
    items: z.array(
      z.strictObject({
        kind,
        how: z.enum(waysOfFinding).meta({
          description:
            'By a code or short form, by the whole name, by its beginning, by words in it, or by being like it',
        }),
        party: z.strictObject({ code: partyCode, names }),
        body: bodyFound.nullable(),
        pointOfContact: z
          .strictObject({ id: z.uuid(), level: z.enum(levels), position: z.int(), roleNames: names })
          .nullable(),
        person: z.strictObject({ name: z.string(), title: z.string().optional() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Found' });
