import { defaultRoleSheet, languages, type RoleSheetText, type SheetLine } from '#libs/wording';
import type { Level } from '../entry-words.js';

/** A role sheet in all its languages. Version 0 is what the software brings along. */
export interface RoleSheet {
  level: Level;
  version: number;
  /** Whether the network has words of its own. */
  adapted: boolean;
  texts: RoleSheetText[];
}

/** The sheet that holds: what the network says in its own words, else the one that the software brings along. */
export function sheetThatHolds(
  level: Level,
  own: { version: number; texts: RoleSheetText[] } | undefined,
): RoleSheet {
  const adapted = own !== undefined && own.texts.length > 0;
  const texts = adapted ? own.texts : languages.map((language) => defaultRoleSheet(level, language));
  return { level, version: own?.version ?? 0, adapted, texts };
}

/** The text for a reader: in a language they prefer, else in English, else the first. */
export function textFor(sheet: RoleSheet, preferred: string): RoleSheetText | undefined {
  const [primary = ''] = preferred.toLowerCase().split('-');
  const { texts } = sheet;
  return (
    texts.find(({ language }) => language.toLowerCase() === preferred.toLowerCase()) ??
    texts.find(({ language }) => language.toLowerCase().split('-')[0] === primary) ??
    texts.find(({ language }) => language === 'en') ??
    texts[0]
  );
}

const parts = ['roles', 'coordination', 'readiness'] as const;

/** Where texts do not say the same under the same words in each language, with a pointer to the text that differs. */
export function sheetFaults(texts: readonly RoleSheetText[]): { pointer: string; detail: string }[] {
  const [first] = texts;
  if (!first) return [];
  const words = (lines: readonly SheetLine[]) => lines.map(({ id }) => id);
  return texts.flatMap((text, at) =>
    parts.flatMap((part) => {
      const ids = words(text[part]);
      if (new Set(ids).size !== ids.length)
        return [{ pointer: `#/texts/${at}/${part}`, detail: 'must name each word once' }];
      return ids.join(' ') === words(first[part]).join(' ')
        ? []
        : [
            {
              pointer: `#/texts/${at}/${part}`,
              detail: 'must have the same words, in the same order, as the first text',
            },
          ];
    }),
  );
}

/** The ids of what a sheet asks for. */
export const requirementsOf = ({ texts }: Pick<RoleSheet, 'texts'>): string[] =>
  (texts[0]?.readiness ?? []).map(({ id }) => id);

export const readinessAnswers = ['yes', 'no', 'not-yet-known'] as const;
export type ReadinessAnswer = (typeof readinessAnswers)[number];

/** What is met and what is open; no sum of it is made. */
export interface ReadinessResult {
  met: string[];
  notMet: string[];
  /** Not yet known, or not answered, as when the sheet has grown since. */
  open: string[];
}

/** How answers stand against what a sheet asks for now; answers that it no longer asks for are left out. */
export function readinessResult(
  requirements: readonly string[],
  answers: Readonly<Record<string, { answer: ReadinessAnswer }>>,
): ReadinessResult {
  const of = (id: string) => (Object.hasOwn(answers, id) ? answers[id]?.answer : undefined);
  return {
    met: requirements.filter((id) => of(id) === 'yes'),
    notMet: requirements.filter((id) => of(id) === 'no'),
    open: requirements.filter((id) => of(id) !== 'yes' && of(id) !== 'no'),
  };
}
