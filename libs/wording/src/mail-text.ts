import type { DocumentEntry } from './document.js';
import { fixedSentence, type FixedSentenceId, type SentenceStatus } from './fixed-sentences.js';
import type { Language } from './language.js';
import type { TlpCode } from './tlp.js';

/** One part of a mail, in the order in which it is read. */
export type Block =
  | { readonly kind: 'marking'; readonly text: string }
  | { readonly kind: 'tlp'; readonly code: TlpCode }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'quote'; readonly label?: string; readonly language: string; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'section'; readonly title: string; readonly entries: readonly DocumentEntry[] }
  | FixedBlock
  | { readonly kind: 'acknowledge' };

/** A fixed sentence as it was shown, with the identity of its exact words. */
export interface FixedBlock {
  readonly kind: 'fixed';
  readonly id: FixedSentenceId;
  readonly version: number;
  readonly text: string;
  readonly status: SentenceStatus;
}

/** What a mail says, apart from any format: composed once and kept, rendered when it is sent. Plain JSON. */
export interface MailText {
  readonly subject: string;
  readonly language: Language;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly MailAttachment[];
  /** What is sent in place of the blocks; the subject stays in clear. */
  readonly encrypted?: EncryptedText;
}

/** A MIME entity that is encrypted: an OpenPGP message, armored (RFC 3156), or EnvelopedData in base64 (RFC 8551). */
export interface EncryptedText {
  readonly kind: 'openpgp' | 'smime';
  readonly content: string;
}

/** A file that goes with a mail; `content` is sent as UTF-8, to the byte. */
export interface MailAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

/** What fills the `acknowledge` block, known only at sending time and different for each recipient. */
export interface AcknowledgeSlot {
  readonly link: string;
  readonly code: string;
  readonly expiresAt: Date;
}

/** A fixed sentence as a block. */
export function fixedBlock(fixedId: FixedSentenceId, language: Language): FixedBlock {
  const { id, version, text, status } = fixedSentence(fixedId, language);
  return { kind: 'fixed', id, version, text, status };
}
