import {
  textsIn,
  type DocumentEntry,
  type DocumentSection,
  type DocumentText,
  type Language,
  type TlpCode,
} from '#libs/wording';
import { digestOf } from './chain.js';
import { checkpointHash } from './checkpoint.js';
import { entryOfBatch } from './journal.js';
import type { SignedJournalReceipt } from './journal-receipt.js';
import type { Proof } from './proof.js';
import { isOfJournal, type AnyReceipt, type SignedReceipt } from './receipt.js';

/** What a receipt is shown with, beside itself. */
export interface ReceiptGround {
  language: Language;
  instance: 'sample' | 'real';
  tlp: TlpCode;
  /** The name of a party in the language of the page. */
  name: (code: string) => string;
  /** Where the receipt and the public keys are to be had. */
  publicUrl: string;
  producedAt: Date;
}

const row = (label: string, text: string | null | undefined): DocumentEntry[] =>
  text ? [{ label, value: { kind: 'plain', text } }] : [];
const traffics = ['actual', 'exercise', 'test'] as const;

/**
 * A receipt as a document to be read and printed. It holds nothing of what was said, only its digest: a receipt may
 * be shown to those who may not read the request. Marked like the request all the same.
 */
export function receiptDocument(given: AnyReceipt, ground: ReceiptGround): DocumentText {
  const { language, instance, tlp, producedAt, name } = ground;
  const { what, reference, event } = given.receipt;
  const { receipt: texts, label } = textsIn(language);
  const from = row(label.from, name(event.requester));
  return {
    ...{ language, instance, tlp, producedAt, reference, title: texts.title(texts.words[what]) },
    traffic: traffics.find((one) => one === event.traffic) ?? 'actual',
    entries: [...from, ...row(label.to, event.addressee && name(event.addressee))],
    sections: [
      happened(given, ground),
      ...(isOfJournal(given) ? inJournal(given, language) : inChain(given, language)),
      signature(given, language),
      howToVerify(given, ground),
    ],
    fixed: ['fs.assist.no-result', ...(what === 'acknowledged' ? (['fs.ack.request'] as const) : [])],
  };
}

const wordOf = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;

function happened(given: AnyReceipt, { language, name }: ReceiptGround): DocumentSection {
  const texts = textsIn(language).receipt;
  const { what, event } = given.receipt;
  const known = isOfJournal(given)
    ? row(texts.evidence, wordOf(texts.evidences, given.receipt.event.evidence))
    : row(texts.by, name(given.receipt.event.party));
  const rest = isOfJournal(given)
    ? row(texts.actor, given.receipt.event.notice)
    : [...row(texts.actor, given.receipt.event.actor), ...row(texts.said, given.receipt.event.content)];
  return {
    ...{ title: texts.happened, level: 1 },
    entries: [
      ...row(texts.what, texts.words[what]),
      ...row(texts.meaning, texts.meanings[what]),
      ...known,
      ...row(texts.assurance, wordOf(texts.assurances, event.assurance)),
      ...row(texts.at, event.at),
      ...row(texts.event, event.id),
      ...rest,
    ],
  };
}

function inChain({ receipt, proof }: SignedReceipt, language: Language): DocumentSection[] {
  const texts = textsIn(language).receipt;
  const { entry, place } = receipt;
  const entries = [
    ...row(texts.chain, entry.chain),
    ...row(texts.number, String(place.seq)),
    ...row(texts.digest, digestOf(entry)),
    ...row(texts.previous, place.prev),
    ...row(texts.hash, place.hash),
  ];
  return [{ title: texts.place, level: 1, entries }, checkpoint(proof, language)];
}

function inJournal({ proof }: SignedJournalReceipt, language: Language): DocumentSection[] {
  const texts = textsIn(language).receipt;
  if (!proof) return [checkpoint(null, language)];
  const { batch, position, place, way } = proof;
  const entries = [
    ...row(texts.batch, `${batch.id}, ${texts.inBatch(String(position + 1), String(batch.size))}`),
    ...row(texts.root, batch.root),
    ...row(texts.chain, entryOfBatch(batch).chain),
    ...row(texts.number, String(place.seq)),
    ...row(texts.digest, digestOf(entryOfBatch(batch))),
    ...row(texts.previous, place.prev),
    ...row(texts.hash, place.hash),
  ];
  return [{ title: texts.place, level: 1, entries }, checkpoint(way, language)];
}

function checkpoint(proof: Proof | null, language: Language): DocumentSection {
  const texts = textsIn(language).receipt;
  const section = { title: texts.checkpoint, level: 1 } as const;
  if (!proof) {
    const none: DocumentEntry = {
      label: texts.checkpointNumber,
      value: { kind: 'absent', text: texts.noCheckpoint },
    };
    return { ...section, entries: [none] };
  }
  const stated = proof.checkpoint.checkpoint;
  return {
    ...section,
    entries: [
      ...row(texts.checkpointNumber, String(stated.number)),
      ...row(texts.at, stated.at),
      ...row(texts.checkpointRoot, stated.root),
      ...row(texts.checkpointHash, checkpointHash(stated)),
    ],
  };
}

function signature(given: AnyReceipt, language: Language): DocumentSection {
  const texts = textsIn(language).receipt;
  return {
    ...{ title: texts.signature, level: 1 },
    entries: [
      ...row(texts.network, given.receipt.network),
      ...row(texts.key, given.kid),
      ...row(texts.signature, given.signature),
    ],
  };
}

function howToVerify(given: AnyReceipt, { language, publicUrl }: ReceiptGround): DocumentSection {
  const { verify, steps: texts } = textsIn(language).receipt;
  const api = `${publicUrl}/api/v1`;
  const own = `${api}/receipts/${given.receipt.event.id}`;
  const { rendering, receipt, keys, run, compare } = texts;
  const steps = [rendering, receipt(own), keys(`${api}/ledger/key`), run, compare];
  return {
    ...{ title: verify, level: 1 },
    entries: steps.flatMap((text, index) => row(String(index + 1), text)),
  };
}
