import { groupCode } from './acknowledgement-code.js';
import { changeSentence, type SaidChange } from './change-sentence.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What somebody who calls has to know to read it to the callee. */
export interface CallScriptFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  /** Who calls, and whom, in the language of the callee. */
  readonly caller: string;
  readonly role: string;
  readonly reason: 'proof' | 'check' | 'request' | 'change';
  /** Where the call announces a change: which, and when it was decided. */
  readonly change: (SaidChange & { readonly at: Date }) | null;
  /** How the code comes to the callee; null: nobody has taken the call yet. */
  readonly way: 'mailed' | 'read-out' | 'read-back' | null;
  /** The code, where the caller reads it. */
  readonly code: string | null;
}

/** What is read to the callee, line by line. It tells nothing of a request but that there is one, and of a change no address. */
export function callScript({ language, instance, traffic, ...facts }: CallScriptFacts): string[] {
  const { callScript: say, marking } = textsIn(language);
  const { caller, role, reason, change, way, code } = facts;
  const marks = [
    ...(instance === 'sample' ? [marking.sample] : []),
    ...(traffic === 'exercise' ? [say.exercise] : []),
    ...(traffic === 'test' ? [marking.test] : []),
  ];
  const spoken = code === null ? null : groupCode(code);
  const ofCode = {
    mailed: say.mailed,
    'read-out': spoken && say.readOut(spoken),
    'read-back': spoken && say.readBack(spoken),
  };
  return [
    ...marks,
    say.greeting(plainLine(caller)),
    say.role(plainLine(role)),
    ...(change ? ofChange(change, language) : [reason === 'request' ? say.request : say.check]),
    ...(way && ofCode[way] ? [ofCode[way]] : []),
    ...[say.doubt, say.thanks],
    ...(traffic === 'exercise' ? [say.exercise] : []),
  ];
}

function ofChange(change: NonNullable<CallScriptFacts['change']>, language: Language): string[] {
  const { spoken } = textsIn(language).announcedChange;
  return [
    spoken.about(formatInstant(change.at)),
    changeSentence(spoken.sentences, change, language),
    spoken.sayAtOnce,
  ];
}
