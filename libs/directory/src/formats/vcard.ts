import type { Card } from './card.js';
import { decodeText } from './decode-text.js';
import type { DirectoryEntry, Finding, Reading, ReadOptions, WriteOptions } from './draft-entry.js';
import { teller, type Tell } from './findings.js';
import { readJcard, writeJcard } from './jcard.js';
import { draftsOf } from './read-cards.js';
import { readVcardText, writeVcardText } from './vcard-text.js';
import { writeCards } from './write-cards.js';

function read(
  bytes: Uint8Array,
  options: ReadOptions,
  cardsOf: (text: string, tell: Tell) => Card[],
): Reading {
  const findings: Finding[] = [];
  const tell = teller(findings);
  const text = decodeText(bytes, tell);
  const cards = text === undefined ? [] : cardsOf(text, tell);
  const drafts = draftsOf(cards, options, tell);
  if (drafts.length === 0 && !findings.some(({ severity }) => severity === 'refuse'))
    tell('refuse', 'not-this-format', 'The document holds no card.');
  drafts.forEach(({ pointsOfContact }, draft) =>
    tell('accept', 'understood', `${pointsOfContact.length} points of contact were read.`, { draft }),
  );
  return { drafts, findings };
}

/** What cards say: version 4 (RFC 6350), and version 3 with a warning; any number in one document. */
export const readVcard = (bytes: Uint8Array, options: ReadOptions): Reading =>
  read(bytes, options, readVcardText);
/** What cards in JSON say (RFC 7095): one, or a list of them. */
export const readJcards = (bytes: Uint8Array, options: ReadOptions): Reading =>
  read(bytes, options, readJcard);

/** Entries as cards of version 4 (RFC 6350). Postal addresses are left out. */
export const writeVcard = (entries: readonly DirectoryEntry[], options: WriteOptions): string =>
  writeVcardText(writeCards(entries, options));
/** Entries as a list of cards in JSON (RFC 7095). Postal addresses are left out. */
export const writeJcards = (entries: readonly DirectoryEntry[], options: WriteOptions): string =>
  writeJcard(writeCards(entries, options));
