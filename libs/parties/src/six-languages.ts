import type { LanguageCode } from './member-states.js';

/** The six official languages of the United Nations, in the order of its documents. */
export const sixLanguages: readonly LanguageCode[] = ['ar', 'zh', 'en', 'fr', 'ru', 'es'];

/** Those of the six in which names are missing. A name in a variant of a language, such as `zh-Hans`, is one in it. */
export function missingNames(names: Readonly<Record<string, string>>): LanguageCode[] {
  const given = new Set(Object.keys(names).map((tag) => tag.toLowerCase().split('-')[0]));
  return sixLanguages.filter((language) => !given.has(language));
}
