import type { DocumentSection } from './document.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { fixedBlock, type Block, type MailText } from './mail-text.js';
import { markingsAfter, markingsBefore, subjectPrefix } from './markings.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';
import { mayTravelInMail, tlpLabel, type TlpCode } from './tlp.js';
import { urgencyName, type Urgency } from './urgency.js';

/** A text that somebody wrote, with its BCP 47 tag. */
export interface WrittenText {
  readonly text: string;
  readonly language: string;
}

/** What is known of a request and one of its addressees when a mail about it is composed. */
export interface RequestFacts {
  /** Language of the reader, not of the request. */
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  /** What is asked for; assistance, where it is not said. */
  readonly kind?: 'assistance' | 'mitigation';
  readonly reference: string;
  readonly urgency: Urgency;
  readonly tlp: TlpCode;
  /** Names of requester and addressee, in the language of the reader. */
  readonly from: string;
  readonly to: string;
  readonly sentAt: Date;
  /** Where one signs in. */
  readonly publicUrl: string;
  readonly sentence?: WrittenText;
  readonly text?: WrittenText;
  readonly neededBy?: Date;
  /** What the request says beyond its five fields, as it is read. */
  readonly sections?: readonly DocumentSection[];
}

type Row = readonly [label: string, value: string];

/** Never content; and no character that could end a header, wherever it came from. */
export function subjectLine(facts: RequestFacts, words: string): string {
  const { traffic, urgency, tlp, reference } = facts;
  return `${subjectPrefix[traffic]}${urgency} ${tlpLabel(tlp)} ${plainLine(reference)} ${words}`;
}

/** What identifies a request in a mail, and nothing that its parties wrote. */
export function factRows(facts: RequestFacts): Row[] {
  const { label } = textsIn(facts.language);
  return [
    [label.reference, facts.reference],
    [label.from, facts.from],
    [label.to, facts.to],
    [label.urgency, `${facts.urgency} ${urgencyName(facts.urgency, facts.language)}`],
    [label.sentAt, formatInstant(facts.sentAt)],
  ];
}

const quoted = (label: string, written: WrittenText | undefined): Block[] =>
  written === undefined ? [] : [{ kind: 'quote', label, language: written.language, text: written.text }];

/** A mail stays small enough for any relay: characters of sections that stand in it. */
const mostOfSections = 60_000;

/** Sections as far as a mail can hold them, and where the rest is. */
function sectionBlocks(sections: readonly DocumentSection[] = [], language: Language): Block[] {
  const blocks: Block[] = [];
  let left = mostOfSections;
  for (const { title, entries } of sections) {
    left -= JSON.stringify(entries).length;
    if (left < 0) return [...blocks, { kind: 'paragraph', text: textsIn(language).page.shortened }];
    blocks.push({ kind: 'section', title, entries });
  }
  return blocks;
}

/** What is sought, or where to read it when the marking keeps it out of mail. */
function content(facts: RequestFacts): Block[] {
  const { label, mail, mitigation } = textsIn(facts.language);
  if (!mayTravelInMail(facts.tlp)) return [{ kind: 'link', label: mail.withheld, url: facts.publicUrl }];
  const { sentence, text, neededBy } = facts;
  const needed: Row[] = neededBy === undefined ? [] : [[label.neededBy, formatInstant(neededBy)]];
  return [
    ...quoted(facts.kind === 'mitigation' ? mitigation.sought : label.sought, sentence),
    ...quoted(label.furtherText, text),
    ...(needed.length === 0 ? [] : [{ kind: 'facts', rows: needed } as const]),
    { kind: 'link', label: mail.seeAlso, url: facts.publicUrl },
  ];
}

/** What the request says beyond its five fields: after the slot to acknowledge, which nobody searches for at night. */
const details = ({ tlp, sections, language }: RequestFacts): Block[] =>
  mayTravelInMail(tlp) ? sectionBlocks(sections, language) : [];

/** A body between its markings, under a subject. */
function compose(
  facts: RequestFacts,
  kind: keyof Texts['subject'] | ToldAct,
  body: readonly Block[],
): MailText {
  const { language } = facts;
  const { acts, subject: assistance, mitigation } = textsIn(language);
  const subjects = facts.kind === 'mitigation' ? { ...assistance, ...mitigation.subject } : assistance;
  const words = kind in subjects ? subjects[kind as keyof Texts['subject']] : acts[kind as ToldAct].subject;
  return {
    subject: subjectLine(facts, words),
    language,
    blocks: [...markingsBefore(facts), ...body, ...markingsAfter(facts)],
  };
}

const leadOf = ({ kind, language }: RequestFacts): string =>
  kind === 'mitigation' ? textsIn(language).mitigation.request : textsIn(language).mail.request;

/** To a technical point of contact of the addressee: the request, and the slot to acknowledge receipt (GGE 53, 54). */
export const requestMail = (facts: RequestFacts): MailText =>
  compose(facts, 'request', [
    { kind: 'paragraph', text: leadOf(facts) },
    { kind: 'facts', rows: factRows(facts) },
    ...content(facts),
    { kind: 'acknowledge' },
    fixedBlock('fs.ack.request', facts.language),
    fixedBlock('fs.assist.no-result', facts.language),
    ...details(facts),
  ]);

const reminderOf = ({ kind, language }: RequestFacts): string =>
  kind === 'mitigation' ? textsIn(language).mitigation.reminder : textsIn(language).mail.reminder;

