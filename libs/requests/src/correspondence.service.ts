import {
  callsOfLine,
  type CallStep,
  type Level,
  type MailContact,
  type MailRoute,
  type RouteEnds,
  type RouteQueries,
} from '#libs/directory';
import type { Outbox, OutboxMessage, Recipient } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import {
  acknowledgedMail,
  actMail,
  endpointNotice,
  reminderMail,
  callsMail,
  chooseLanguage,
  isTlpCode,
  isUrgency,
  requestCopyMail,
  requestMail,
  unreachedMail,
  withdrawnMail,
  withoutContent,
  type AcknowledgementFacts,
  type Language,
  type MailText,
  type RequestFacts,
  type SaidFacts,
  type TlpCode,
  type ToldAct,
  type Urgency,
  type WrittenText,
} from '#libs/wording';
import type { AddresseeRow } from './addressee.entity.js';
import { whoIsAsked } from './next-alternate.js';
import type { RequestContent } from './request-content.js';
import type { RequestRow } from './request.entity.js';
import { answerWords, codesIn, partyName, sectionsOf, type Shown } from './shown-answers.js';

/** What correspondence needs to know of a request; its content only where it may be told. */
export type Subject = Pick<
  RequestRow,
  'id' | 'reference' | 'partyCode' | 'traffic' | 'kind' | 'urgency' | 'tlp' | 'sentAt'
> & {
  content?: RequestContent;
  /** What it says beyond its five fields. */
  shown?: Shown;
};

/** What is said with an act that the other side is told of. */
export interface ToldWords {
  text?: WrittenText | undefined;
  shown?: Shown | undefined;
  answer?: string | undefined;
  /** With a redirection: the party, and the body that the request was handed over to. */
  redirectTo?: { party: string } | undefined;
  to?: { names: Readonly<Record<string, string>> } | undefined;
  /** With a disclosure: the other addressees that are told of. */
  alsoAsked?: readonly string[] | undefined;
}

type Line = Pick<AddresseeRow, 'id' | 'partyCode' | 'bodyId'>;
type Compose = (facts: RequestFacts & SaidFacts) => MailText;

/** The group of notices that ask an addressee to acknowledge; recalled when the request is withdrawn. */
export const wantedForLine = (lineId: string): string => `request:${lineId}`;

/** The group of reminders on their way; recalled by the acknowledgement that makes them needless. */
export const remindersOfLine = (lineId: string): string => `reminder:${lineId}`;

/** Who is told what, in which language: decided here, written into notices, never decided again. */
export class Correspondence {
  constructor(
    private readonly routes: RouteQueries,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly publicUrl: string,
  ) {}

  /**
   * How a party is written to: technical points of contact on duty first (GGE 77 (a)); where a party has none, its
   * diplomatic ones, then those at policy level. A plan that it has with the other party, or of the network, is obeyed.
   */
  async route(
    tx: Tx,
    ends: RouteEnds,
    about: About,
    levels: readonly Level[] = whoIsAsked,
  ): Promise<MailRoute> {
    const { urgency, tlp, traffic, sectors } = about;
    // Until a draft says how urgent it is, and how to be handled, it is like most.
    const need = { urgency: urgency ?? 'U2', tlp: tlp ?? 'AMBER', traffic, levels, sectors };
    return this.routes.mails(tx, ends, need);
  }

  /** How a line is reached: the body that holds it, else the party; of bodies that see the request, where one is named. */
  private async lineRoute(
    tx: Tx,
    subject: Subject,
    { partyCode, bodyId }: Line,
    request?: string,
  ): Promise<MailRoute> {
    const ends = { party: partyCode, other: subject.partyCode, body: bodyId };
    const about = aboutOf(subject);
    if (request === undefined) return this.route(tx, ends, about);
    const within = await this.route(tx, { ...ends, request }, about);
    return within.contacts.length > 0 ? within : this.route(tx, ends, about);
  }

  /** All mailboxes of a line, of whatever stage: of the body that holds it, else of the party. */
  async routeOfLine(tx: Tx, subject: Subject, line: Line): Promise<MailContact[]> {
    return (await this.lineRoute(tx, subject, line)).contacts;
  }

  async requestToAddressee(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    contacts: readonly MailContact[],
  ) {
    const first = contacts.filter(({ stage }) => stage === 'at-once');
    await this.tell(tx, key, subject, line, line.partyCode, first, 'request', requestMail, {
      acknowledges: true,
      wantedFor: wantedForLine(line.id),
    });
  }

  /** One copy for the requester's own diplomatic point of contact, whoever is addressed (GGE 77 (b)). */
  async copyToRequester(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    to: string[],
    contacts: readonly MailContact[],
  ) {
    await this.tell(
      tx,
      key,
      subject,
      { id: null, partyCodes: to },
      subject.partyCode,
      oncePerContact(contacts),
      'copy',
      requestCopyMail,
    );
  }

