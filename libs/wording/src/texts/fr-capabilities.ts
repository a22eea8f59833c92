import type { enCapabilities } from './en-capabilities.js';

/** Les noms de ce qu’une partie pourrait offrir; part of `fr.ts`. */
export const frCapabilities: typeof enCapabilities = {
  kinds: {
    'incident-analysis': 'Analyse d’un incident',
    'forensic-analysis': 'Analyse d’artéfacts et d’éléments de preuve numériques',
    'mitigation-and-recovery': 'Atténuation et rétablissement',
    'incident-coordination': 'Coordination d’un incident',
    'crisis-management-support': 'Appui à la gestion de crise',
    'vulnerability-coordination': 'Coordination et divulgation des vulnérabilités',
    'situational-awareness': 'Connaissance de la situation',
    training: 'Formation',
    exercises: 'Organisation d’exercices',
    advice: 'Conseils techniques et politiques',
  },
};
