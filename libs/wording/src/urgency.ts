import type { Language } from './language.js';

/** Urgencies of a request, most urgent first. */
export const urgencies = ['U1', 'U2', 'U3', 'U4'] as const;

export type Urgency = (typeof urgencies)[number];

export const isUrgency = (value: unknown): value is Urgency => urgencies.some((known) => known === value);

interface Words {
  readonly name: string;
  readonly when: string;
}

const words: Readonly<Record<Urgency, Readonly<Record<Language, Words>>>> = {
  U1: {
    en: {
      name: 'Immediate',
      when: 'Threat to life, ongoing outage of critical infrastructure, bearing on international peace and security.',
    },
    fr: {
      name: 'Immédiat',
      when: 'Menace pour la vie humaine, interruption en cours d’une infrastructure critique, incidence sur la paix et la sécurité internationales.',
    },
  },
  U2: {
    en: { name: 'Urgent', when: 'Serious and spreading, critical infrastructure at risk.' },
    fr: { name: 'Urgent', when: 'Incident grave qui s’étend, infrastructure critique menacée.' },
  },
  U3: {
    en: { name: 'Priority', when: 'Significant, contained.' },
    fr: { name: 'Prioritaire', when: 'Incident important, circonscrit.' },
  },
  U4: {
    en: { name: 'Routine', when: 'Information, capacity, vulnerability without exploitation.' },
    fr: { name: 'Ordinaire', when: 'Information, capacités, vulnérabilité non exploitée.' },
  },
};

/** Name of an urgency, without its code. */
export const urgencyName = (code: Urgency, language: Language): string => words[code][language].name;

/** One sentence that says when a requester chooses this urgency. */
export const urgencyWhen = (code: Urgency, language: Language): string => words[code][language].when;
