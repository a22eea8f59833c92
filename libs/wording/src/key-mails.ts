import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What every mail about a key says. */
export interface KeyMailFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** The name of the party in the language of the reader. */
  readonly party: string;
  /** The mailbox that the key is for, whole or in part. */
  readonly mailbox: string;
  /** `OpenPGP` or `S/MIME`. */
  readonly kind: string;
  /** Hexadecimal. */
  readonly fingerprint: string;
}

/** What happened to a key. */
export type KeyChange = 'added' | 'renewed' | 'ended' | 'revoked';

/** The mail that tells the mailboxes of an entry what happened to one of its keys. */
export function keyChangeMail({ change, ...facts }: KeyMailFacts & { change: KeyChange }): MailText {
  const { keyMail } = textsIn(facts.language);
  const party = plainLine(facts.party);
  return mail(
    facts,
    keyMail.change.subject(party),
    [keyMail.change[change](party)],
    keyMail.change.unexpected,
  );
}

/** What is encrypted to a key to try it: whoever reads it says the code to a colleague. It has no link. */
export function keyTestMail({
  code,
  expiresAt,
  ...facts
}: KeyMailFacts & { code: string; expiresAt: Date }): MailText {
  const { keyMail } = textsIn(facts.language);
  const party = plainLine(facts.party);
  const until = keyMail.test.validUntil(formatInstant(expiresAt));
  const written = mail(facts, keyMail.test.subject(party), [keyMail.test.sentence(party)], until);
  return { ...written, blocks: [...written.blocks, { kind: 'facts', rows: [[keyMail.code, code]] }] };
}

/** The mail that warns of the end of a key, or says that it has come: to mailboxes, or to those who keep the entry. */
export function keyExpiryMail({
  expiresAt,
  over,
  keeper,
  ...facts
}: KeyMailFacts & { expiresAt: Date; over: boolean; keeper: boolean }): MailText {
  const { expiry } = textsIn(facts.language).keyMail;
  const party = plainLine(facts.party);
  const at = formatInstant(expiresAt);
  const subject = over ? expiry.over(party) : expiry.subject(party);
  return mail(
    facts,
    subject,
    [over ? expiry.ended(at) : expiry.sentence(at)],
    keeper ? expiry.replace : expiry.prolong,
  );
}

function mail(facts: KeyMailFacts, subject: string, before: readonly string[], after: string): MailText {
  const { language, instance, mailbox, kind, fingerprint } = facts;
  const { keyMail, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  const rows = [
    [keyMail.mailbox, plainLine(mailbox)],
    [keyMail.kind, kind],
    [keyMail.fingerprint, inGroups(fingerprint)],
  ] as const;
  return {
    ...{ subject, language },
    blocks: [
      ...sample,
      ...before.map((text): Block => ({ kind: 'paragraph', text })),
      { kind: 'facts', rows },
      { kind: 'paragraph', text: after },
    ],
  };
}

/** As people read fingerprints to one another: groups of four. */
export const inGroups = (fingerprint: string): string =>
  (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
