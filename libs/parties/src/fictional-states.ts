import type { LanguageCode } from './member-states.js';

/** A State that does not exist, on codes that ISO 3166-1 will never assign. */
export interface FictionalState {
  readonly code: string;
  readonly alpha3: string;
  readonly numeric: null;
  readonly regionalGroup: null;
  readonly names: Readonly<Record<LanguageCode, string>>;
}

const fictional = (code: string, alpha3: string, letter: string): FictionalState =>
  Object.freeze({
    code,
    alpha3,
    numeric: null,
    regionalGroup: null,
    names: Object.freeze({
      ar: `الدولة الافتراضية ${letter}`,
      zh: `虚构国家${letter}`,
      en: `Fictional State ${letter}`,
      fr: `État fictif ${letter}`,
      ru: `Вымышленное государство ${letter}`,
      es: `Estado ficticio ${letter}`,
    }),
  });

/** The States between which every sample, demonstration, picture and exercise plays. */
export const fictionalStates: readonly FictionalState[] = Object.freeze([
  fictional('XA', 'XAA', 'A'),
  fictional('XB', 'XBB', 'B'),
  fictional('XC', 'XCC', 'C'),
]);

/**
 * Whether an alpha-2 code is one of those that ISO 3166-1 (8.1.3) leaves to its users and never assigns:
 * AA, QM to QZ, XA to XZ, ZZ. Upper case only.
 */
export const isUserAssigned = (code: string): boolean => /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code);
