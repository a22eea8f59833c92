import { groupCode } from './acknowledgement-code.js';
import { entryLines, factLines, titleLines } from './entry-lines.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { AcknowledgeSlot, Block, MailText } from './mail-text.js';
import { plainLine, plainText } from './plain-line.js';
import { textsIn } from './texts.js';
import { tlpLabel } from './tlp.js';
import { wrapText } from './wrap-text.js';

const width = 76;

function acknowledgeLines(language: Language, slot: AcknowledgeSlot | undefined): string[] {
  const { acknowledge, labelled } = textsIn(language);
  if (slot === undefined) return wrapText(acknowledge.signInInstead);
  return [
    acknowledge.heading.toLocaleUpperCase(language),
    '',
    ...wrapText(acknowledge.steps),
    '',
    slot.link,
    '',
    `${labelled(acknowledge.code)} ${groupCode(slot.code)}`,
    '',
    ...wrapText(
      `${acknowledge.validUntil(formatInstant(slot.expiresAt))} ${acknowledge.keep} ${acknowledge.recorded}`,
    ),
  ];
}

/** One block as lines of at most 76 characters. */
export function blockLines(block: Block, language: Language, slot?: AcknowledgeSlot): string[] {
  const { labelled, unofficialTranslation } = textsIn(language);
  switch (block.kind) {
    case 'marking':
      return wrapText(plainLine(block.text), width, '*** ');
    case 'tlp':
      return [tlpLabel(block.code).padStart(width)];
    case 'paragraph':
      return wrapText(plainText(block.text));
    case 'facts':
      return factLines(language, block.rows);
    case 'quote':
      // The mark on each line keeps what somebody wrote apart from what the system says.
      return [
        ...(block.label === undefined ? [] : [labelled(block.label)]),
        ...wrapText(plainText(block.text), width, '> '),
      ];
    case 'link':
      return [...wrapText(block.label), plainLine(block.url)];
    case 'fixed':
      return wrapText(
        block.status === 'unofficial' ? `${block.text}\n[${unofficialTranslation}]` : block.text,
      );
    case 'section':
      return [...titleLines(block.title, '-'), '', ...entryLines(block.entries, language)];
    case 'acknowledge':
      return acknowledgeLines(language, slot);
  }
}

/**
 * The mail as plain text, wrapped at 76 characters; an address is never wrapped. Without a slot the
 * `acknowledge` block asks to sign in.
 */
export const renderText = (mail: MailText, slot?: AcknowledgeSlot): string =>
  `${mail.blocks.map((block) => blockLines(block, mail.language, slot).join('\n')).join('\n\n')}\n`;
