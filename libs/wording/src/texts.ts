import type { Language } from './language.js';
import { en, type Texts } from './texts/en.js';
import { fr } from './texts/fr.js';

const byLanguage: Readonly<Record<Language, Texts>> = { en, fr };

/** All texts of one language. */
export const textsIn = (language: Language): Texts => byLanguage[language];