  /**
   * Again, for those who have not acknowledged; without content, which the worker does not know. The last one goes on
   * to the alternates and to second channels.
   */
  async reminder(tx: Tx, key: DataKey, subject: Subject, line: Line, isLast: boolean) {
    const all = (await this.lineRoute(tx, subject, line, subject.id)).contacts;
    const contacts = isLast ? all : all.filter(({ stage }) => stage === 'at-once');
    await this.tell(tx, key, subject, line, line.partyCode, contacts, 'reminder', reminderMail, {
      acknowledges: true,
      wantedFor: remindersOfLine(line.id),
    });
  }

  /**
   * The calls by which a line can be reached: to bodies that see the request, and to whom a plan names. Where none of them
   * has a number, to others of the party: they can tell their colleagues.
   */
  async callsTo(tx: Tx, subject: Subject, line: Line): Promise<CallStep[]> {
    const { calls: within } = await this.lineRoute(tx, subject, line, subject.id);
    const { calls: all } = await this.lineRoute(tx, subject, line);
    const near = all.filter((step) => step.inPlan || within.some(({ contact }) => contact === step.contact));
    return near.length > 0 ? near : all;
  }

  /** Those of the requester who can call the addressee of a line: of bodies that see the request, else of the party. */
  async callsToMake(tx: Tx, key: DataKey, subject: Subject, line: Line, count: number): Promise<void> {
    const ends = { party: subject.partyCode, other: line.partyCode };
    const about = aboutOf(subject);
    const within = await this.route(tx, { ...ends, request: subject.id }, about);
    const { contacts } = within.contacts.length > 0 ? within : await this.route(tx, ends, about);
    const first = contacts.filter(({ stage }) => stage === 'at-once');
    const compose: Compose = (facts) => callsMail({ ...facts, count });
    const wantedFor = callsOfLine(line.id);
    await this.tell(tx, key, subject, line, subject.partyCode, first, 'calls', compose, { wantedFor });
  }

  async acknowledged(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    said: AcknowledgementFacts,
    words: ToldWords,
  ) {
    const contacts = await this.requesterContacts(tx, subject, line.partyCode);
    const compose: Compose = (facts) => acknowledgedMail({ ...facts, ...said });
    await this.tell(tx, key, subject, line, subject.partyCode, contacts, 'acknowledged', compose, { words });
  }

  /** Takes back what asks to acknowledge a line and is not on the wire yet. */
  async recall(tx: Tx, line: Line): Promise<void> {
    await this.outbox.cancel(tx, wantedForLine(line.id));
  }

  /** Those of the line, and those who were asked before it was handed over. */
  async withdrawn(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    before: readonly Line[],
    withdrawnAt: Date,
  ) {
    await this.recall(tx, line);
    const found: MailContact[] = [];
    for (const each of [line, ...before]) found.push(...(await this.routeOfLine(tx, subject, each)));
    const contacts = oncePerContact(found);
    const compose: Compose = (facts) => withdrawnMail({ ...facts, withdrawnAt });
    await this.tell(tx, key, subject, line, line.partyCode, contacts, 'withdrawn', compose);
  }

  /** The other side, of an act on a line. */
  async acted(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    act: ToldAct,
    reader: 'requester' | 'addressee',
    words: ToldWords = {},
  ) {
    const asked = reader === 'addressee';
    const party = asked ? line.partyCode : subject.partyCode;
    const contacts = asked
      ? oncePerContact(await this.routeOfLine(tx, subject, line))
      : await this.requesterContacts(tx, subject, line.partyCode);
    await this.tell(tx, key, subject, line, party, contacts, act, (facts) => actMail({ ...facts, act }), {
      words,
    });
  }

  async unreached(tx: Tx, key: DataKey, subject: Subject, line: Line) {
    const contacts = await this.requesterContacts(tx, subject, line.partyCode);
    await this.tell(tx, key, subject, line, subject.partyCode, contacts, 'unreached', unreachedMail);
  }

  private async requesterContacts(tx: Tx, subject: Subject, other: string): Promise<MailContact[]> {
    const ends = { party: subject.partyCode, other };
    const technical = await this.route(tx, ends, aboutOf(subject), ['technical']);
    const diplomatic = await this.route(tx, ends, aboutOf(subject), ['diplomatic']);
    return oncePerContact([...technical.contacts, ...diplomatic.contacts]);
  }

