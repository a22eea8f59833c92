import type { Language } from './language.js';
import type { Texts } from './texts/en.js';
import { textsIn } from './texts.js';

/** A sentence for each reason of a route, by its code: why a step was chosen, or passed over, and what is left to try. */
export const routeSentences = (language: Language): Texts['route'] => textsIn(language).route;
