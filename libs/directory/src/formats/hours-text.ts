import type { Duty, WeeklyHours } from '../duty.js';
import { loosely } from './loose-words.js';

/** Beginnings of the names of days, folded, Monday first: English, French, Spanish, Portuguese, Italian, German, ... */
const dayStarts: readonly (readonly string[])[] = [
  [
    'mon',
    'lun',
    'seg',
    '2a',
    'montag',
    'maan',
    'пн',
    'поне',
    'pon',
    'pn',
    'po',
    'mo',
    'ma',
    'lu',
    'الاثنين',
    '周一',
    '星期一',
  ],
  [
    'tue',
    'mar',
    'ter',
    'die',
    'dins',
    'вт',
    'wto',
    'wt',
    'ute',
    'ut',
    'tu',
    'di',
    'الثلاثاء',
    '周二',
    '星期二',
  ],
  [
    'wed',
    'mer',
    'mie',
    'qua',
    'mit',
    'woe',
    'ср',
    'сре',
    'sro',
    'sr',
    'str',
    'st',
    'we',
    'mi',
    'wo',
    'الاربعاء',
    '周三',
    '星期三',
  ],
  [
    'thu',
    'jeu',
    'jue',
    'qui',
    'gio',
    'don',
    'чт',
    'чет',
    'czw',
    'cz',
    'ctv',
    'ct',
    'th',
    'do',
    'الخميس',
    '周四',
    '星期四',
  ],
  [
    'fri',
    'ven',
    'vie',
    'sex',
    'fre',
    'vri',
    'vrij',
    'пт',
    'пят',
    'pia',
    'pt',
    'pat',
    'pa',
    'fr',
    'vr',
    'الجمعة',
    '周五',
    '星期五',
  ],
  ['sat', 'sam', 'sab', 'zat', 'сб', 'суб', 'sob', 'so', 'sa', 'za', 'السبت', '周六', '星期六'],
  ['sun', 'dim', 'dom', 'son', 'zon', 'вс', 'вос', 'nie', 'nd', 'ned', 'ne', 'su', 'الاحد', '周日', '星期日'],
];
const starts = dayStarts.flatMap((names, at) => names.map((name): [string, number] => [name, at + 1]));
starts.sort(([one], [other]) => other.length - one.length);

/** Short beginnings stand alone; longer ones may go on. */
const dayOf = (word: string): number | undefined =>
  starts.find(([start]) => (start.length > 2 ? word.startsWith(start) : word === start))?.[1];

const shortDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours of the week as people read them, and as `readHours` takes them back: `Mon-Fri 09:00-17:00; Sat 10:00-12:00`. */
export function writeHours({ aroundTheClock, weekly = [] }: Duty): string {
  if (aroundTheClock) return '24/7';
  return weekly.map(({ days, from, to }) => `${writeDays(days)} ${from}-${to}`).join('; ');
}

function writeDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => shortDays[(day ?? 1) - 1] ?? '';
  return runs
    .map((run) => (run.length > 1 ? `${name(run[0])}-${name(run.at(-1))}` : name(run[0])))
    .join(', ');
}

const always =
  /24 ?(?:[x/*×]|hours?,? (?:a day,? )?) ?7|24 ?h(?:ours)? ?(?:[/x]|par jour) ?7|around the clock|round the clock|rund um die uhr|круглосуточно|calodobowo|nepretrzite|24 horas|24 heures sur 24|全天候|7x24|على مدار الساعة/;
const workdays =
  /working ?days|weekdays|business days|work(?:ing)? days|jours ouvr|dias (?:laborables|uteis|habiles)|werktag|werkdagen|giorni (?:feriali|lavorativi)|будн|рабочи[ех] дн|dni robocz|pracovni d|工作日|ايام العمل/;
const everyDay =
  /daily|every day|tous les jours|taglich|todos los dias|todos os dias|ogni giorno|ежедневно|codziennie|denne|dagelijks/;
const spanOfTimes =
  /(?<![\d:.])([01]?\d|2[0-4])(?:[:.h]([0-5]\d)?)?(?::00)? ?([ap]\.?m\.?)? ?(?:uhr|h|hrs?)? ?(?:-|to|till|until|a|à|bis|until|до|do|tot|ate|alle|至|الى) ?([01]?\d|2[0-4])(?:[:.h]([0-5]\d)?)?(?::00)? ?([ap]\.?m\.?)?(?![\d:.]*\d)/g;

function timeOf(hours: string | undefined, minutes: string | undefined, half: string | undefined): string {
  const given = Number(hours);
  const later = half?.startsWith('p') && given < 12 ? given + 12 : given;
  const hour = half?.startsWith('a') && given === 12 ? 0 : later;
  return `${String(hour).padStart(2, '0')}:${minutes ?? '00'}`;
}

/** Days that a piece of text names, as lists and spans ("Monday to Thursday, Sat"); empty where it names none. */
function daysIn(text: string): number[] {
  if (everyDay.test(text)) return [1, 2, 3, 4, 5, 6, 7];
  const parted = text.replace(/t\/m/g, 'to').replace(/[至到]/g, ' 至 ');
  const words = parted.match(/[\p{L}\d]+|-|–/gu) ?? [];
  const days: number[] = [];
  let span = false;
  for (const word of words.slice(0, 200)) {
    if (/^(?:-|to|through|thru|until|till|a|au|al|bis|to|по|do|tot|ate|至|الى)$/.test(word)) {
      span = days.length > 0;
      continue;
    }
    const day = dayOf(word);
    if (day === undefined) continue;
    const from = days.at(-1) ?? day;
    if (span)
      for (let next = (from % 7) + 1; next !== day && days.length < 7; next = (next % 7) + 1) days.push(next);
    days.push(day);
    span = false;
  }
  const named = [...new Set(days)].sort();
  return named.length > 0 || !workdays.test(text) ? named : [1, 2, 3, 4, 5];
}

/**
 * Weekly hours that a text names; undefined where it names none. `assumed`: it names times without days, which were
 * taken for Monday to Friday.
 */
export function readHours(text: string): { duty: Duty; assumed: boolean } | undefined {
  const line = loosely(text.slice(0, 4000)).replace(/[ \u00a0\t\n]+/g, ' ');
  const weekly: WeeklyHours[] = [];
  let past = 0;
  let days: number[] = [];
  let assumed = false;
  for (const found of line.matchAll(spanOfTimes)) {
    const named = daysIn(line.slice(past, found.index));
    past = found.index + found[0].length;
    days = named.length > 0 ? named : days;
    if (days.length === 0) {
      days = [1, 2, 3, 4, 5];
      assumed = true;
    }
    const from = timeOf(found[1], found[2], found[3]);
    const to = timeOf(found[4], found[5], found[6]);
    if (from < '24:00' && to <= '24:00') weekly.push({ days, from, to });
    if (weekly.length >= 42) break;
  }
  // Where there are both, a line that is answered around the clock stands beside office hours.
  if (weekly.length === 0)
    return always.test(line) ? { duty: { aroundTheClock: true }, assumed: false } : undefined;
  return { duty: { weekly }, assumed };
}
