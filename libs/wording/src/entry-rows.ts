import type { Language } from './language.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** A level of points of contact, as texts name them. */
export type LevelName = keyof Texts['entryWords']['levels'];

/** A kind of channel, as texts name them. */
export type ChannelName = keyof Texts['entryWords']['channels'];

/** A channel, its address masked. */
export interface MaskedWay {
  readonly kind: ChannelName;
  readonly masked: string;
}

type Row = readonly [label: string, value: string];

/** Of which entry a mail speaks: party, role and level. */
export function entryRows(
  { party, role, level }: { readonly party: string; readonly role: string; readonly level: LevelName },
  language: Language,
): Row[] {
  const { entryWords } = textsIn(language);
  return [
    [entryWords.party, plainLine(party)],
    [entryWords.role, plainLine(role)],
    [entryWords.level, entryWords.levels[level]],
  ];
}

/** One row for a channel, under the label that is given; none where there is no channel. */
export function channelRow(
  way: MaskedWay | null | undefined,
  language: Language,
  label = textsIn(language).entryWords.channel,
): Row[] {
  return way ? [[label, `${textsIn(language).entryWords.channels[way.kind]} ${plainLine(way.masked)}`]] : [];
}
