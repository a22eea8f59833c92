import { z } from 'zod';

const suggested =
  'Suggestions to choose from: other words of small letters, joined by hyphens, are taken too';

export const directoryWords = z
  .strictObject({
    expectedRoles: z.array(z.string()).meta({
      description: `What is expected of a point of contact (A/76/135, 77 (a)). ${suggested}`,
    }),
    coordination: z.array(z.string()).meta({
      description: `With whom a point of contact coordinates at home (A/76/135, 77). ${suggested}`,
    }),
    statesWithoutHolidays: z.array(z.string().regex(/^[A-Z]{2}$/)).meta({
      description:
        'Member States (ISO 3166-1 alpha-2) whose public holidays are not known: their parties give a list of their own, ' +
        'as ownHolidays of the hours of duty',
    }),
  })
  .meta({ id: 'DirectoryWords' });