/** To the same again while nobody has acknowledged: a reminder that repeats no content, and the slot to acknowledge. */
export const reminderMail = (facts: RequestFacts): MailText =>
  compose(facts, 'reminder', [
    { kind: 'paragraph', text: reminderOf(facts) },
    { kind: 'facts', rows: factRows(facts) },
    { kind: 'link', label: textsIn(facts.language).mail.seeAlso, url: facts.publicUrl },
    { kind: 'acknowledge' },
    fixedBlock('fs.ack.request', facts.language),
    fixedBlock('fs.assist.no-result', facts.language),
    fixedBlock('fs.targets', facts.language),
  ]);

/** To the requester's own diplomatic point of contact: a copy that asks nothing (A/76/135, 77 (b)). */
export const requestCopyMail = (facts: RequestFacts): MailText =>
  compose(facts, 'copy', [
    { kind: 'paragraph', text: textsIn(facts.language).mail.copy },
    { kind: 'facts', rows: factRows(facts) },
    ...content(facts),
    fixedBlock('fs.assist.no-result', facts.language),
    ...details(facts),
  ]);

/** An acknowledgement as it was recorded; a self-stated name was typed by its bearer and checked by nobody. */
export interface AcknowledgementFacts {
  readonly acknowledgedAt: Date;
  readonly byName?: string;
  readonly selfStated: boolean;
}

/** Rows that say when receipt was acknowledged and, where known, by whom. */
export function acknowledgementRows(facts: AcknowledgementFacts, language: Language): Row[] {
  const { label, selfStated } = textsIn(language);
  const { acknowledgedAt, byName } = facts;
  const by = byName === undefined ? undefined : facts.selfStated ? selfStated(byName) : byName;
  return [
    [label.acknowledgedAt, formatInstant(acknowledgedAt)],
    ...(by === undefined ? [] : [[label.acknowledgedBy, by] as const]),
  ];
}

/** To the requester: the addressee has acknowledged receipt, which is no agreement (fs.ack.request). */
export const acknowledgedMail = (facts: RequestFacts & SaidFacts & AcknowledgementFacts): MailText =>
  compose(facts, 'acknowledged', [
    { kind: 'paragraph', text: textsIn(facts.language).mail.acknowledged },
    { kind: 'facts', rows: [...factRows(facts), ...acknowledgementRows(facts, facts.language)] },
    ...saidBlocks(facts),
    fixedBlock('fs.ack.request', facts.language),
  ]);

/** To the addressee: the requester has withdrawn the request. */
export const withdrawnMail = (facts: RequestFacts & { readonly withdrawnAt: Date }): MailText =>
  compose(facts, 'withdrawn', [
    { kind: 'paragraph', text: textsIn(facts.language).mail.withdrawn },
    {
      kind: 'facts',
      rows: [
        ...factRows(facts),
        [textsIn(facts.language).label.withdrawnAt, formatInstant(facts.withdrawnAt)],
      ],
    },
  ]);

/** Acts of one side that the other is told of. */
export type ToldAct = keyof Texts['acts'];

/** What was said with an act: a text, and answers on a template as they are read. */
export interface SaidFacts {
  /** What was determined, in the reader's words. */
  readonly answer?: string;
  /** The body or State that a redirection names: a fact of routing, under any label. */
  readonly named?: string;
  /** Who else was asked, as the requester discloses it. */
  readonly alsoAsked?: string;
  readonly said?: WrittenText;
  readonly answered?: readonly DocumentSection[];
}

/** What was said, where the marking lets it travel, and where it can be read. */
function saidBlocks(facts: RequestFacts & SaidFacts): Block[] {
  const { language, tlp, publicUrl, answer, said, answered = [] } = facts;
  const { label, mail } = textsIn(language);
  const link = (words: string): Block => ({ kind: 'link', label: words, url: publicUrl });
  if (answer === undefined && said === undefined && answered.length === 0) return [link(mail.seeAlso)];
  if (!mayTravelInMail(tlp)) return [link(mail.readThere)];
  return [
    ...(answer === undefined ? [] : [{ kind: 'facts', rows: [[label.answer, answer]] } as const]),
    ...quoted(label.said, said),
    ...sectionBlocks(answered, language),
    link(mail.seeAlso),
  ];
}

const namedRows = ({ language, named }: RequestFacts & SaidFacts): Row[] =>
  named === undefined ? [] : [[textsIn(language).label.named, named]];

/** Only where the marking lets content travel: who is asked for help is as much as what for. */
const alsoAskedRows = ({ language, tlp, alsoAsked }: RequestFacts & SaidFacts): Row[] =>
  alsoAsked === undefined || !mayTravelInMail(tlp) ? [] : [[textsIn(language).label.alsoAsked, alsoAsked]];

/** To the other side: an act was done, and what was said with it. */
export const actMail = (facts: RequestFacts & SaidFacts & { readonly act: ToldAct }): MailText =>
  compose(facts, facts.act, [
    { kind: 'paragraph', text: textsIn(facts.language).acts[facts.act].sentence },
    { kind: 'facts', rows: [...factRows(facts), ...namedRows(facts), ...alsoAskedRows(facts)] },
    ...saidBlocks(facts),
    ...(facts.act === 'accept-offer' ? [fixedBlock('fs.assist.good-faith', facts.language)] : []),
    fixedBlock('fs.assist.no-result', facts.language),
  ]);

/** To the requester: no point of contact of the addressee could be reached by mail. */
export const unreachedMail = (facts: RequestFacts): MailText =>
  compose(facts, 'unreached', [
    { kind: 'paragraph', text: textsIn(facts.language).mail.unreached },
    { kind: 'facts', rows: factRows(facts) },
    { kind: 'link', label: textsIn(facts.language).mail.otherChannels, url: facts.publicUrl },
  ]);
