/** Languages in which the system speaks, as BCP 47 tags; the six of the United Nations fit here. */
export const languages = ['en', 'fr'] as const;

export type Language = (typeof languages)[number];

/** Names of the languages in themselves, as a reader looks for them. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

export const isLanguage = (value: unknown): value is Language => languages.some((known) => known === value);

/** RFC 4647, 3.4: cut the last subtag, and with it a single-letter one that would then end the range. */
const shorten = (range: string): string => range.replace(/-[^-]*$/, '').replace(/-[^-]$/, '');

/**
 * The language for a reader who prefers these BCP 47 ranges, best first: the "lookup" of RFC 4647, 3.4.
 * English when none fits; a lone `*` says nothing and is passed over.
 */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const range of preferred) {
    let rest = range.trim().toLowerCase();
    while (rest !== '') {
      if (isLanguage(rest)) return rest;
      const shorter = shorten(rest);
      rest = shorter === rest ? '' : shorter;
    }
  }
  return 'en';
}

/**
 * The ranges of an Accept-Language value (RFC 9110, 12.5.4), best first and in their own order at equal
 * weight; those of weight 0 and malformed ones are left out. Reads no more than the first 1,000 characters.
 */
export function parseAcceptLanguage(value: string | undefined): string[] {
  return (value ?? '')
    .slice(0, 1000)
    .split(',')
    .flatMap((item) => {
      const match =
        /^\s*(\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(item);
      return match?.[1] === undefined ? [] : [{ range: match[1], weight: Number(match[2] ?? '1') }];
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

const rightToLeft = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'ks',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
]);
const rightToLeftScripts = new Set(['adlm', 'arab', 'aran', 'hebr', 'nkoo', 'rohg', 'syrc', 'thaa']);

/** Direction in which a text with this BCP 47 tag runs: by its script where the tag names one, else by its language. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = tag.toLowerCase().split('-');
  const script = rest.find((subtag) => /^[a-z]{4}$/.test(subtag));
  const runsLeft = script === undefined ? rightToLeft.has(primary) : rightToLeftScripts.has(script);
  return runsLeft ? 'rtl' : 'ltr';
}
