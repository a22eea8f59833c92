import { fieldsOf, type Catalogue, type Template } from '#libs/templates';
import {
  formatInstant,
  textsIn,
  urgencyName,
  type DocumentEntry,
  type DocumentSection,
  type DocumentText,
  type DocumentValue,
  type FixedSentenceId,
  type Language,
  type TlpCode,
  type Urgency,
  type WrittenText,
} from '#libs/wording';
import { internalActs, templateOfAct } from './act-content.js';
import { isErased, unlessErased, type Erased } from './erased.js';
import type { EventView, LineView, RequestView } from './request-view.js';
import { answerWords, partyName, sectionsOf, type PartyNames } from './shown-answers.js';

/** What a document is drawn up with, beside the caller's own view of the request. */
export interface DocumentGround {
  language: Language;
  instance: 'sample' | 'real';
  names: PartyNames;
  catalogue: Catalogue;
  producedAt: Date;
}

const plain = (text: string): DocumentValue => ({ kind: 'plain', text });
const written = ({ text, language }: WrittenText): DocumentValue => ({ kind: 'written', text, language });
const row = (label: string, text: string | null | undefined): DocumentEntry[] =>
  text ? [{ label, value: plain(text) }] : [];
/** An event that has not come to be, but would, has no time. */
const when = (instant: string, language: Language): string =>
  instant === '' ? textsIn(language).clearance.notYet : formatInstant(new Date(instant));
const at = (instant: string | null): string | null => instant && formatInstant(new Date(instant));

/**
 * A request and its answers as one document, in the caller's own view: an addressee's shows nothing of the others.
 * Internal notes are left out of it, for a document is handed on. Needs a request with a handling label.
 */
export function requestDocument(view: RequestView & { tlp: TlpCode }, ground: DocumentGround): DocumentText {
  const { language, instance, producedAt } = ground;
  const template = view.template && ground.catalogue.find(view.template.key, view.template.version);
  const { document } = textsIn(language);
  return {
    language,
    instance,
    producedAt,
    traffic: view.traffic,
    tlp: view.tlp,
    title: template?.title[language] ?? document.request,
    reference: view.reference,
    entries: head(view, ground, template ?? undefined),
    sections: [
      ...request(view, ground, template ?? undefined),
      ...view.addressees.map((line) => lineSection(line, ground)),
      ...view.timeline.flatMap((event) => answered(event, view, ground)),
      timeline(view, ground),
    ],
    fixed: fixedOf(view),
  };
}

function head(view: RequestView, { language, names }: DocumentGround, template?: Template): DocumentEntry[] {
  const { label, state, document } = textsIn(language);
  const name = partyName(names, language);
  const { completeness, urgency } = view;
  const number = new Intl.NumberFormat(language);
  return [
    ...row(label.from, name(view.from)),
    ...row(label.to, view.to.map(name).join(', ')),
    ...row(label.alsoAsked, view.otherAddressees.map(({ party }) => name(party)).join(', ')),
    ...row(label.urgency, urgency && `${urgency} ${urgencyName(urgency as Urgency, language)}`),
    ...row(label.sentAt, at(view.sentAt)),
    ...row(label.neededBy, at(unlessErased(view.neededBy))),
    ...row(label.state, state[view.state]),
    ...row(label.erasedAt, at(view.erasedAt)),
    ...row(label.template, template && document.template(template.title[language], String(template.version))),
    ...row(
      label.completeness,
      completeness &&
        document.completeness(
          new Intl.NumberFormat(language, { style: 'percent' }).format(completeness.percent / 100),
          number.format(completeness.answered),
          number.format(completeness.fields),
        ),
    ),
  ];
}

function request(view: RequestView, ground: DocumentGround, template?: Template): DocumentSection[] {
  const { label, document, mitigation } = textsIn(ground.language);
  const sought = view.kind === 'mitigation' ? mitigation.sought : label.sought;
  const value = (text: WrittenText | Erased) =>
    isErased(text) ? plain(document.erased(formatInstant(new Date(text.at)))) : written(text);
  const entries = [
    ...(view.sentence ? [{ label: sought, value: value(view.sentence) }] : []),
    // Whether there was a longer one is not known any more.
    ...(view.text && !isErased(view.text) ? [{ label: label.furtherText, value: value(view.text) }] : []),
  ];
  const answers = unlessErased(view.answers);
  const shown = template && answers ? sectionsOf({ template, answers }, ground.language, ground.names) : [];
  return [{ title: document.request, level: 1, entries }, ...shown];
}

const bodyName = (line: LineView, language: Language): string | undefined =>
  line.body ? (line.body.names[language] ?? line.body.names['en']) : undefined;

/** The body that holds the line, with its party. */
function holder(event: EventView, view: RequestView, { language, names }: DocumentGround): string {
  const party = partyName(names, language)(event.addressee ?? event.party);
  const line = view.addressees.find(({ id }) => id === event.line);
  const body = line && bodyName(line, language);
  return body === undefined ? party : `${party}, ${body}`;
}

