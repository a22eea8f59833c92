import type { Language } from './language.js';

/** `prevailing`: this text rules. `unofficial`: a translation, shown as such. `confirmed`: a translation agreed by the parties. */
export type SentenceStatus = 'prevailing' | 'unofficial' | 'confirmed';

interface Wording {
  readonly status: SentenceStatus;
  readonly text: string;
}

const prevailing = (text: string): Wording => Object.freeze({ status: 'prevailing', text });
const unofficial = (text: string): Wording => Object.freeze({ status: 'unofficial', text });
const sentence = (en: string, fr: string) =>
  Object.freeze({ version: 1, en: prevailing(en), fr: unofficial(fr) } as const);

const sentences = Object.freeze({
  /** A/76/135, 30 (d): on every notification of activity. */
  'fs.notice.no-implication': sentence(
    'This notification does not, of itself, imply that the notified State is responsible for the activity described (A/76/135, paragraph 30 (d)).',
    'La présente notification n’implique pas, en soi, que l’État qui en est destinataire soit responsable de l’activité décrite (A/76/135, paragraphe 30 d)).',
  ),
  /** A/76/135, 30 (c): on the acknowledgement of a notification. */
  'fs.ack.notification': sentence(
    'This acknowledges receipt only. It does not indicate agreement with the information in the notification (A/76/135, paragraph 30 (c)).',
    'Il s’agit d’un simple accusé de réception. Il ne vaut pas accord sur les informations figurant dans la notification (A/76/135, paragraphe 30 c)).',
  ),
  /** On the acknowledgement of a request. */
  'fs.ack.request': sentence(
    'This acknowledges receipt only. It is not a commitment to provide assistance and not a statement on the facts described.',
    'Il s’agit d’un simple accusé de réception. Il ne constitue ni un engagement à fournir une assistance ni une prise de position sur les faits décrits.',
  ),
  /** A/76/135, 53: on every request and every offer. */
  'fs.assist.no-result': sentence(
    'The State asked is not expected to ensure a particular result (A/76/135, paragraph 53).',
    'Il n’est pas attendu de l’État sollicité qu’il garantisse un résultat particulier (A/76/135, paragraphe 53).',
  ),
  /** A/76/135, 30 (b): on every accepted offer. */
  'fs.assist.good-faith': sentence(
    'Assistance is given in good faith and is not used for activity against the State assisted or a third State (A/76/135, paragraph 30 (b)).',
    'L’assistance est fournie de bonne foi et n’est pas utilisée pour mener des activités contre l’État assisté ou contre un État tiers (A/76/135, paragraphe 30 b)).',
  ),
  /** A/76/135, 53: beside everything that a party could offer. */
  'fs.capability.no-commitment': sentence(
    'This says what could be offered, without commitment. Whether it can be given is determined for each request, and no particular result is promised (A/76/135, paragraph 53).',
    'Il s’agit de ce qui pourrait être offert, sans engagement. La possibilité de le fournir est déterminée pour chaque demande, et aucun résultat particulier n’est promis (A/76/135, paragraphe 53).',
  ),
  /** Wherever a mode of a communication plan is told of. */
  'fs.mode.no-implication': sentence(
    'A mode says how the parties to a communication plan reach each other. It does not, of itself, imply that any State is responsible for any activity.',
    'Un mode indique comment les parties à un plan de communication se joignent. Il n’implique pas, en soi, qu’un État soit responsable d’une quelconque activité.',
  ),
  /** Beside every clock. */
  'fs.targets': sentence(
    'Time targets are aims that the parties of the network set themselves. They are not obligations.',
    'Les délais visés sont des objectifs que les parties au réseau se fixent elles-mêmes. Ils ne constituent pas des obligations.',
  ),
  /** On every exercise message, first and last. */
  'fs.exercise': sentence(
    'EXERCISE EXERCISE EXERCISE: this message is part of an exercise.',
    'EXERCICE EXERCICE EXERCICE\u00a0: le présent message s’inscrit dans le cadre d’un exercice.',
  ),
});

export type FixedSentenceId = keyof typeof sentences;

/** A sentence that nobody edits or leaves out, with what identifies the exact words that were shown. */
export interface FixedSentence extends Wording {
  readonly id: FixedSentenceId;
  readonly version: number;
  readonly language: Language;
}

export const fixedSentenceIds = Object.freeze(Object.keys(sentences) as FixedSentenceId[]);

/** The fixed sentence in a language. English prevails over a translation that is not confirmed. Frozen. */
export function fixedSentence(id: FixedSentenceId, language: Language): FixedSentence {
  const { version, [language]: wording } = sentences[id];
  return Object.freeze({ id, version, language, ...wording });
}
