import type { LineClocks, RequestView } from '#libs/requests';
import { columns, hours, since, utcMinute } from './layout.js';

type Clock = LineClocks['clocks'][number];
type View = Pick<RequestView, 'addressees' | 'timeline'>;

const targets: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledge',
  'first-answer': 'first answer',
};

const timeOf = ({ elapsedMinutes }: Clock): string => hours(elapsedMinutes).padStart(6);
const stateOf = ({ state, late, lateMinutes }: Clock): string =>
  late ? `${state}, ${hours(lateMinutes)} late` : state;

function nameOf({ addressees }: View, { party, body }: LineClocks): string {
  const line = addressees.find((one) => one.party === party && (one.body?.id ?? null) === body);
  return line?.body ? `${party}, ${line.body.names.en}` : party;
}

function rowsOf(view: View, line: LineClocks): string[][] {
  return Object.entries(targets).flatMap(([target, name], index) => {
    const of = (measure: string) =>
      line.clocks.find((clock) => clock.target === target && clock.measure === measure);
    const [waiting, net] = [of('waiting'), of('net')];
    if (!waiting || !net) return [];
    return [
      [
        index === 0 ? nameOf(view, line) : '',
        name,
        hours(waiting.targetMinutes).padStart(6),
        timeOf(waiting),
        stateOf(waiting),
        timeOf(net),
        stateOf(net),
      ],
    ];
  });
}

/** When the net clock of a line stood still: from a question to the requester until it was answered. */
function pauses({ timeline }: View, { party, body }: LineClocks, sentAt: string): string[] {
  const entries = timeline.filter((entry) => entry.addressee === party && entry.body === body);
  return entries.flatMap(({ act, at }, index) => {
    if (act !== 'ask') return [];
    const answered = entries.slice(index).find((entry) => entry.act === 'answer-question');
    const until = answered ? `until ${utcMinute(answered.at)} (${since(sentAt, answered.at)})` : 'and still';
    return [`Net of ${party} paused ${utcMinute(at)} (${since(sentAt, at)}) ${until}: a question was open`];
  });
}

/**
 * The clocks of all lines as lines of text: for each target how long it may take, the time that the requester waited
 * and the net one, each with its state; below them when the net clock was paused.
 */
export function clockTable(view: View, lines: readonly LineClocks[], sentAt: string): string[] {
  const head = ['asked', 'target', 'within', 'waited', 'state', '   net', 'state'];
  return [
    ...columns([head, ...lines.flatMap((line) => rowsOf(view, line))]),
    ...lines.flatMap((line) => pauses(view, line, sentAt)),
  ];
}

/** What the minutes of these clocks are: all of them, or those in the duty hours of who is asked. */
export function clockTitle(lines: readonly LineClocks[]): string {
  const working = lines.filter(({ clocks }) => clocks.some(({ counts }) => counts === 'working'));
  const hoursOf = working.map(({ party, calendar }) => `${party} (${calendar.zone})`);
  return working.length === 0
    ? 'Clocks (hours and minutes, counted day and night)'
    : `Clocks (hours and minutes in the duty hours of ${[...new Set(hoursOf)].join(', ')})`;
}
