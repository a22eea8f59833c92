/** What the last label of a domain name says of a country. */
export type Ending =
  | { is: 'country'; code: string; isOftenGeneric: boolean }
  | { is: 'none'; why: 'generic' | 'not-a-country' | 'special' };

/** Labels that are not the code of their country in ISO 3166-1, or of none that is there. */
const exceptions: Readonly<Record<string, string | null>> = { uk: 'GB', eu: null, su: null, ac: null };

/** Sold to anybody, wherever they are: such a name says little of its country. */
const oftenGeneric = new Set(
  'ai am bz cc cd cf co dj fm fo ga gg gq im io je la li ly me ml ms mu nu pw sc sh so sr st tk to tv vc vu ws'.split(
    ' ',
  ),
);

/** Top-level names that lead to no place on the public internet (RFC 6761, 6762, 7686, 8375, 9476 and ICANN, 2024). */
const special = new Set('alt arpa example internal invalid local localhost onion test'.split(' '));

/** Names of countries in other scripts, by code. */
const inOtherScripts: Readonly<Record<string, string>> = {
  ...{
    AE: 'امارات',
    AM: 'հայ',
    BD: 'বাংলা',
    BG: 'бг',
    BH: 'البحرين',
    BY: 'бел',
    CN: '中国 中國',
    DZ: 'الجزائر',
  },
  ...{ EG: 'مصر', GE: 'გე', GR: 'ελ', HK: '香港', IQ: 'عراق', IR: 'ایران', JO: 'الاردن', KR: '한국' },
  ...{ KZ: 'қаз', LA: 'ລາວ', LK: 'ලංකා இலங்கை', MA: 'المغرب', MK: 'мкд', MN: 'мон', MO: '澳門 澳门' },
  ...{ MR: 'موريتانيا', MY: 'مليسيا', OM: 'عمان', PK: 'پاکستان پاكستان', PS: 'فلسطين', QA: 'قطر', RS: 'срб' },
  ...{ RU: 'рф', SA: 'السعودية', SD: 'سودان', SG: '新加坡 சிங்கப்பூர்', SY: 'سورية', TH: 'ไทย', TN: 'تونس' },
  ...{ TW: '台湾 台灣', UA: 'укр', YE: 'اليمن' },
  IN: 'भारत ভারত ਭਾਰਤ ભારત இந்தியா ಭಾರತ ഭാരതം ଭାରତ ভাৰত भारतम् भारोत بھارت بارت ڀارت భారత్',
};
const byLabel = new Map(
  Object.entries(inOtherScripts).flatMap(([code, labels]) =>
    labels.split(' ').map((label) => [asciiOf(label) ?? label, code] as const),
  ),
);

/** The country that the last label of a name in ASCII stands for. */
export function endingOf(name: string): Ending {
  const label = name.split('.').at(-1) ?? '';
  if (special.has(label)) return { is: 'none', why: 'special' };
  const exception = exceptions[label];
  if (exception === null) return { is: 'none', why: 'not-a-country' };
  const code =
    exception ?? byLabel.get(label) ?? (/^[a-z]{2}$/.test(label) ? label.toUpperCase() : undefined);
  return code === undefined
    ? { is: 'none', why: 'generic' }
    : { is: 'country', code, isOftenGeneric: oftenGeneric.has(label) };
}

/** A domain name in its ASCII form (IDNA), without a dot at its end; undefined where it is none. */
export function asciiOf(name: string): string | undefined {
  if (/[\s/\\:@?#%[\]]/u.test(name) || !URL.canParse(`http://${name}`)) return undefined;
  const ascii = new URL(`http://${name}`).hostname.replace(/\.$/, '');
  const isName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*(?!\d+$)[a-z0-9-]{2,63}$/.test(
    ascii,
  );
  return isName ? ascii : undefined;
}

/** A name and all that it lies under, longest first. */
export function suffixesOf(name: string): string[] {
  const labels = name.split('.');
  return labels.map((_, at) => labels.slice(at).join('.'));
}
