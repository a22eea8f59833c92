import type { Language } from './language.js';
import { textsIn } from './texts.js';
import type { enRoleSheets } from './texts/en-role-sheets.js';

type Sheets = (typeof enRoleSheets)['sheets'];

/** One thing that a sheet says, under a word that is the same in every language. */
export interface SheetLine {
  id: string;
  text: string;
}

/** What a role sheet says in one language. */
export interface RoleSheetText {
  language: string;
  purpose: string;
  roles: SheetLine[];
  coordination: SheetLine[];
  readiness: SheetLine[];
}

const lines = (said: Readonly<Record<string, string>>): SheetLine[] =>
  Object.entries(said).map(([id, text]) => ({ id, text }));

/** The sheet of a level that the software brings along, in a language (A/76/135, 77 (a)). */
export function defaultRoleSheet(level: keyof Sheets, language: Language): RoleSheetText {
  const { purpose, roles, coordination, readiness } = textsIn(language).roleSheets.sheets[level];
  return {
    ...{ language, purpose, roles: lines(roles), coordination: lines(coordination) },
    readiness: lines(readiness),
  };
}
