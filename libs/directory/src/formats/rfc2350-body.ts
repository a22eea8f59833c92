import { fictionalStates, memberStates } from '#libs/parties';
import { readConstituency, type ConstituencyItem } from '../constituency.js';
import type { Draft } from './draft-entry.js';
import type { Tell } from './findings.js';
import { loosely } from './loose-words.js';
import { spelt } from './read-values.js';
import type { Piece } from './rfc2350-document.js';

const states = [...memberStates, ...fictionalStates].flatMap(({ code, names }) =>
  Object.values(names).map((name): [string, string] => [loosely(name), code]),
);

/** The State that one of the lines names, the last ones first, in any of the six languages. */
export function stateNamed(pieces: readonly Piece[]): string | undefined {
  for (const { text } of [...pieces].reverse().slice(0, 40)) {
    const line = ` ${loosely(text.slice(0, 300))
      .replace(/[^\p{L}' -]+/gu, ' ')
      .replace(/\s+/g, ' ')} `;
    const found = states
      .filter(([name]) => (/^\p{Script=Han}/u.test(name) ? line.includes(name) : line.includes(` ${name} `)))
      .sort(([one], [other]) => other.length - one.length)[0];
    if (found) return found[1];
  }
  return undefined;
}

/** Text that was broken into lines, put together again, each paragraph on a line of its own. */
export function paragraphs(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  let open = false;
  for (const { line, text } of pieces) {
    const last = whole.at(-1);
    if (text === '') open = false;
    else if (open && last && !/^(?:[-*•·–▪◦] ?|\[[A-Za-z-]{2,35}\] )/.test(text)) last.text += ` ${text}`;
    else {
      whole.push({ line, text });
      open = true;
    }
  }
  return whole;
}

const tagged = /^\[([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\] (.+)$/s;

/** Texts of a section by language: that of the document, or the one that stands in brackets before a text. */
export function textsOf(pieces: readonly Piece[], language: string): { text: string; language: string }[] {
  const texts: { text: string; language: string }[] = [];
  for (const { text } of paragraphs(pieces)) {
    const [, tag, rest] = tagged.exec(text) ?? [];
    const last = texts.at(-1);
    if (tag && rest) texts.push({ language: spelt(tag), text: rest });
    else if (last) last.text += `\n\n${text}`;
    else texts.push({ language, text });
  }
  return texts;
}

const shortLabel =
  /short|abbrev|acronym|sigle|abreg|kurz|abkurz|sigla|acronimo|abrev|кратк|сокращ|skrot|zkrat|afkort|简称|مختصر/;
const labelled = /^([^:：]{3,40})[:：] ?(.+)$/;

/** Name and short name of a team, in the ways in which they are written. */
export function readNames(draft: Draft, pieces: readonly Piece[], language: string): void {
  for (const { text } of joined(pieces)) {
    const [, tag, rest] = tagged.exec(text) ?? [];
    const of = tag ? spelt(tag) : language;
    const given = (rest ?? text).replace(/^["«“'*-]+ ?|["»”'*]+$/g, '');
    const [, before = '', value = ''] = labelled.exec(given) ?? [];
    const label = before.replace(/["»”']+$/, '');
    const { body } = draft;
    const name = (said: string): void => {
      if (body.names[of] === undefined) body.names[of] = said;
      else body.shortName ??= said.length <= 30 ? said : undefined;
    };
    const [, long = '', short = ''] = /^(.{4,180}) ?\(([^()]{2,24})\)\.?$/.exec(value || given) ?? [];
    if (!tag && shortLabel.test(loosely(label))) body.shortName = value;
    else if (!tag && long !== '') {
      name(long.trim());
      body.shortName ??= short;
    } else if (!tag && value !== '' && /^[\p{Lu}\d][\p{L}\d./-]{1,20}$/u.test(label)) {
      name(value);
      body.shortName ??= label;
    } else name(tag || value === '' ? given : value);
  }
}

/** Lines put together where one was broken for its length; short ones stay lines of their own. */
function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  let long = false;
  for (const { line, text } of pieces) {
    const last = whole.at(-1);
    if (long && last && text !== '' && !labelled.test(text) && !tagged.test(text)) last.text += ` ${text}`;
    else if (text !== '') whole.push({ line, text });
    long = text.length > 45;
  }
  return whole;
}

const asns = /(?<![\w.])AS ?N?:? ?(\d{1,10})(?!\w)/gi;
const ranges =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{2,39}::?[0-9a-fA-F:]{0,39})\/\d{1,3}(?!\d)/g;
const domains =
  /(?<![\w@./-])(?:\*\.|\.)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24})(?![\w-]|\.\w)/gi;
const typeLabel = /^(?:[-*•] ?)?(?:types?|sectors?|countries)[:：]/i;

/** Networks, domains and words of whom a team answers for; and what else the section says of them. */
export function readConstituents(
  pieces: readonly Piece[],
  tell: Tell,
): { items: ConstituencyItem[]; unread: Piece[] } {
  const items: ConstituencyItem[] = [];
  const unread: Piece[] = [];
  const take = (item: ConstituencyItem): boolean => {
    const read = readConstituency(item);
    const known =
      'value' in read && items.some(({ kind, value }) => kind === read.kind && value === read.value);
    if ('value' in read && !known) items.push({ kind: read.kind, value: read.value });
    return 'value' in read;
  };
  for (const piece of pieces) {
    const text = piece.text.slice(0, 2000);
    const before = items.length;
    const all = [
      ...[...text.matchAll(asns)].map(([, value = '']): ConstituencyItem => ({ kind: 'asn', value })),
      ...[...text.matchAll(ranges)].map(([value]): ConstituencyItem => ({ kind: 'range', value })),
      ...[...text.matchAll(domains)].map(([, value = '']): ConstituencyItem => ({ kind: 'domain', value })),
      ...wordsAfterLabel(text),
    ];
    const unfit = all.filter((item) => !take(item));
    for (const { value } of unfit)
      tell('warn', 'bad-value', `"${value}" cannot be kept as part of the constituency.`, {
        line: piece.line,
      });
    if (items.length === before && piece.text !== '') unread.push(piece);
  }
  return { items, unread };
}

function wordsAfterLabel(text: string): ConstituencyItem[] {
  if (!typeLabel.test(text)) return [];
  const kind = /sector/i.test(text.slice(0, 12))
    ? 'sector'
    : /countr/i.test(text.slice(0, 14))
      ? 'country'
      : 'type';
  const words = text.slice(text.search(/[:：]/) + 1).split(/[,;]/);
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((value) => ({ kind, value: kind === 'country' ? value : value.toLowerCase() }));
}
