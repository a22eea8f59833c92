import { languages } from '#libs/wording';
import { z } from 'zod';

export const documentChoice = z.strictObject({
  lang: z
    .enum(languages, { error: `must be one of ${languages.join(', ')}` })
    .optional()
    .meta({
      description: 'Of labels and fixed sentences; without it your own. What people wrote keeps its own.',
    }),
});
export type DocumentChoice = z.output<typeof documentChoice>;
