import { loosely } from './loose-words.js';

/** Beginnings of the names of months, folded: English, French, Spanish, Portuguese, Italian, German, Dutch, and Slavic. */
const months: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'янв', 'sty', 'led', 'يناير', 'كانون الثاني'],
  ['feb', 'fev', 'fevr', 'фев', 'lut', 'uno', 'فبراير', 'شباط'],
  ['mar', 'maart', 'мар', 'brez', 'مارس', 'اذار'],
  ['apr', 'avr', 'abr', 'апр', 'kwi', 'dub', 'ابريل', 'نيسان'],
  ['may', 'mai', 'mag', 'mei', 'мая', 'май', 'maj', 'kve', 'مايو', 'ايار'],
  ['jun', 'juin', 'giu', 'июн', 'cze', 'cerven', 'cervn', 'يونيو', 'حزيران'],
  ['jul', 'juil', 'lug', 'июл', 'lip', 'cervenc', 'يوليو', 'تموز'],
  ['aug', 'aou', 'ago', 'авг', 'sie', 'srp', 'اغسطس', 'اب'],
  ['sep', 'set', 'сен', 'wrz', 'zar', 'سبتمبر', 'ايلول'],
  ['oct', 'okt', 'out', 'ott', 'окт', 'paz', 'rij', 'اكتوبر', 'تشرين الاول'],
  ['nov', 'ноя', 'lis', 'نوفمبر', 'تشرين الثاني'],
  ['dec', 'dez', 'dic', 'дек', 'gru', 'pros', 'ديسمبر', 'كانون الاول'],
];

const starts = months.flatMap((names, at) => names.map((name): [string, number] => [name, at + 1]));
starts.sort(([one], [other]) => other.length - one.length);

const monthOf = (word: string): number | undefined =>
  /^[\p{L} ]{2,20}$/u.test(word) ? starts.find(([start]) => word.startsWith(start))?.[1] : undefined;

function dated(year: number, month: number, day: number): string | undefined {
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const fits = full >= 1970 && full < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return fits ? date.toISOString().slice(0, 10) : undefined;
}

/** `ambiguous`: day and month could be the other way round; the day was taken to come first. */
export interface DateRead {
  on: string;
  ambiguous: boolean;
}

const yearFirst = /(?<!\d)(\d{4})(?: ?[-/.年] ?)(\d{1,2})(?: ?[-/.月] ?)(\d{1,2})(?!\d)/;
const compactForm = /(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)/;
const dayFirst = /(?<!\d)(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})(?!\d)/;
const dayMonthWord =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[ -]?(?:de |d'|of )?[ -]?(\p{L}{2,20})\.?,?[ -]?(?:de |del )?[ -]?(\d{4}|\d{2})(?!\d)/u;
const monthWordDay = /(\p{L}{3,20})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/u;

/** The first date in a text, `YYYY-MM-DD`, in whichever of the usual shapes and in ten languages. */
export function readDate(text: string): DateRead | undefined {
  const line = loosely(text.slice(0, 300)).replace(/[ \u00a0]+/g, ' ');
  const sure = (on: string | undefined): DateRead | undefined => (on ? { on, ambiguous: false } : undefined);
  for (const pattern of [yearFirst, compactForm]) {
    const [, year, month, day] = pattern.exec(line) ?? [];
    const read = year && sure(dated(Number(year), Number(month), Number(day)));
    if (read) return read;
  }
  const [, one, mark, other, year] = dayFirst.exec(line) ?? [];
  if (one && other && year) {
    const on = dated(Number(year), Number(other), Number(one));
    const turned = dated(Number(year), Number(one), Number(other));
    // With dots the day always comes first; with other marks it depends on who wrote it.
    if (on) return { on, ambiguous: mark !== '.' && turned !== undefined && turned !== on };
    if (turned) return { on: turned, ambiguous: false };
  }
  const [, day, word = '', in4] = dayMonthWord.exec(line) ?? [];
  const [, first = '', second, third] = monthWordDay.exec(line) ?? [];
  const month = monthOf(word);
  if (month !== undefined) return sure(dated(Number(in4), month, Number(day)));
  const named = monthOf(first);
  return named === undefined ? undefined : sure(dated(Number(third), named, Number(second)));
}
