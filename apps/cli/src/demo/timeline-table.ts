import type { RequestView } from '#libs/requests';
import { answerAt } from '#libs/templates';
import { columns, since, utcMinute, wrapped } from './layout.js';

/** What of an entry is shown. */
export type Entry = Pick<
  RequestView['timeline'][number],
  'at' | 'act' | 'party' | 'addressee' | 'by' | 'said'
>;

const acts: Readonly<Record<string, string>> = {
  save: 'composed',
  send: 'sent',
  'accepted-by-relay': 'accepted by a mail relay',
  'delivery-failed': 'one delivery failed',
  unreached: 'not reached',
  remind: 'reminded',
  acknowledge: 'receipt acknowledged',
  take: 'taken by an officer',
  assess: 'being assessed',
  ask: 'question to the requester',
  'answer-question': 'question answered',
  redirect: 'handed over to another body',
  'hand-over': 'begins anew with that body',
  'accept-offer': 'assistance accepted',
  'report-progress': 'progress reported',
  extend: 'longer timeframe',
  complete: 'assistance completed',
  release: 'assistance released',
  close: 'closed',
  reopen: 'reopened',
  withdraw: 'withdrawn',
};

const answers: Readonly<Record<string, string>> = {
  'can-assist': 'answer: can assist',
  'in-part': 'answer: can assist in part',
  cannot: 'answer: cannot assist',
  'more-time': 'asks for more time',
};

function what({ act, said }: Entry): string {
  const fields = said?.amendment?.length;
  if (act === 'amend') return `amended: ${fields} ${fields === 1 ? 'field' : 'fields'}`;
  return answers[said?.answer ?? ''] ?? acts[act] ?? act;
}

function who({ party, by }: Entry): string {
  if (by.kind === 'system') return `system, for ${party}`;
  return `${party}: ${by.name ?? 'unnamed'}${by.selfStated ? ' (self-stated)' : ''}`;
}

const places = ['/nature/description', '/refusal/explanation', '/moreTime/reason'];

/** The words that came with an act: its text, or the sentence at the heart of an answer. */
function wordsOf({ said }: Entry): string | undefined {
  if (said?.text) return said.text.text;
  const found = places.map((place) => answerAt(said?.answers, place)).find((value) => value !== undefined);
  return typeof found === 'object' && found !== null && 'text' in found ? String(found.text) : undefined;
}

/**
 * A timeline as lines of text: when (UTC, and hours and minutes since it was sent), on which addressee's line where
 * there are several, what and who; below it, within a width, the words that came with it.
 */
export function timelineTable(entries: readonly Entry[], width: number): string[] {
  const sent = entries.find(({ act }) => act === 'send')?.at ?? '';
  const after = entries.map(({ at }) => since(sent, at));
  const longest = Math.max(...after.map((each) => each.length));
  const several = new Set(entries.flatMap(({ addressee }) => addressee ?? [])).size > 1;
  const lines = columns(
    entries.map((entry, index) => [
      utcMinute(entry.at),
      (after[index] ?? '').padStart(longest),
      ...(several ? [entry.addressee ?? ''] : []),
      what(entry),
      who(entry),
    ]),
  );
  const indent = ' '.repeat(20 + longest + (several ? 4 : 0));
  return entries.flatMap((entry, index) => {
    const words = wordsOf(entry);
    return [lines[index] ?? '', ...(words === undefined ? [] : wrapped(`"${words}"`, indent, width))];
  });
}
