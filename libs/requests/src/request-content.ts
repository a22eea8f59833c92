import { toPointer, type Fault } from '#libs/runtime';
import type { Answers, Template } from '#libs/templates';
import type { TlpCode, Urgency, WrittenText } from '#libs/wording';
import { faultsInGiven } from './given-answers.js';

/** Templates that a request is filed on. */
export const templateKeys = ['assistance-request', 'mitigation-request'] as const;
export type TemplateKey = (typeof templateKeys)[number];

/** What an officer gives: the five fields (from is the officer's own party), and what may follow. */
export interface RequestInput {
  /** The plain request for assistance, where none is named; a draft keeps its own. */
  template?: TemplateKey | undefined;
  traffic: 'actual' | 'exercise';
  to: readonly string[];
  urgency?: Urgency | undefined;
  tlp?: TlpCode | undefined;
  sentence?: WrittenText | undefined;
  text?: WrittenText | undefined;
  /** RFC 3339. */
  neededBy?: string | undefined;
  /** What the template asks for beyond the five fields. */
  answers?: Answers | undefined;
}

/** What is sealed of it. The salt keeps commitments to it from being guessed. */
export interface RequestContent {
  salt: string;
  sentence?: WrittenText | undefined;
  text?: WrittenText | undefined;
  neededBy?: string | undefined;
  answers?: Answers | undefined;
}

/** An input that has the five fields. */
export type CompleteInput = RequestInput & { urgency: Urgency; tlp: TlpCode; sentence: WrittenText };

const year = 366 * 86_400_000;

/**
 * What is wrong with an input whatever is done with it: unknown States, the requester itself, one named twice,
 * a time that is past or absurd. `reachable` holds the States of the network that have a point of contact.
 */
export function faultsIn(
  input: RequestInput,
  self: string,
  reachable: ReadonlySet<string>,
  at: Date,
): Fault[] {
  const faults: Fault[] = input.to.flatMap((code, index) => {
    const pointer = toPointer(['to', index]);
    if (code === self) return [{ pointer, detail: 'is the requester itself: address another State' }];
    if (!reachable.has(code))
      return [
        { pointer, detail: 'is not a party of this network with a point of contact: see /api/v1/parties' },
      ];
    if (input.to.indexOf(code) !== index) return [{ pointer, detail: 'is named twice' }];
    return [];
  });
  if (input.neededBy !== undefined) {
    const wait = new Date(input.neededBy).getTime() - at.getTime();
    if (!(wait > 0 && wait <= year))
      faults.push({ pointer: '#/neededBy', detail: 'must lie in the future, at most a year from now' });
  }
  return faults;
}

/** Which of the five fields are missing; none when the request can be sent. */
export function missingToSend(input: RequestInput): Fault[] {
  const missing = (field: keyof RequestInput): Fault => ({
    pointer: toPointer([field]),
    detail: 'is needed to send',
  });
  return [
    ...(input.to.length === 0 ? [missing('to')] : []),
    ...(['urgency', 'tlp', 'sentence'] as const).filter((field) => input[field] === undefined).map(missing),
  ];
}

export const isComplete = (input: RequestInput): input is CompleteInput => missingToSend(input).length === 0;

/** All answers of a request, its five fields among them, as its template names them. */
export const answersOf = (input: Omit<RequestInput, 'template' | 'traffic'>, from: string): Answers => {
  const { to, urgency, tlp, sentence, answers } = input;
  const keys = { from, to, urgency, tlp, sentence };
  return {
    ...answers,
    ...Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)),
  };
};

/** Faults in what the template asks for beyond the five fields. */
export const faultsInAnswers = (template: Template, input: RequestInput, from: string): Fault[] =>
  input.answers ? faultsInGiven(template, answersOf({ ...input, answers: {} }, from), input.answers) : [];
