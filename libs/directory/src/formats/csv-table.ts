import { CsvError, parse } from 'csv-parse/sync';
import { undefuse } from './csv-cell.js';
import { readColumn, type ChannelColumn, type Column } from './csv-columns.js';
import { quoted, type Tell } from './findings.js';
import { tidyText } from './tidy-entry.js';

/** A row of a table: its cells by column, those in languages by language, and where it begins. */
export interface TableRow {
  line: number;
  cell(name: Column | ChannelColumn): string;
  /** Whether a spreadsheet would reckon it: nobody told it that it is text. */
  isFormula(name: Column): boolean;
  inLanguages(name: Column): [language: string, text: string][];
}

/** Rows beyond these are not read. */
export const mostRows = 20_000;

/** Characters of one row; one with a key in it has some thousands. */
const mostOfRow = 300_000;

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** The mark between the cells: of comma, semicolon and tab, which the first line has most often outside quotes. */
function delimiterOf(text: string): string {
  const first = /^(?:[^"\r\n]|"[^"]*")*/.exec(text.slice(0, 20_000))?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((mark): [string, number] => [mark, first.split(mark).length]);
  return counts.sort(([, one], [, other]) => other - one)[0]?.[0] ?? ',';
}

function records(text: string, delimiter: string, tell: Tell): Parsed[] {
  try {
    return parse(text, {
      ...{ delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
      to: mostRows + 1,
      max_record_size: mostOfRow,
    }) as unknown as Parsed[];
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? { line: error.lines } : {};
    tell(
      'refuse',
      'not-this-format',
      'The table ends within a quoted cell, or has a row that is too long.',
      line,
    );
    return [];
  }
}

/** The rows of a table under its first one, which names the columns. Telling what is wrong with either. */
export function readTable(whole: string, tell: Tell): { rows: TableRow[]; named: boolean } {
  const [declared = '', mark] = /^\uFEFF?sep=([,;\t])\r?\n/i.exec(whole) ?? [];
  const text = whole.slice(declared.length).replace(/^\uFEFF/, '');
  const before = declared === '' ? 0 : 1;
  const [header, ...rest] = records(text, mark ?? delimiterOf(text), tell);
  const titles = header?.record ?? [];
  const read = titles.slice(0, 1000).map(readColumn);
  const named = read.some((column) => column !== undefined);
  if (!named) {
    tell('refuse', 'not-this-format', 'The first row names none of the columns that are known.', { line: 1 });
    return { rows: [], named };
  }
  read.forEach((column, at) => {
    const place = { line: 1 + before, column: titles[at] ?? '' };
    if (!column)
      tell(
        'warn',
        'unknown-field',
        `The column ${quoted(titles[at] ?? '')} is not known and was left out.`,
        place,
      );
    else if (read.findIndex((one) => one?.name === column.name && one.language === column.language) < at)
      tell(
        'warn',
        'twice',
        `The column ${quoted(titles[at] ?? '')} stands twice: the first one was read.`,
        place,
      );
  });
  if (rest.length >= mostRows)
    tell('refuse', 'too-large', `The table has more than ${mostRows} rows.`, { line: mostRows });
  const rows = rest.map(({ record, info }, at): TableRow => {
    // The parser says where a row ends; it begins after the one before it.
    const line = (rest[at - 1]?.info.lines ?? header?.info.lines ?? 1) + before + 1;
    if (record.length > titles.length)
      tell('warn', 'unread', 'The row has more cells than there are columns.', {
        line: Math.min(line, info.lines + before),
      });
    const value = (place: number): string => tidyText(undefuse(record[place] ?? ''));
    return {
      line: Math.min(line, info.lines + before),
      cell: (name) => value(read.findIndex((one) => one?.name === name && one.language === undefined)),
      isFormula: (name) => /^[=＝]/.test(record[read.findIndex((one) => one?.name === name)] ?? ''),
      inLanguages: (name) =>
        read.flatMap((one, place): [string, string][] =>
          one?.name === name && value(place) !== '' ? [[one.language ?? 'und', value(place)]] : [],
        ),
    };
  });
  return { rows, named };
}
