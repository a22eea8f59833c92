import { audiences } from '#libs/access';
import { z } from 'zod';
import { languageTag, plainLine, plainText } from '../http/fields.js';

const written = (max: number) => z.strictObject({ text: plainText(max), language: languageTag });
const shown = z.strictObject({ text: z.string(), language: z.string() });

export const announce = z
  .strictObject({
    title: plainLine(200).meta({ examples: ['Review of the directory in March'] }),
    text: z
      .array(written(10_000))
      .min(1)
      .max(20)
      .refine((texts) => new Set(texts.map(({ language }) => language.toLowerCase())).size === texts.length, {
        error: 'must have one text a language',
      })
      .meta({ description: 'In one or more languages; the first is shown where none is the reader’s' }),
    audience: z
      .enum(audiences)
      .meta({ description: 'Administrators of parties and the network’s staff, or every account' }),
    byMail: z.boolean().default(false).meta({ description: 'By mail as well, one to each account' }),
    corrects: z.uuid().optional().meta({ description: 'The announcement that this one puts right' }),
  })
  .meta({ id: 'Announce' });
export type Announce = z.output<typeof announce>;

export const withdrawal = z.strictObject({ reason: written(2_000) }).meta({ id: 'AnnouncementWithdrawal' });
export type Withdrawal = z.output<typeof withdrawal>;

export const announcement = z
  .strictObject({
    id: z.uuid(),
    title: z.string(),
    text: z.array(shown),
    audience: z.enum(audiences),
    byMail: z.boolean(),
    announcedAt: z.iso.datetime(),
    corrects: z.uuid().nullable(),
    correctedBy: z.uuid().nullable().meta({ description: 'The newest announcement that puts it right' }),
    withdrawn: z.strictObject({ at: z.iso.datetime(), reason: shown }).nullable(),
    readAt: z.iso.datetime().nullable().meta({ description: 'When you marked it as read; null: unread' }),
    readBy: z
      .strictObject({ accounts: z.int(), parties: z.int() })
      .nullable()
      .meta({ description: 'To the secretariat: how many accounts of how many parties marked it as read' }),
  })
  .meta({ id: 'Announcement' });

export const announcementPage = z
  .strictObject({
    items: z.array(announcement),
    next: z.string().nullable().meta({ description: 'The cursor of the next page' }),
  })
  .meta({ id: 'Announcements' });

export const announcementFilter = z.strictObject({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(25),
});
export type AnnouncementFilter = z.output<typeof announcementFilter>;
