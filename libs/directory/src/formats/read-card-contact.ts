import { isZone } from '#libs/timeliness';
import { z } from 'zod';
import type { Duty } from '../duty.js';
import { levels } from '../entry-words.js';
import { paramOf, placeOf, textOf, type Card, type CardProperty } from './card.js';
import { newPointOfContact, type DraftPointOfContact, type ReadOptions } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { channelsOf, keysOf } from './read-card-ways.js';
import { isDay, readLanguage, readWord, readWords, spelt } from './read-values.js';
import { readZone } from './zone-text.js';

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const duties = z.strictObject({
  aroundTheClock: z.boolean().optional(),
  weekly: z
    .array(
      z.strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: time,
        to: time.or(z.literal('24:00')),
      }),
    )
    .max(42)
    .optional(),
  holidays: z
    .strictObject({
      country: z.string().regex(/^[A-Z]{2}$/),
      region: z
        .string()
        .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/)
        .optional(),
    })
    .optional(),
  ownHolidays: z
    .array(z.strictObject({ on: z.string().refine(isDay), name: z.string() }))
    .max(400)
    .optional(),
});

/** Hours of duty from the JSON text that stands for them, for no property of cards does. */
function dutyOf(text: string | undefined, tell: Tell): Duty {
  if (text === undefined) return {};
  try {
    const read = duties.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // What is no JSON is told of as what does not fit.
  }
  tell('refuse', 'bad-value', 'The hours of duty do not fit their form.');
  return {};
}

/** Texts of a property by their language. */
export const byLanguage = (properties: readonly CardProperty[], name: string): Record<string, string> =>
  Object.fromEntries(
    properties
      .filter((one) => one.name === name && paramOf(one, 'derived') === undefined)
      .map((one) => [spelt(paramOf(one, 'language') ?? 'und'), textOf(one)]),
  );

/** The texts of all properties of a name. */
export const allOf = (properties: readonly CardProperty[], name: string): string[] =>
  properties.filter((one) => one.name === name && paramOf(one, 'derived') === undefined).map(textOf);

const preferredFirst = (properties: readonly CardProperty[]): CardProperty[] =>
  [...properties].sort(
    (one, other) => Number(paramOf(one, 'pref') ?? 101) - Number(paramOf(other, 'pref') ?? 101),
  );

function languagesOf(properties: readonly CardProperty[], tell: Tell): string[] {
  const said = preferredFirst(properties.filter(({ name }) => name === 'lang')).map(textOf);
  return said.flatMap((text) => {
    const tag = readLanguage(text);
    if (!tag) tell('warn', 'bad-value', `${quoted(text)} is no language (BCP 47).`);
    return tag ? [tag] : [];
  });
}

function zoneOf(text: string | undefined, { at, party }: ReadOptions, tell: Tell): string | undefined {
  if (text === undefined) return undefined;
  if (isZone(text)) return text;
  const read = readZone(text, at, party);
  if (!read) tell('warn', 'bad-value', `${quoted(text)} is no time zone that is known.`);
  if (read?.assumed) tell('warn', 'assumed', read.assumed);
  return read?.zone;
}

function wordsOf(properties: readonly CardProperty[], name: string, tell: Tell): string[] {
  const { words, unfit } = readWords(allOf(properties, name));
  for (const item of unfit)
    tell('refuse', 'bad-value', `${quoted(item)} must be small letters, joined by hyphens.`);
  return words;
}

/** Whether a card is of a person: those that do not say are, unless they name nobody but their organization. */
export function isPerson({ properties }: Card): boolean {
  const kind = allOf(properties, 'kind')[0]?.toLowerCase();
  const [name] = allOf(properties, 'fn');
  const org = properties.find((one) => one.name === 'org');
  return (
    kind === 'individual' || (kind === undefined && name !== undefined && (!org || textOf(org) !== name))
  );
}

/** The point of contact of a card. */
export function contactOf(card: Card, options: ReadOptions, tell: Tell): DraftPointOfContact {
  const { properties } = card;
  const [name] = isPerson(card) ? allOf(properties, 'fn') : [];
  const [said] = allOf(properties, 'x-aldis-level');
  const level = said === undefined ? undefined : readWord(said, levels);
  if (level && 'fault' in level) tell('refuse', 'bad-value', `The level ${level.fault}.`);
  const position = Number(allOf(properties, 'x-aldis-position')[0]);
  const note = properties.find((one) => one.name === 'note');
  const [zone] = allOf(properties, 'tz');
  const answers = allOf(properties, 'x-aldis-readiness').flatMap((answer): [string, boolean][] => {
    const [, word = '', met] = /^([a-z]+(?:-[a-z]+)*)=(yes|no)$/.exec(answer.slice(0, 100)) ?? [];
    return word === '' ? [] : [[word, met === 'yes']];
  });
  return {
    ...newPointOfContact(level && 'value' in level ? level.value : undefined),
    position: Number.isInteger(position) && position >= 1 && position <= 1000 ? position : undefined,
    roleNames: byLanguage(properties, 'role'),
    person: name === undefined ? null : { name, title: allOf(properties, 'title')[0] },
    languages: languagesOf(properties, tell),
    zone: zoneOf(zone, options, tell),
    duty: dutyOf(allOf(properties, 'x-aldis-duty')[0], tell),
    expectedRoles: wordsOf(properties, 'x-aldis-expected-role', tell),
    coordination: wordsOf(properties, 'x-aldis-coordination', tell),
    readiness: Object.fromEntries(answers),
    note: note ? { text: textOf(note), language: spelt(paramOf(note, 'language') ?? 'und') } : null,
    channels: channelsOf(card, options.at, tell),
    keys: keysOf(card, options.at, tell),
    at: placeOf(card),
  };
}
