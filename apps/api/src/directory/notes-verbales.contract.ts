import { mostNoteBytes, noteFileTypes, notePurposes } from '#libs/directory';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

/** Characters of the largest file in base64, and what stands around it. */
const mostCharacters = Math.ceil(mostNoteBytes / 3) * 4;
/** Bytes that a call with a file may have. */
export const noteBodyLimit = mostCharacters + 16_384;

export const giveNote = z
  .strictObject({
    purpose: z.enum(notePurposes),
    reference: plainLine(200).meta({ description: 'As it stands on the note' }),
    datedOn: z.iso.date(),
    authority: plainLine(300).meta({ description: 'Who issued it' }),
    file: z
      .strictObject({
        name: plainLine(200),
        content: z.string().min(1).max(mostCharacters, { error: 'must have 5 MB at most' }).meta({
          description: 'PDF, PNG, JPEG or text in UTF-8, at most 5 MB; base64 (RFC 4648, section 4)',
        }),
      })
      .nullable()
      .default(null)
      .meta({ description: 'Needed, for a nomination as for a removal' }),
  })
  .meta({ id: 'GiveNoteVerbale' });
export type GiveNote = z.output<typeof giveNote>;

const noteFields = {
  ...{ id: z.uuid(), purpose: z.enum(notePurposes), reference: z.string(), datedOn: z.iso.date() },
  ...{ authority: z.string(), givenAt: z.iso.datetime() },
  file: z
    .strictObject({
      ...{ name: z.string(), mediaType: z.enum(noteFileTypes), bytes: z.int() },
      sha256: z.string().meta({ description: 'Of the file as it was given, in hexadecimal digits' }),
    })
    .nullable(),
};
export const note = z.strictObject(noteFields).meta({ id: 'NoteVerbale' });
export const notes = z
  .strictObject({
    items: z.array(z.strictObject(noteFields)),
    callBack: z
      .strictObject({
        ...{ note: z.uuid(), calledAt: z.iso.datetime(), calledBy: z.string(), number: z.string() },
        ...{ foundBy: z.string(), recordedAt: z.iso.datetime() },
      })
      .nullable()
      .meta({ description: 'How the nominee was called back; for the party itself alone' }),
  })
  .meta({ id: 'NotesVerbales' });
