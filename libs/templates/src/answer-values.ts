import {
  formatStatedInstant,
  isTlpCode,
  isUrgency,
  languageName,
  textsIn,
  tlpLabel,
  urgencyName,
  type DocumentEntry,
  type DocumentValue,
  type Language,
} from '#libs/wording';
import { isUnavailable, type Unavailable } from './fields.js';
import { isMembers, membersOf, type Members } from './loose-json.js';
import { resolve } from './schema-rules.js';
import type { FieldPart, Template } from './template-document.js';
import { textFormats } from './text-formats.js';

/** Who reads answers: in which language, and what the States in them are called there. */
export interface AnswerReader {
  readonly language: Language;
  /** The name of the State with this ISO 3166-1 alpha-2 code; the code itself where there is none. */
  readonly partyName: (code: string) => string;
}

const plain = (text: string): DocumentValue => ({ kind: 'plain', text });
const isInstant = (text: string): boolean => textFormats['utc-instant']?.test(text) === true;

/** Lists whose codes people know by themselves: a translation alone would not be found again. */
const known: Readonly<Record<string, (code: string, text: string, language: Language) => string>> = {
  tlp: (code, text) => (isTlpCode(code) ? tlpLabel(code) : text),
  urgency: (code, text, language) => (isUrgency(code) ? `${code} ${urgencyName(code, language)}` : text),
  rsit: (code, text) => `${text} (${code})`,
};

/** The highest port there is. A number that ends there names something; it counts nothing, and has no separators. */
const lastPort = 65_535;

/** Answers to one template, value by value, in the words of one reader. Nothing that was answered is left out. */
export class AnswerValues {
  constructor(
    private readonly template: Template,
    private readonly reader: AnswerReader,
  ) {}

  /** A whole field: its value, or why there is none; undefined for a group in which nothing is stated. */
  field(answer: unknown, schema: unknown, parts: readonly FieldPart[] = []): DocumentValue | undefined {
    if (isUnavailable(answer)) return { kind: 'absent', text: this.reason(answer) };
    const value = this.value(answer, schema, parts);
    return value.kind === 'group' && value.entries.length === 0 ? undefined : value;
  }

  private reason({ availability, expectedAt }: Unavailable): string {
    const words = textsIn(this.reader.language).availability;
    return expectedAt === undefined ? words[availability] : words.expected(formatStatedInstant(expectedAt));
  }

  private value(answer: unknown, schema: unknown, parts: readonly FieldPart[]): DocumentValue {
    const resolved = resolve(schema, membersOf(this.template.schema.$defs));
    if (Array.isArray(answer)) {
      if (answer.length === 0) return plain(textsIn(this.reader.language).answer.none);
      return { kind: 'list', items: answer.map((item) => this.value(item, resolved.items, parts)) };
    }
    if (!isMembers(answer)) return plain(this.line(answer, resolved));
    const { text, language, ...others } = answer;
    if (typeof text === 'string' && typeof language === 'string' && Object.keys(others).length === 0)
      return { kind: 'written', text, language };
    return { kind: 'group', entries: this.members(answer, membersOf(resolved.properties), parts) };
  }

  /** The members of a group in the order of its layout; what the layout does not know keeps its name. */
  private members(group: Members, schemas: Members, parts: readonly FieldPart[]): DocumentEntry[] {
    const { language } = this.reader;
    const drawn = parts
      .filter(({ name }) => group[name] !== undefined)
      .map(({ name, label, parts: inner = [] }) => ({
        label: label[language],
        value: this.value(group[name], schemas[name], inner),
      }));
    const others = Object.entries(group)
      .filter(([name]) => !parts.some((part) => part.name === name))
      .map(([name, value]) => ({ label: name, value: this.value(value, schemas[name], []) }));
    return [...drawn, ...others];
  }

  private line(answer: unknown, schema: Members): string {
    const { language } = this.reader;
    const { yes, no } = textsIn(language).answer;
    if (typeof answer === 'string') return this.text(answer, schema);
    if (typeof answer === 'boolean') return answer ? yes : no;
    if (typeof answer !== 'number') return String(answer);
    if (schema.maximum === lastPort) return String(answer);
    return new Intl.NumberFormat(language, { maximumSignificantDigits: 21 }).format(answer);
  }

  private text(answer: string, { codeList, format }: Members): string {
    if (typeof codeList === 'string') return this.code(answer, codeList);
    if (format === 'party-code') return this.reader.partyName(answer);
    if (format === 'language-tag') return languageName(answer, this.reader.language);
    return format === 'utc-instant' && isInstant(answer) ? formatStatedInstant(answer) : answer;
  }

  private code(code: string, list: string): string {
    const { language } = this.reader;
    const text = this.template.codeLists[list]?.codes.find((one) => one.code === code)?.texts[language];
    if (text === undefined) return code;
    return Object.hasOwn(known, list) ? (known[list]?.(code, text, language) ?? text) : text;
  }
}
