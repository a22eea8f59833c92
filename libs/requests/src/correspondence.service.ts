import type { DirectoryQueries, Level, PointOfContactView } from '#libs/directory';
import type { Outbox, OutboxMessage, Recipient } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import {
  acknowledgedMail,
  actMail,
  reminderMail,
  chooseLanguage,
  requestCopyMail,
  requestMail,
  unreachedMail,
  withdrawnMail,
  type AcknowledgementFacts,
  type Language,
  type MailText,
  type RequestFacts,
  type SaidFacts,
  type ToldAct,
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
    private readonly directory: DirectoryQueries,
    private readonly parties: PartyQueries,
    private readonly outbox: Outbox,
    private readonly publicUrl: string,
  ) {}

  /**
   * The points of contact of a party to be told: technical ones in their order (GGE 77 (a)); where a party has
   * none, its diplomatic ones, then those at policy level.
   */
  async contacts(tx: Tx, party: string, preferred: readonly Level[]): Promise<PointOfContactView[]> {
    for (const level of preferred) {
      const found = await this.directory.pointsOfContact(tx, { party, level });
      const reachable = found.filter(hasMail);
      if (reachable.length > 0) return reachable;
    }
    return [];
  }

  /** The points of contact of one body of a party, best level first. */
  async bodyContacts(tx: Tx, party: string, body: string): Promise<PointOfContactView[]> {
    const found = await this.directory.pointsOfContact(tx, { party });
    const own = found.filter((contact) => contact.body.id === body && hasMail(contact));
    const level = whoIsAsked.find((each) => own.some((contact) => contact.level === each));
    return own.filter((contact) => contact.level === level);
  }

  /** Those who are told of a line: of the body that holds it, else of the party. */
  private async lineContacts(tx: Tx, { partyCode, bodyId }: Line): Promise<PointOfContactView[]> {
    return bodyId === null
      ? this.contacts(tx, partyCode, whoIsAsked)
      : this.bodyContacts(tx, partyCode, bodyId);
  }

  async requestToAddressee(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    contacts: PointOfContactView[],
  ) {
    await this.tell(tx, key, subject, line, line.partyCode, contacts, 'request', requestMail, {
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
    contacts: PointOfContactView[],
  ) {
    await this.tell(
      tx,
      key,
      subject,
      { id: null, partyCodes: to },
      subject.partyCode,
      contacts,
      'copy',
      requestCopyMail,
    );
  }

  /** The same again, for those who have not acknowledged; without content, which the worker does not know. */
  async reminder(tx: Tx, key: DataKey, subject: Subject, line: Line) {
    const contacts = await this.lineContacts(tx, line);
    await this.tell(tx, key, subject, line, line.partyCode, contacts, 'reminder', reminderMail, {
      acknowledges: true,
      wantedFor: remindersOfLine(line.id),
    });
  }

  async acknowledged(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: Line,
    said: AcknowledgementFacts,
    words: ToldWords,
  ) {
    const contacts = await this.requesterContacts(tx, subject.partyCode);
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
    const found: PointOfContactView[] = [];
    for (const each of [line, ...before]) found.push(...(await this.lineContacts(tx, each)));
    const contacts = [...new Map(found.map((contact) => [contact.id, contact])).values()];
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
    const contacts = asked ? await this.lineContacts(tx, line) : await this.requesterContacts(tx, party);
    await this.tell(tx, key, subject, line, party, contacts, act, (facts) => actMail({ ...facts, act }), {
      words,
    });
  }

  async unreached(tx: Tx, key: DataKey, subject: Subject, line: Line) {
    const contacts = await this.requesterContacts(tx, subject.partyCode);
    await this.tell(tx, key, subject, line, subject.partyCode, contacts, 'unreached', unreachedMail);
  }

  private async requesterContacts(tx: Tx, party: string): Promise<PointOfContactView[]> {
    const technical = await this.contacts(tx, party, ['technical']);
    return [...technical, ...(await this.contacts(tx, party, ['diplomatic']))];
  }

  private async tell(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    about: Line | { id: null; partyCodes: string[] },
    recipientParty: string,
    contacts: PointOfContactView[],
    kind: string,
    compose: Compose,
    more: { acknowledges?: boolean; wantedFor?: string; words?: ToldWords } = {},
  ): Promise<void> {
    if (!subject.urgency || !subject.tlp)
      throw new Error('a request without urgency and label is told to nobody');
    const { urgency, tlp, traffic } = subject;
    const codes = about.id === null ? about.partyCodes : [about.partyCode];
    const factsIn = await this.facts(tx, subject, codes, more.words);
    const messages = byLanguage(contacts).map(([language, readers]): OutboxMessage => ({
      requestId: subject.id,
      addresseeId: about.id,
      partyCode: recipientParty,
      requesterCode: subject.partyCode,
      traffic,
      kind,
      tlp,
      text: compose(factsIn(language)),
      recipients: readers.map((contact) =>
        recipient(contact, contacts.indexOf(contact) + 1, more.acknowledges ?? false),
      ),
      wantedFor: more.wantedFor ?? `${kind}:${about.id ?? subject.id}`,
      // Exercises stand behind every real request.
      priority: Number(urgency.slice(1)) + (traffic === 'actual' ? 0 : 10),
    }));
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

const hasMail = ({ channels }: PointOfContactView): boolean => channels.some(({ kind }) => kind === 'mail');

function byLanguage(contacts: readonly PointOfContactView[]): [Language, PointOfContactView[]][] {
  const groups = Map.groupBy(contacts, (contact) => chooseLanguage(contact.languages));
  return [...groups];
}

function recipient(contact: PointOfContactView, position: number, acknowledges: boolean): Recipient {
  const channel = contact.channels.find(({ kind }) => kind === 'mail');
  if (!channel) throw new Error('a point of contact without a mail channel cannot be told');
  return {
    pointOfContactId: contact.id,
    bodyId: contact.body.id,
    address: channel.address,
    position,
    acknowledges,
  };
}