  private async tell(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    about: Line | { id: null; partyCodes: string[] },
    recipientParty: string,
    contacts: readonly MailContact[],
    kind: string,
    compose: Compose,
    more: { acknowledges?: boolean; wantedFor?: string; words?: ToldWords } = {},
  ): Promise<void> {
    if (!subject.urgency || !subject.tlp)
      throw new Error('a request without urgency and label is told to nobody');
    const { urgency, tlp, traffic } = subject;
    const codes = about.id === null ? about.partyCodes : [about.partyCode];
    const factsIn = await this.facts(tx, subject, codes, more.words);
    const message = (text: OutboxMessage['text'], readers: readonly MailContact[]): OutboxMessage => ({
      requestId: subject.id,
      addresseeId: about.id,
      partyCode: recipientParty,
      requesterCode: subject.partyCode,
      traffic,
      kind,
      tlp,
      text,
      recipients: readers.map((contact) =>
        recipient(contact, contacts.indexOf(contact) + 1, more.acknowledges ?? false),
      ),
      wantedFor: more.wantedFor ?? `${kind}:${about.id ?? subject.id}`,
      // Exercises stand behind every real request.
      priority: Number(urgency.slice(1)) + (traffic === 'actual' ? 0 : 10),
    });
    const messages = byLanguage(contacts).flatMap(([language, readers]): OutboxMessage[] => {
      const facts = factsIn(language);
      const mailboxes = readers.filter(({ channel }) => channel === 'mail');
      const endpoints = readers.filter(({ channel }) => channel !== 'mail');
      const notice = () =>
        endpointNotice(compose(withoutContent(facts)), facts, { kind, requester: subject.partyCode });
      return [
        ...(mailboxes.length > 0 ? [message(compose(facts), mailboxes)] : []),
        ...(endpoints.length > 0 ? [message(notice(), endpoints)] : []),
      ];
    });
    await this.outbox.enqueue(tx, key, messages);
  }

  private async facts(
    tx: Tx,
    subject: Subject,
    to: readonly string[],
    words: ToldWords = {},
  ): Promise<(language: Language) => RequestFacts & SaidFacts> {
    const instance = await this.parties.instance(tx);
    const { content, shown, partyCode } = subject;
    const codes = [shown, words.shown].flatMap((each) => codesIn(each?.answers));
    const named = words.redirectTo ? [words.redirectTo.party] : [];
    const { alsoAsked = [] } = words;
    const names = await this.parties.known(tx, [partyCode, ...to, ...codes, ...named, ...alsoAsked]);
    const name = (code: string, language: Language) => partyName(names, language)(code);
    return (language) => ({
      language,
      instance: instance.kind,
      traffic: subject.traffic,
      kind: subject.kind,
      reference: subject.reference,
      urgency: subject.urgency as RequestFacts['urgency'],
      tlp: subject.tlp as RequestFacts['tlp'],
      from: name(subject.partyCode, language),
      to: to.map((code) => name(code, language)).join(', '),
      sentAt: subject.sentAt ?? new Date(0),
      publicUrl: this.publicUrl,
      ...(content?.sentence ? { sentence: content.sentence } : {}),
      ...(content?.text ? { text: content.text } : {}),
      ...(content?.neededBy ? { neededBy: new Date(content.neededBy) } : {}),
      ...(shown ? { sections: sectionsOf(shown, language, names) } : {}),
      ...(words.text ? { said: words.text } : {}),
      ...(words.answer ? { answer: answerWords(words.shown?.template, words.answer, language) } : {}),
      ...(words.redirectTo
        ? {
            named: [name(words.redirectTo.party, language), words.to?.names[language]]
              .filter(Boolean)
              .join(', '),
          }
        : {}),
      ...(alsoAsked.length > 0
        ? { alsoAsked: alsoAsked.map((code) => name(code, language)).join(', ') }
        : {}),
      ...(words.shown ? { answered: sectionsOf(words.shown, language, names) } : {}),
    });
  }
}

/** What a route depends on. */
interface About {
  urgency: Urgency | undefined;
  tlp: TlpCode | undefined;
  traffic: 'actual' | 'exercise' | 'test';
  /** Of the incident, where the content is at hand: when it is sent. */
  sectors?: readonly string[] | undefined;
}

/** It, of a request whose content is not at hand. */
export const aboutOf = ({ urgency, tlp, traffic }: Pick<Subject, 'urgency' | 'tlp' | 'traffic'>): About => ({
  urgency: isUrgency(urgency) ? urgency : undefined,
  tlp: isTlpCode(tlp) ? tlp : undefined,
  traffic,
});

/** On the first of its channels each. */
const oncePerContact = (contacts: readonly MailContact[]): MailContact[] =>
  contacts.filter(({ id }, index) => contacts.findIndex((one) => one.id === id) === index);

function byLanguage(contacts: readonly MailContact[]): [Language, MailContact[]][] {
  const groups = Map.groupBy(contacts, (contact) => chooseLanguage(contact.languages));
  return [...groups];
}

const recipient = (
  { id, body, channel, address }: MailContact,
  position: number,
  acknowledges: boolean,
): Recipient => ({
  ...{ pointOfContactId: id, bodyId: body.id, channel, address, position, acknowledges },
});
