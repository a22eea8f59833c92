import { z } from 'zod';

// Control characters (but for line ends and tabs in longer texts), and lone surrogates, are no text.
const unsafe = /[\p{Cc}\u2028\u2029]/u;
const unsafeInText = /[^\P{Cc}\t\n\r]/u;

const readable = (text: string) => text.isWellFormed() && !text.includes('\uFFFD');

/** One line of text, at most `max` characters, without control characters or line ends. */
export const plainLine = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => readable(text) && !unsafe.test(text), {
      error: 'must be one line without control characters',
    })
    .refine((text) => text.trim() !== '', { error: 'must not be blank' });

/** Longer text, at most `max` characters. */
export const plainText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => readable(text) && !unsafeInText.test(text), {
      error: 'must be text without control characters',
    })
    .refine((text) => text.trim() !== '', { error: 'must not be blank' });

/** Whether a tag is well-formed (BCP 47, RFC 5646, 2.1). */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A BCP 47 tag. */
export const languageTag = z
  .string()
  .max(35)
  .refine((tag) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && isLocale(tag), {
    error: 'must be a BCP 47 language tag',
  })
  .meta({ examples: ['en'] });

/** A party's code: ISO 3166-1 alpha-2 of States, longer ones of organizations. */
export const partyCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,11}$/, {
    error: 'must be a code of two capital letters (ISO 3166-1 alpha-2), or that of an organization',
  })
  .meta({ examples: ['XB'] });

export const names = z.record(z.string(), z.string()).meta({ description: 'By language (BCP 47)' });

/** What a route answers when it does not do what was asked (RFC 9457). */
export const problem = z
  .looseObject({
    type: z.string().meta({ examples: ['urn:aldis:problem:invalid-input'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z
            .string()
            .optional()
            .meta({ description: 'JSON Pointer into the body, as a URI fragment' }),
          parameter: z.string().optional(),
          header: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });
