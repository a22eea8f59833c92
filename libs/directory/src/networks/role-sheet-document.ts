import {
  textsIn,
  type DocumentSection,
  type DocumentText,
  type Language,
  type SheetLine,
} from '#libs/wording';
import { textFor, type RoleSheet } from './role-sheets.js';

/** A role sheet as a document to be read and printed. It says nothing of any party, so it may be passed on freely. */
export function roleSheetDocument(
  sheet: RoleSheet,
  of: {
    code: string;
    name: string;
    language: Language;
    instance: DocumentText['instance'];
    producedAt: Date;
  },
): DocumentText {
  const { words } = textsIn(of.language).roleSheets;
  const text = textFor(sheet, of.language);
  const language = text?.language ?? of.language;
  const section = (title: string, lines: readonly SheetLine[]): DocumentSection => ({
    ...{ title, level: 1 },
    entries: [
      {
        label: '',
        value: {
          kind: 'list',
          items: lines.map((line) => ({ kind: 'written', text: line.text, language })),
        },
      },
    ],
  });
  return {
    ...{ language: of.language, instance: of.instance, traffic: 'actual', tlp: 'CLEAR' },
    title: words.title(words.levels[sheet.level], of.name),
    reference: `${of.code}-${sheet.level}-${sheet.version}`,
    producedAt: of.producedAt,
    entries: [
      { label: words.version, value: { kind: 'plain', text: String(sheet.version) } },
      { label: words.purpose, value: { kind: 'written', text: text?.purpose ?? '', language } },
      {
        label: sheet.adapted ? words.own : 'A/76/135',
        value: { kind: 'plain', text: words.guidance },
      },
    ],
    sections: [
      section(words.roles, text?.roles ?? []),
      section(words.coordination, text?.coordination ?? []),
      section(words.readiness, text?.readiness ?? []),
    ].filter(({ entries: [entry] }) => entry?.value.kind === 'list' && entry.value.items.length > 0),
    fixed: [],
  };
}
