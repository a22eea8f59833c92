import type { enBesideRequests } from './en-beside-requests.js';

/** What is said in French beside requests: receipts, announcements, checkpoints, emergency access, organizations; part of `fr.ts`. */
export const frBesideRequests: typeof enBesideRequests = {
  receipt: {
    title: (word) => `Récépissé\u00a0: ${word}`,
    happened: 'Fait constaté',
    what: 'Récépissé pour',
    meaning: 'Signification',
    by: 'Par',
    assurance: 'Degré d’assurance',
    evidence: 'Élément de preuve',
    at: 'Le (UTC)',
    actor: 'Compte ou courriel',
    event: 'Identifiant de l’événement',
    said: 'Empreinte salée de ce qui a été dit ou envoyé',
    place: 'Place dans le registre',
    chain: 'Chaîne',
    number: 'Numéro dans la chaîne',
    digest: 'Empreinte de l’écriture',
    previous: 'Empreinte de l’écriture précédente',
    hash: 'Empreinte à cette place',
    batch: 'Lot du journal',
    inBatch: (position, size) => `écriture ${position} sur ${size}`,
    root: 'Racine du lot',
    checkpoint: 'Point de contrôle',
    checkpointNumber: 'Numéro',
    checkpointRoot: 'Racine',
    checkpointHash: 'Empreinte',
    noCheckpoint: 'pas encore\u00a0: le prochain suit dans quelques minutes',
    signature: 'Signature',
    network: 'Réseau',
    key: 'Clé (empreinte RFC 7638)',
    verify: 'Comment vérifier',
    steps: {
      rendering:
        'La présente page est une mise en forme et ne prouve rien par elle-même. Ce qui est signé est le récépissé sous forme de données.',
      receipt: (address) => `Prenez le récépissé à l’adresse ${address}`,
      keys: (address) => `Prenez les clés publiques à l’adresse ${address}`,
      run: 'Exécutez «\u00a0npm run cli -- verify <fichier du récépissé> --key <fichier des clés>\u00a0», ou suivez SPECIFICATION.md avec vos propres outils.',
      compare: 'Comparez la racine du point de contrôle avec une copie de celui-ci conservée ailleurs.',
    },
    words: {
      filed: 'déposée',
      'accepted by relay': 'acceptée par un relais',
      delivered: 'remise',
      viewed: 'lue',
      acknowledged: 'réception confirmée',
      answered: 'réponse donnée',
    },
    meanings: {
      filed: 'Le requérant a envoyé la demande à ce destinataire.',
      'accepted by relay': 'Un relais de messagerie a pris en charge un courriel relatif à la demande.',
      delivered:
        'Le lien d’un courriel relatif à la demande a été ouvert\u00a0: un courriel qui le porte est donc arrivé. Cela ne dit rien d’une personne.',
      viewed:
        'La demande a été présentée à un compte du destinataire, ou à quiconque a saisi le code d’un courriel qui lui était adressé.',
      acknowledged: 'Quelqu’un, du côté du destinataire, a accusé réception.',
      answered: 'Le destinataire a indiqué s’il peut prêter assistance.',
    },
    assurances: {
      'signed-in': 'connecté au moyen d’un compte',
      emergency: 'accès d’urgence',
      'api-token': 'par un jeton d’API d’un compte',
      'link-and-code': 'lien et code d’un courriel, sous un nom que personne n’a vérifié',
      system: 'constaté par le système lui-même',
    },
    evidences: {
      'link-fetched': 'le lien du courriel a été ouvert, par une personne ou par un programme',
      'request-read': 'la demande a été lue au moyen d’un compte',
      'code-typed': 'le code du courriel a été saisi',
    },
  },
  announcement: {
    subject: (network) => `Annonce du secrétariat\u00a0: ${network}`,
    from: 'De',
    secretariat: 'Secrétariat du réseau',
    announcedAt: 'Annoncé le',
    corrects: 'Rectifie l’annonce du',
    lead: 'Ceci est une annonce du secrétariat du réseau aux comptes de ses membres. Elle n’est pas une demande entre États et n’en contient aucune. Aucun accusé de réception n’est attendu.',
    readThere: 'Après connexion, elle peut être lue dans toutes ses langues à l’adresse suivante\u00a0:',
  },
  checkpoint: {
    subject: (number, network) => `Point de contrôle ${number} du registre\u00a0: ${network}`,
    number: 'Point de contrôle',
    madeAt: 'Établi le',
    file: 'Fichier',
    rhythm: 'Envoyé',
    every: { checkpoint: 'à chaque point de contrôle', hour: 'toutes les heures', day: 'tous les jours' },
    purpose:
      'Le fichier est une déclaration signée de l’état du registre de ce système à ce moment. Il ne dit rien de ce que contient le registre. Conservez-le hors de ce système\u00a0: seules des copies extérieures peuvent montrer que le registre a été réécrit par la suite. Chacune vaut pour toutes celles qui la précèdent.',
    verify:
      'Quiconque vérifie le registre, en y ayant accès, le fait avec votre copie et avec la clé publique du registre, enregistrée sous ledger-key.json\u00a0:',
    key: 'La clé publique. Gardez-en aussi une copie\u00a0:',
    end: 'Un administrateur de votre État modifie ces envois ou y met fin après connexion, par PUT ou DELETE à l’adresse suivante\u00a0:',
  },
  emergency: {
    asked: {
      subject: 'Accès d’urgence demandé',
      sentence:
        'Une personne qui connaît le mot de passe de ce compte déclare avoir perdu tous ses seconds facteurs et demande à entrer pour quatre heures. Il faut pour cela que deux autres personnes de votre État se portent garantes.',
      own: 'Une personne qui connaît le mot de passe de votre compte déclare avoir perdu tous ses seconds facteurs et demande à entrer pour quatre heures. Il faut pour cela que deux autres personnes de votre État se portent garantes.',
    },
    granted: {
      subject: 'Accès d’urgence accordé',
      sentence:
        'Deux personnes de votre État se sont portées garantes de ce compte. Il s’ouvre sans second facteur pour quatre heures, une seule fois.',
      own: 'Deux personnes de votre État se sont portées garantes de vous. Votre compte s’ouvre sans second facteur pour quatre heures, une seule fois.',
    },
    ended: {
      subject: 'Accès d’urgence terminé',
      sentence:
        'Il a été mis fin à l’accès d’urgence à ce compte, ainsi qu’à toutes les sessions ouvertes depuis qu’il a commencé.',
      own: 'Il a été mis fin à l’accès d’urgence à votre compte, ainsi qu’à toutes les sessions ouvertes depuis qu’il a commencé.',
    },
    factorStays:
      'Un second facteur a été configuré sous cet accès et ouvre désormais le compte. Si ce n’est pas la personne qui l’a configuré, un administrateur de votre État doit immédiatement mettre fin au compte.',
    look: 'Les comptes se consultent et se ferment à l’adresse suivante\u00a0:',
    advice:
      'Avant de vous porter garant, rappelez la personne à un numéro que vous connaissiez déjà et faites-vous lire le code affiché sur son écran. Un courriel ou un appel que vous recevez ne prouve rien.',
    notYou:
      'Si ce n’était pas vous, quelqu’un connaît votre mot de passe\u00a0: prévenez immédiatement, par téléphone, un administrateur de votre État.',
    end: 'Toute personne disposant d’un compte de votre État peut y mettre fin immédiatement, après connexion à l’adresse suivante\u00a0:',
    account: 'Compte',
    askedAt: 'Demandé le',
    vouched: 'Garants',
    until: 'Jusqu’au',
  },
  organization: {
    offer: (name) => `Se connecter auprès de ${name}`,
    offerText:
      'Vous vous connectez auprès de votre organisation, puis revenez ici. Il faut pour cela un compte que vous lui avez associé.',
    begin: 'Commencer',
    leave: (host) => `Poursuivre sur ${host}`,
    leaveText:
      'Vérifiez que c’est bien l’adresse de votre organisation. Vous revenez ici dans les dix minutes.',
    go: (host) => `Se connecter sur ${host}`,
    returned: 'Vous revenez de votre organisation',
    returnedText: 'Encore une étape. Rien n’a changé jusque-là.',
    finish: 'Continuer',
    signedIn: 'Vous êtes connecté',
    signedInText: 'Ce navigateur est connecté à votre compte.',
    secondFactor: 'Donnez votre second facteur',
    secondFactorText:
      'Votre organisation a indiqué qui vous êtes. Votre compte demande aussi son second facteur.',
    enrol: 'Configurez un second facteur',
    enrolText:
      'Votre organisation a indiqué qui vous êtes. Votre compte ne s’ouvre qu’avec un second facteur.',
    linked: 'Votre compte est associé',
    linkedText: 'Vous pouvez désormais y accéder par votre organisation.',
    steppedUp: 'Vous avez prouvé qui vous êtes',
    steppedUpText: 'Revenez en arrière et recommencez ce que vous alliez faire, dans les cinq minutes.',
    refused: 'La connexion n’a pas abouti',
    refusedText:
      'Recommencez, dans ce navigateur. Si votre compte n’est pas encore associé à votre organisation, connectez-vous avec votre mot de passe et associez-le.',
    unavailable: 'Votre organisation ne répond pas',
    unavailableText: 'Réessayez plus tard, ou connectez-vous avec votre mot de passe.',
    unknown: 'Personne ne se connecte à cette adresse',
    unknownText:
      'Vérifiez qu’elle a été copiée en entier, ou adressez-vous à la personne qui administre vos comptes.',
  },
};
