import type { enRoleSheets } from './en-role-sheets.js';

/** Les fiches de rôle en français; part of `fr.ts`. */
export const frRoleSheets: typeof enRoleSheets = {
  words: {
    title: (level, network) => `Fiche de rôle\u00a0: ${level} (${network})`,
    guidance:
      'Il s’agit d’orientations. Chaque État décide lui-même comment il remplit ce rôle (A/76/135, paragraphes 76 et 77 a)).',
    own: 'Telle que le réseau l’a adaptée',
    purpose: 'Raison d’être',
    roles: 'Rôles attendus',
    coordination: 'Fonctions de coordination',
    readiness: 'Exigences de préparation',
    version: 'Version de la fiche',
    levels: {
      policy: 'niveau politique',
      diplomatic: 'niveau diplomatique',
      technical: 'niveau technique',
      'law-enforcement-liaison': 'liaison avec les services de répression',
    },
  },
  sheets: {
    policy: {
      purpose:
        'Parle au nom de son État en matière de sécurité numérique lorsqu’un incident peut peser sur les relations (paragraphe 76).',
      roles: {
        consult: 'Consulte ses homologues pour prévenir les malentendus et réduire les tensions (76).',
        decide: 'Veille à ce qu’il soit décidé si une assistance est offerte, et comment (52, 53).',
        crisis:
          'Convient à l’avance des moyens de communiquer en temps de crise, et déclare la crise lorsque les plans le prévoient (55).',
      },
      coordination: {
        government: 'Réunit les ministères et organismes qui prennent part à la réponse (21, 23).',
        technical: 'Dispose de l’évaluation du niveau technique avant de se prononcer sur les faits (24).',
      },
      readiness: {
        authority: 'Il est établi qui peut parler et décider, et qui le fait en leur absence.',
        'out-of-hours':
          'Une personne investie de cette autorité est joignable en dehors des heures de bureau.',
        procedure:
          'Une procédure nationale pour les demandes d’autres États est consignée par écrit (77 b)).',
        'secure-channel': 'Il existe une voie pour ce qui est sensible, essayée cette année.',
        exercised:
          'Le rôle a participé à un exercice ou à un essai de communication depuis moins d’un an (78).',
      },
    },
    diplomatic: {
      purpose:
        'Achemine les communications officielles entre États et en garde la trace (paragraphes 76 et 77 a)).',
      roles: {
        transmit: 'Reçoit et transmet sans tarder les demandes et notifications officielles (53).',
        acknowledge: 'Accuse réception, ce qui ne vaut pas accord sur ce qui a été reçu (30 c)).',
        escalate: 'Prend le relais lorsque le niveau technique n’est pas joignable (77 b)).',
      },
      coordination: {
        ministries: 'Sait quel ministère ou organisme répond de quelle affaire, et comment le joindre (23).',
        missions: 'Tient informées les ambassades et missions qui sont sollicitées.',
      },
      readiness: {
        authority: 'Il est établi qui peut accuser réception et répondre au nom de l’État.',
        'out-of-hours': 'Une permanence du ministère est joignable en dehors des heures de bureau.',
        contacts:
          'Les contacts nationaux aux niveaux politique et technique sont à portée de main et ont été vérifiés cette année.',
        templates: 'La permanence connaît les formulaires du réseau pour les demandes et les réponses (54).',
        exercised:
          'Le rôle a participé à un exercice ou à un essai de communication depuis moins d’un an (78).',
      },
    },
    technical: {
      purpose:
        'Traite les incidents directement avec ses homologues, le plus souvent depuis un CERT (paragraphes 65 et 76).',
      roles: {
        receive: 'Reçoit les demandes et notifications à toute heure que la fiche indique (53).',
        acknowledge: 'Accuse réception et dit quand une réponse peut être attendue (54).',
        assess: 'Évalue ce qui peut être fait\u00a0: moyens, disponibilité, ressources (53).',
        assist: 'Fournit une assistance technique dans le cadre de son mandat, de bonne foi (30 b), 52).',
      },
      coordination: {
        certs:
          'Peut joindre les CERT sectoriels, les exploitants d’infrastructures critiques et les fournisseurs nationaux (68).',
        levels: 'Informe les niveaux diplomatique et politique de ce qui peut dépasser la technique (24).',
        evidence:
          'Sait quand associer les services de répression, et conserve ce qui peut servir de preuve (33).',
      },
      readiness: {
        'duty-hours': 'Les heures de permanence figurent dans l’annuaire, et elles sont tenues.',
        alternate: 'Il existe un suppléant, qui dispose des mêmes moyens que le titulaire.',
        keys: 'Les clés pour les messages confidentiels sont valides, et un message d’essai a été lu ce trimestre.',
        mandate: 'Le statut, l’autorité et le mandat de l’organisme figurent dans l’annuaire (68).',
        'non-misuse':
          'L’organisme n’est pas utilisé pour des activités malveillantes contre autrui, et il le déclare (67).',
        exercised:
          'Le rôle a participé à un exercice ou à un essai de communication depuis moins d’un an (78).',
      },
    },
    'law-enforcement-liaison': {
      purpose:
        'Mène aux autorités chargées des enquêtes pénales, à côté de la voie technique (paragraphe 33).',
      roles: {
        receive:
          'Reçoit les demandes de conservation et de transmission de preuves, ou dit à qui elles s’adressent (33).',
        advise: 'Indique la forme que doit avoir une demande d’entraide judiciaire.',
      },
      coordination: {
        prosecution: 'Peut joindre la police et le ministère public à toute heure que la fiche indique.',
        certs: 'A convenu avec les CERT nationaux de la remise des traces (33).',
      },
      readiness: {
        'out-of-hours':
          'Les demandes urgentes de conservation de preuves peuvent être reçues en dehors des heures de bureau.',
        'legal-basis': 'Il est consigné par écrit ce qui peut être fait avant une demande officielle.',
        custody: 'Une procédure préserve la chaîne de conservation des preuves (33).',
        exercised:
          'Le rôle a participé à un exercice ou à un essai de communication depuis moins d’un an (78).',
      },
    },
  },
};
