import type { Language } from './language.js';

/**
 * What a language is called in the reader's: `fr` is "French". A tag that says more than its first subtag stands behind
 * its name, for a name can leave out what it says; what has no name is its tag.
 */
export function languageName(tag: string, reader: Language): string {
  try {
    const name = new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag;
    return name !== tag && tag.includes('-') ? `${name} (${tag})` : name;
  } catch {
    return tag;
  }
}
