import type { Texts } from './en.js';

/** Everything the system says in French, in the usage of the United Nations. */
export const fr: Texts = {
  labelled: (label) => `${label}\u00a0:`,
  label: {
    reference: 'Référence',
    from: 'De',
    to: 'À',
    urgency: 'Urgence',
    sentAt: 'Envoyée le',
    neededBy: 'Attendue pour le',
    sought: 'Assistance demandée',
    furtherText: 'Texte complémentaire',
    acknowledgedAt: 'Accusé de réception le',
    acknowledgedBy: 'Accusé de réception par',
    withdrawnAt: 'Retirée le',
    system: 'Adresse du système',
  },
  selfStated: (name) => `${name} (nom déclaré, non vérifié)`,
  unofficialTranslation: 'Traduction non officielle. Le texte anglais fait foi.',
  marking: {
    sample:
      'EXEMPLE\u00a0: le présent contenu provient d’un monde d’exemple. Les États, les faits et les boîtes aux lettres y sont fictifs\u00a0; rien n’y est réel.',
    test: 'ESSAI\u00a0: il s’agit d’un essai technique et non d’une demande réelle.',
  },
  subject: {
    request: "Demande d'assistance",
    reminder: "Rappel : demande d'assistance",
    copy: "Copie d'une demande d'assistance",
    acknowledged: 'Accusé de réception',
    withdrawn: 'Demande retirée',
    unreached: 'Aucun point de contact joint par courriel',
  },
  mail: {
    request:
      'Une demande d’assistance est adressée à votre État. Vous recevez le présent message en qualité de point de contact technique.',
    reminder:
      'La réception de cette demande d’assistance n’a pas encore été accusée. Vous recevez le présent rappel en qualité de point de contact technique du destinataire.',
    withheld:
      'En raison du marquage de la demande, l’assistance demandée n’est pas précisée par courriel. Pour la consulter, connectez-vous à l’adresse suivante\u00a0:',
    seeAlso: 'La demande peut également être consultée après connexion, à l’adresse suivante\u00a0:',
    copy: 'Copie pour information\u00a0: la présente demande a été envoyée aux points de contact techniques du destinataire. Vous recevez le présent message en qualité de point de contact diplomatique de l’État demandeur (A/76/135, paragraphe 77 b)). Rien ne vous est demandé.',
    acknowledged: 'Le destinataire a accusé réception de la demande.',
    withdrawn: 'L’État demandeur a retiré la demande. Plus rien n’est demandé au destinataire.',
    unreached:
      'Aucun point de contact du destinataire n’a pu être joint par courriel. La demande reste ouverte. Ce constat ne porte que sur le courriel\u00a0: il ne constitue ni une réponse ni un refus du destinataire.',
    readThere: 'Le contenu peut être consulté après connexion, à l’adresse suivante :',
    otherChannels: 'Les autres voies de communication du destinataire figurent dans le répertoire\u00a0:',
  },
  home: {
    lead: 'Points de contact, demandes d’assistance et accusés de réception entre États (A/76/135, paragraphes 53, 54 et 76 à 78).',
    notSetUp: 'Cette instance n’est pas encore configurée.',
    docs: 'Interface de programmation, à lire et à essayer',
    openapi: 'La même sous forme de document OpenAPI',
    mailbox: 'Boîte aux lettres : tous les courriels envoyés, conservés sur cette machine',
    ready: 'Cette instance est-elle prête ?',
    accounts: 'Comptes d’essai',
    password: (password: string) =>
      `Tous s’ouvrent avec le mot de passe ${password}, par POST /api/v1/sessions.`,
  },
  acknowledge: {
    heading: 'Accuser réception',
    steps: 'Ouvrez cette adresse et saisissez le code. Aucun compte n’est nécessaire.',
    open: 'Ouvrir la page d’accusé de réception',
    code: 'Code',
    validUntil: (at) => `L’adresse et le code sont valables jusqu’au ${at}.`,
    keep: 'Quiconque détient les deux peut accuser réception\u00a0: ne les communiquez qu’aux collègues de permanence.',
    signInInstead: 'Pour accuser réception, connectez-vous.',
  },
  acts: {
    ask: {
      subject: "Question à l'État demandeur",
      sentence:
        'Le destinataire a posé une question. Tant qu’elle reste sans réponse, le délai de réponse ne court pas.',
    },
    'answer-question': {
      subject: 'Réponse à la question',
      sentence: 'L’État demandeur a répondu à la question du destinataire.',
    },
    determine: { subject: 'Réponse', sentence: 'Le destinataire a répondu à la demande.' },
    'more-time': {
      subject: 'Délai supplémentaire',
      sentence: 'Le destinataire demande un délai supplémentaire pour répondre.',
    },
    redirect: {
      subject: 'Autre destinataire indiqué',
      sentence: 'Le destinataire a indiqué un autre organe ou un autre État que la demande concerne.',
    },
    amend: {
      subject: 'Demande complétée',
      sentence: 'L’État demandeur a complété la demande par ce que l’on sait depuis.',
    },
    'accept-offer': {
      subject: 'Assistance acceptée',
      sentence: 'L’État demandeur accepte l’assistance aux conditions énoncées.',
    },
    'report-progress': {
      subject: 'État d’avancement',
      sentence: 'Le destinataire a rendu compte de l’avancement.',
    },
    extend: { subject: 'Prolongation', sentence: 'Le destinataire a prolongé la durée de l’assistance.' },
    complete: { subject: 'Assistance achevée', sentence: 'Le destinataire a achevé l’assistance.' },
    release: {
      subject: 'Fin du besoin',
      sentence: 'L’État demandeur n’a plus besoin de l’assistance convenue.',
    },
    close: { subject: 'Demande close', sentence: 'L’État demandeur a clos la demande.' },
    reopen: { subject: 'Demande rouverte', sentence: 'L’État demandeur a rouvert la demande.' },
    message: { subject: 'Message', sentence: 'L’autre partie a écrit un message.' },
  },
  page: {
    name: 'Votre nom',
    nameHint: 'Enregistré tel que vous le déclarez\u00a0; il n’est pas vérifié.',
    code: 'Code reçu par courriel',
    codeHint: 'Chiffres uniquement\u00a0; les espaces sont sans importance.',
    button: 'Accuser réception',
    errorTitle: 'Il n’a pas encore été accusé réception',
    nameMissing: 'Saisissez votre nom.',
    codeMissing: 'Saisissez le code reçu par courriel.',
    wrongCode: (tries) => `Le code est inexact. Il reste ${tries} ${tries < 2 ? 'essai' : 'essais'}.`,
    locked: 'Trop de codes inexacts',
    lockedText: 'Cette adresse n’accepte plus de code. Connectez-vous pour accuser réception.',
    expired: 'Cette adresse n’est plus valable',
    expiredText: (at) => `Elle était valable jusqu’au ${at}. Connectez-vous pour accuser réception.`,
    already: 'Il a déjà été accusé réception',
    alreadyText: 'Plus rien n’est nécessaire ici.',
    done: 'Réception confirmée',
    doneText: 'L’État demandeur en est informé. Vous pouvez fermer cette page.',
    withdrawn: 'Cette demande est retirée',
    withdrawnText: 'L’État demandeur l’a retirée. Plus rien n’est nécessaire ici.',
    unknown: 'Adresse inconnue',
    unknownText:
      'Aucune demande ne correspond à cette adresse. Vérifiez qu’elle a été copiée en entier depuis le courriel.',
    withheld: 'En raison du marquage de la demande, l’assistance demandée n’est pas précisée ici.',
    shortened: 'Texte abrégé ici. Le texte complet peut être consulté après connexion.',
    signIn: 'Se connecter',
  },
  clock: {
    started: (at) => `Début du décompte\u00a0: ${at}.`,
    elapsed: (duration) => `Durée à décompter, de jour comme de nuit\u00a0: ${duration}.`,
    working: (duration, zone, version) =>
      `Durée à décompter, pendant les heures de service du destinataire (${zone}, calendrier, version ${version})\u00a0: ${duration}.`,
    paused: (from, until, because) => `Temps non décompté, du ${from} au ${until}\u00a0: ${because}.`,
    pausedSince: (from, because) => `Temps non décompté depuis le ${from}\u00a0: ${because}.`,
    because: { 'question-open': 'une question a été posée à l’État demandeur' },
    daysOff: {
      holiday: (dates) => `Jours fériés, non décomptés\u00a0: ${dates}.`,
      'no-duty-hours': (dates) => `Jours sans heures de service, non décomptés\u00a0: ${dates}.`,
    },
    due: (at) => `Échéance visée\u00a0: ${at}.`,
    noDue: {
      paused: 'Tant que le décompte est suspendu, l’échéance visée n’a pas de date.',
      'no-working-time':
        'L’échéance visée n’a pas de date\u00a0: le calendrier du destinataire ne comporte aucune heure de service.',
      'too-far': 'L’échéance visée n’a pas de date\u00a0: elle se situe à plus de dix ans.',
    },
  },
  problem: {
    notFound: 'Il n’y a rien à cette adresse',
    notFoundText: 'Vérifiez qu’elle a été copiée en entier.',
    invalid: 'L’envoi n’a pas pu être lu',
    invalidText: 'Ce qui a été envoyé n’a pas la forme attendue. Revenez en arrière et réessayez.',
    tooMany: 'Trop de tentatives',
    tooManyText: 'Patientez quelques minutes, puis réessayez.',
    failed: 'L’opération n’a pas abouti',
    failedText: 'La défaillance est de notre côté. Réessayez dans quelques minutes.',
  },
};
