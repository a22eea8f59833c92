import type { LanguageCode } from './member-states.js';

/** A State that is an observer at the United Nations; it belongs to no regional group for elections. */
export interface ObserverState {
  /** ISO 3166-1 alpha-2; then alpha-3; then numeric (the M49 code), three digits. */
  readonly code: string;
  readonly alpha3: string;
  readonly numeric: string;
  /** Short names of the United Nations terminology database (UNTERM), without the article. */
  readonly names: Readonly<Record<LanguageCode, string>>;
}

/** The observer States by alpha-2 code. They join a network when its secretariat adds them. */
export const observerStates: readonly ObserverState[] = Object.freeze([
  Object.freeze({
    ...{ code: 'PS', alpha3: 'PSE', numeric: '275' },
    names: Object.freeze({
      ar: 'دولة فلسطين',
      zh: '巴勒斯坦国',
      en: 'State of Palestine',
      fr: 'État de Palestine',
      ru: 'Государство Палестина',
      es: 'Estado de Palestina',
    }),
  }),
  Object.freeze({
    ...{ code: 'VA', alpha3: 'VAT', numeric: '336' },
    names: Object.freeze({
      ar: 'الكرسي الرسولي',
      zh: '罗马教廷',
      en: 'Holy See',
      fr: 'Saint-Siège',
      ru: 'Святой Престол',
      es: 'Santa Sede',
    }),
  }),
]);
