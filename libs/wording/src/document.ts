import type { FixedSentenceId } from './fixed-sentences.js';
import type { Language } from './language.js';
import type { TlpCode } from './tlp.js';

/** What stands beside a label. */
export type DocumentValue =
  /** What a person wrote, in its own language (BCP 47); several paragraphs perhaps. */
  | { readonly kind: 'written'; readonly text: string; readonly language: string }
  /** Words of the system, a code, a name, a time, a number: one line. */
  | { readonly kind: 'plain'; readonly text: string }
  /** Why there is no value: "unknown", "withheld", "to follow, expected by …". */
  | { readonly kind: 'absent'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly DocumentValue[] }
  | { readonly kind: 'group'; readonly entries: readonly DocumentEntry[] };

export interface DocumentEntry {
  readonly label: string;
  readonly value: DocumentValue;
}

export interface DocumentSection {
  readonly title: string;
  /** 1 for a part of the document (the request, one answer), 2 for a block of its template. */
  readonly level: 1 | 2;
  /** The paragraph it answers to: "A/76/135, paragraph 53". */
  readonly source?: string;
  readonly entries: readonly DocumentEntry[];
}

/** A document to be read or printed, apart from any format; every renderer says the same of it. */
export interface DocumentText {
  /** Of its labels; what people wrote keeps its own. */
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  readonly tlp: TlpCode;
  readonly title: string;
  readonly reference: string;
  /** Set small and in two columns: a booklet to look things up in. */
  readonly dense?: boolean;
  /** When it was drawn up, in whose view. */
  readonly producedAt: Date;
  readonly entries: readonly DocumentEntry[];
  readonly sections: readonly DocumentSection[];
  /** At its end, each with its identity; the exercise's own is placed by the renderers, first and last. */
  readonly fixed: readonly FixedSentenceId[];
}
