import type { Duty } from '../duty.js';
import { quoted } from './findings.js';

/** What a value says, or what is wrong with it. */
export type Value<T> = { value: T } | { fault: string };

/** One of a list of words, whatever its case, with blanks or underscores for hyphens. */
export function readWord<T extends string>(text: string, words: readonly T[]): Value<T> {
  const bare = text
    .slice(0, 200)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  const value = words.find((word) => word === bare);
  return value ? { value } : { fault: `must be one of ${words.join(', ')}, not ${quoted(text)}` };
}

/** Words that programs know: small letters, joined by hyphens. */
export function readWords(items: readonly string[]): { words: string[]; unfit: string[] } {
  const read = items.map((item) =>
    item
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-'),
  );
  const fits = (word: string): boolean => word.length <= 60 && /^[a-z]+(?:-[a-z]+)*$/.test(word);
  return {
    words: [...new Set(read.filter(fits))],
    unfit: items.filter((_, at) => !fits(read[at] ?? '')),
  };
}

/** A day that exists, as `YYYY-MM-DD`. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

const languageNames: Readonly<Record<string, string>> = {
  ...{
    english: 'en',
    anglais: 'en',
    ingles: 'en',
    englisch: 'en',
    английский: 'en',
    inglese: 'en',
    angielski: 'en',
  },
  ...{ french: 'fr', francais: 'fr', frances: 'fr', franzosisch: 'fr', французский: 'fr', francese: 'fr' },
  ...{ spanish: 'es', espagnol: 'es', espanol: 'es', castellano: 'es', spanisch: 'es', испанский: 'es' },
  ...{ german: 'de', allemand: 'de', aleman: 'de', deutsch: 'de', немецкий: 'de', tedesco: 'de' },
  ...{ russian: 'ru', russe: 'ru', ruso: 'ru', russisch: 'ru', русский: 'ru', russo: 'ru' },
  ...{ arabic: 'ar', arabe: 'ar', arabisch: 'ar', арабский: 'ar', العربية: 'ar' },
  ...{ chinese: 'zh', chinois: 'zh', chino: 'zh', chinesisch: 'zh', китайский: 'zh', 中文: 'zh' },
  ...{ portuguese: 'pt', portugues: 'pt', portugais: 'pt', italian: 'it', italiano: 'it', italien: 'it' },
  ...{ polish: 'pl', polski: 'pl', czech: 'cs', cesky: 'cs', cestina: 'cs', dutch: 'nl', nederlands: 'nl' },
};

/** A language tag as it is spelt: `FR` is `fr`, `zh-hans` is `zh-Hans`. */
export function spelt(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}

/** A language by its BCP 47 tag, or by its name in one of several languages; undefined for neither. */
export function readLanguage(text: string): string | undefined {
  const folded = text
    .slice(0, 60)
    .trim()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  if (Object.hasOwn(languageNames, folded)) return languageNames[folded];
  const tag = text.trim();
  return tag.length <= 35 && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) ? spelt(tag) : undefined;
}

/** Public holidays of a State and its region, as `XA` or `XA XA-1`. */
export function readHolidays(text: string): Value<NonNullable<Duty['holidays']>> {
  const [, country = '', region] = /^([A-Z]{2})(?: ([A-Z]{2}-[A-Z0-9]{1,3}))?$/.exec(text) ?? [];
  if (country === '') return { fault: 'must be a code of ISO 3166-1, and of ISO 3166-2 for a region' };
  return { value: region === undefined ? { country } : { country, region } };
}
