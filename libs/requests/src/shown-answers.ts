import { answerSections, changedSections, type Answers, type Template } from '#libs/templates';
import type { DocumentSection, Language } from '#libs/wording';

/** Answers to be shown on their template, its key fields among them; with `before`, only what changed since. */
export interface Shown {
  template: Template;
  answers: Answers;
  before?: Answers | undefined;
}

/** Names of parties by code and language. */
export type PartyNames = ReadonlyMap<string, Readonly<Record<string, string>>>;

export const partyName =
  (names: PartyNames, language: Language) =>
  (code: string): string =>
    names.get(code)?.[language] ?? code;

/** Sections of what was answered beyond the five key fields, which stand elsewhere. */
export function sectionsOf(
  { template, answers, before }: Shown,
  language: Language,
  names: PartyNames,
): DocumentSection[] {
  const reader = { language, partyName: partyName(names, language) };
  const options = { withoutKeys: true };
  return before === undefined
    ? answerSections(template, answers, reader, options)
    : changedSections(template, before, answers, reader, options);
}

/** What was determined, in the words of the response's own list. */
export const answerWords = (template: Template | undefined, code: string, language: Language): string =>
  template?.codeLists['answers']?.codes.find((each) => each.code === code)?.texts[language] ?? code;

/** Whatever looks like the code of a party in answers, so that its name can be read. */
export function codesIn(answers: unknown): string[] {
  if (typeof answers === 'string') return /^[A-Z]{2}$/.test(answers) ? [answers] : [];
  if (typeof answers !== 'object' || answers === null) return [];
  return Object.values(answers).flatMap(codesIn);
}
