import type { RequestView } from '#libs/requests';
import { answerAt, ownCatalogue } from '#libs/templates';
import { textsIn } from '#libs/wording';
import { columns, since, utcMinute, wrapped } from './layout.js';

/** What of an entry is shown. */
export type Entry = Pick<
  RequestView['timeline'][number],
  'at' | 'act' | 'party' | 'addressee' | 'by' | 'said'
>;

const { done } = textsIn('en');

/** What happened, in the words that documents use; an answer in those of its template. */
function what({ act, said }: Entry): string {
  const words = done[act as keyof typeof done] ?? act;
  const fields = said?.amendment?.length;
  if (fields !== undefined) return `${words}: ${fields} ${fields === 1 ? 'field' : 'fields'}`;
  const response = ownCatalogue().find('response');
  const answer = response?.codeLists['answers']?.codes.find(({ code }) => code === said?.answer);
  return answer ? `${words}: ${answer.texts.en}` : words;
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
