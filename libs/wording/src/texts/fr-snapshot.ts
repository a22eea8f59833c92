import type { enSnapshot } from './en-snapshot.js';

/** What is said in French in the booklet of the directory; part of `fr.ts`. */
export const frSnapshot: typeof enSnapshot = {
  booklet: {
    title: 'Points de contact',
    seenBy: 'Tel que le voit',
    staff: 'le secrétariat du réseau',
    network: 'Réseau',
    takenAt: 'Relevé le',
    expiresAt: 'Digne de foi jusqu’au',
    digest: 'Empreinte (SHA-256)',
    key: 'Clé (empreinte selon RFC 7638)',
    signature: 'Signature',
    use: 'Comment se servir de ce livret',
    useText:
      'Il contient ce que l’annuaire indiquait au moment précisé ci-dessus, pour les heures où le réseau est hors d’atteinte. Ce qui a changé depuis n’y figure pas. Les heures sont celles du lieu du point de contact. Passé le dernier jour, procurez-vous un nouveau livret et détruisez celui-ci\u00a0: il contient des noms et des numéros de personnes.',
    verifyText:
      'Le livret est une mise en forme et ne prouve rien par lui-même. Ce qui est signé, c’est le relevé sous forme de données, avec l’empreinte ci-dessus\u00a0: «\u00a0npm run cli -- verify <fichier du relevé> --key <fichier des clés>\u00a0» le vérifie, de même que la page /verify, qui fonctionne sans réseau.',
    names: 'Autres noms',
    noneTaken:
      'Cette partie ne laisse rien sortir de l’annuaire. Elle n’est joignable que par l’intermédiaire du système.',
    noContact: 'Aucun point de contact',
    levels: {
      policy: 'niveau politique',
      diplomatic: 'niveau diplomatique',
      technical: 'niveau technique',
      'law-enforcement-liaison': 'liaison avec les services de répression',
    },
    role: 'Fonction',
    body: 'Organe',
    boundary: 'AMBER va à',
    boundaries: {
      body: 'ce seul organe',
      government: 'tous les organes de l’État',
      'government-and-constituents': 'tous les organes de l’État et ceux dont cet organe répond',
    },
    person: 'Titulaire',
    languages: 'Langues',
    answered: (day: string) => `dernière réponse le ${day}`,
    goodUntil: (day: string) => `valable jusqu’au ${day}`,
    purposes: {
      urgent: 'pour les affaires urgentes',
      routine: 'pour les affaires courantes',
      exercise: 'POUR LES EXERCICES SEULEMENT',
    },
    keyOf: 'Clé OpenPGP ou S/MIME',
    hours: 'Horaires',
    aroundTheClock: 'jour et nuit',
    noHours: 'non indiqués',
    days: {
      1: 'lun.',
      2: 'mar.',
      3: 'mer.',
      4: 'jeu.',
      5: 'ven.',
      6: 'sam.',
      7: 'dim.',
    },
    holidaysOf: (country: string) => `hors jours fériés (${country})`,
    stale: 'Non confirmé par sa partie depuis quelque temps.',
    state: 'Inscription',
    note: 'Remarque',
    lastConfirmed: 'Confirmé le',
    plan: (network) =>
      network === null
        ? 'Plan de communication avec cette partie'
        : `Plan de communication du réseau ${network}`,
    mode: 'Mode en vigueur',
    modes: { normal: 'ordinaire', heightened: 'renforcé', crisis: 'crise' },
    beside: 'En dehors de celles-ci',
    nothing: 'aucune voie n’est employée',
    notHere: 'un moyen de contact qui n’est pas dans ce livret',
    places: {
      primary: 'Voie principale',
      alternate: 'Voie de rechange',
      contingency: 'Voie de secours',
      emergency: 'Dernier recours',
    },
    bridge: 'Pont de conférence',
    reports: 'Points de situation',
    reportEvery: (mode, minutes) => `${mode}\u00a0: toutes les ${minutes} minutes`,
  },
};