function lineSection(line: LineView, ground: DocumentGround): DocumentSection {
  const { language, names } = ground;
  const { label, document, state, selfStated } = textsIn(language);
  const { name = undefined, selfStated: stated = false } = line.acknowledgedBy ?? {};
  return {
    title: document.line(
      [partyName(names, language)(line.party), bodyName(line, language)].filter(Boolean).join(', '),
    ),
    level: 1,
    entries: [
      ...row(label.state, state[line.state]),
      ...row(label.sentAt, at(line.sentAt)),
      ...row(label.acceptedAt, at(line.acceptedByRelayAt)),
      ...row(label.deliveredAt, at(line.deliveredAt)),
      ...row(label.viewedAt, at(line.viewedAt)),
      ...row(label.acknowledgedAt, at(line.acknowledgedAt)),
      ...row(label.acknowledgedBy, name && (stated ? selfStated(name) : name)),
      ...row(label.answeredAt, at(line.answeredAt)),
      ...row(label.answer, line.answer && answerText(line.answer, ground)),
    ],
  };
}

const answerText = (code: string, { catalogue, language }: DocumentGround): string =>
  answerWords(catalogue.find(templateOfAct.determine ?? ''), code, language);

/** An acknowledgement or a response with all that was answered on its template. */
function answered(event: EventView, view: RequestView, ground: DocumentGround): DocumentSection[] {
  const { language, names, catalogue } = ground;
  const { said } = event;
  const template = said?.template && catalogue.find(said.template.key, said.template.version);
  if (!said || !template) return [];
  const { label, document } = textsIn(language);
  const heading = event.act === 'determine' ? document.response : document.acknowledgement;
  const answers = { ...said.answers, ...(said.answer ? { answer: said.answer } : {}) };
  const entries = [
    ...row(label.answer, said.answer && answerText(said.answer, ground)),
    ...(said.text ? [{ label: label.text, value: written(said.text) }] : []),
  ];
  const shown = sectionsOf({ template, answers }, language, names);
  if (entries.length === 0 && shown.length === 0) return [];
  const title = heading(holder(event, view, ground), when(event.at, language));
  return [{ title, level: 1, entries }, ...shown];
}

function timeline(view: RequestView, ground: DocumentGround): DocumentSection {
  const { document } = textsIn(ground.language);
  const told = view.timeline.filter(({ act }) => !internalActs.has(act));
  return {
    title: document.timeline,
    level: 1,
    source: document.notInternal,
    entries: told.map((event) => happened(event, view, ground)),
  };
}

function happened(event: EventView, view: RequestView, ground: DocumentGround): DocumentEntry {
  const { language, names } = ground;
  const { document, done, selfStated } = textsIn(language);
  const { by, said } = event;
  const unnamed = by.kind === 'unknown' ? document.nameErased : document.unnamed;
  const name = by.name === undefined ? unnamed : by.selfStated ? selfStated(by.name) : by.name;
  const someone = document.someone(name, partyName(names, language)(event.party));
  const person = event.assurance === 'emergency' ? document.inEmergency(someone) : someone;
  const who = by.kind === 'system' ? document.system : person;
  const act = done[event.act as keyof typeof done] ?? event.act;
  // Where there is one addressee, it goes without saying whose line it is.
  const several = new Set(view.addressees.map(({ party }) => party)).size > 1;
  const where = several && event.addressee ? partyName(names, language)(event.addressee) : undefined;
  const what = plain(document.by(where === undefined ? act : document.onLine(act, where), who));
  const words = said?.text && said.template === undefined ? [written(said.text)] : [];
  const to = said?.redirectTo ? [plain(redirectedTo(said.redirectTo, view, ground))] : [];
  const disclosed = said?.disclosed?.map(partyName(names, language)) ?? [];
  const others = disclosed.length > 0 ? [plain(disclosed.join(', '))] : [];
  const items = [what, ...to, ...others, ...changed(event, view, ground), ...words];
  return {
    label: when(event.at, language),
    value: items.length === 1 ? what : { kind: 'list', items },
  };
}

/** Which fields an amendment changed, by their labels. */
function changed({ said }: EventView, view: RequestView, { catalogue, language }: DocumentGround) {
  const template = view.template && catalogue.find(view.template.key, view.template.version);
  if (!template || !said?.amendment) return [];
  const names = new Map(fieldsOf(template).map(({ pointer, label }) => [pointer, label[language]]));
  const fields = said.amendment.map(({ field }) => names.get(field) ?? field);
  return [plain(textsIn(language).document.changes(fields.join(', ')))];
}

function redirectedTo(
  { party, body }: { party: string; body?: string | undefined },
  view: RequestView,
  { language, names }: DocumentGround,
): string {
  const line = view.addressees.find((each) => body !== undefined && each.body?.id === body);
  const named = line && bodyName(line, language);
  const state = partyName(names, language)(party);
  return named === undefined ? state : `${state}, ${named}`;
}

function fixedOf(view: RequestView): FixedSentenceId[] {
  const accepted = view.timeline.some(({ act }) => act === 'accept-offer');
  const acknowledged = view.addressees.some((line) => line.acknowledgedAt !== null);
  return [
    'fs.assist.no-result',
    ...(acknowledged ? ['fs.ack.request' as const] : []),
    ...(accepted ? ['fs.assist.good-faith' as const] : []),
  ];
}
