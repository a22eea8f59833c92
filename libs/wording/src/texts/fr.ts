import type { Texts } from './en.js';
import { frBesideRequests } from './fr-beside-requests.js';
import { frDirectory } from './fr-directory.js';
import { frDirectoryMails } from './fr-directory-mails.js';
import { frCapabilities } from './fr-capabilities.js';
import { frPages } from './fr-pages.js';
import { frSnapshot } from './fr-snapshot.js';
import { frRoleSheets } from './fr-role-sheets.js';

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
    said: 'Dans les termes de l’autre partie',
    text: 'Texte',
    state: 'Statut',
    completeness: 'Degré de complétude',
    template: 'Modèle',
    acceptedAt: 'Acceptée par un relais de messagerie le',
    deliveredAt: 'Lien d’un courriel ouvert pour la première fois le',
    viewedAt: 'Lue pour la première fois par le destinataire le',
    answeredAt: 'Réponse donnée le',
    answer: 'Réponse',
    named: 'Désigné',
    alsoAsked: 'Également sollicités (indiqués par l’État demandeur)',
    acknowledgedAt: 'Accusé de réception le',
    acknowledgedBy: 'Accusé de réception par',
    withdrawnAt: 'Retirée le',
    erasedAt: 'Contenu effacé le',
    producedAt: 'Établi le',
    marking: 'Marquage',
    system: 'Adresse du système',
  },
  selfStated: (name) => `${name} (nom déclaré, non vérifié)`,
  unofficialTranslation: 'Traduction non officielle. Le texte anglais fait foi.',
  pageOf: (number, of) => `Page ${number} sur ${of}`,
  unprintable:
    'Certains caractères, absents des polices disponibles, sont remplacés par des cadres vides\u00a0; ils figurent en entier dans la version en texte brut du présent document.',
  marking: {
    sample:
      'EXEMPLE\u00a0: le présent contenu provient d’un monde d’exemple. Les États, les faits et les boîtes aux lettres y sont fictifs\u00a0; rien n’y est réel.',
    test: 'ESSAI\u00a0: il s’agit d’un essai technique et non d’une demande réelle.',
  },
  mitigation: {
    subject: {
      request: 'Demande d’atténuation',
      reminder: 'Rappel\u00a0: demande d’atténuation',
      copy: 'Copie\u00a0: demande d’atténuation',
    },
    request:
      'Une demande d’atténuation d’une activité est adressée à votre État. Vous recevez le présent message en votre qualité de point de contact de cet État.',
    sought: 'Mesure demandée',
    reminder:
      'Il n’a pas encore été accusé réception de cette demande d’atténuation. Vous recevez le présent rappel en votre qualité de point de contact du destinataire.',
  },
  subject: {
    request: 'Demande d’assistance',
    reminder: 'Rappel\u00a0: demande d’assistance',
    copy: 'Copie d’une demande d’assistance',
    acknowledged: 'Accusé de réception',
    withdrawn: 'Demande retirée',
    unreached: 'Aucun point de contact joint par courriel',
  },
  mail: {
    request:
      'Une demande d’assistance est adressée à votre État. Vous recevez le présent message en votre qualité de point de contact de cet État.',
    reminder:
      'Il n’a pas encore été accusé réception de cette demande d’assistance. Vous recevez le présent rappel en votre qualité de point de contact du destinataire.',
    withheld:
      'En raison du marquage de la demande, l’assistance demandée n’est pas précisée par courriel. Pour la consulter, connectez-vous à l’adresse suivante\u00a0:',
    seeAlso: 'La demande peut également être consultée après connexion, à l’adresse suivante\u00a0:',
    copy: 'Copie pour information\u00a0: la présente demande a été envoyée aux points de contact du destinataire. Vous recevez le présent message en votre qualité de point de contact diplomatique de l’État demandeur (A/76/135, paragraphe 77 b)). Rien ne vous est demandé.',
    acknowledged: 'Le destinataire a accusé réception de la demande.',
    withdrawn: 'L’État demandeur a retiré la demande. Plus rien n’est demandé au destinataire.',
    unreached:
      'Aucun point de contact du destinataire n’a pu être joint par courriel. La demande reste ouverte. Ce constat ne porte que sur le courriel\u00a0: il ne constitue ni une réponse ni un refus du destinataire.',
    readThere: 'Le contenu peut être consulté après connexion, à l’adresse suivante\u00a0:',
    otherChannels:
      'Les autres voies de communication du destinataire figurent dans le répertoire, à l’adresse suivante\u00a0:',
  },
  home: {
    lead: 'Points de contact, demandes d’assistance et accusés de réception entre États (A/76/135, paragraphes 53, 54 et 76 à 78).',
    notSetUp: 'Cette instance n’est pas encore configurée.',
    signIn: 'Se connecter, et gérer son compte',
    verify: 'Vérifier des reçus',
    docs: 'Interface de programmation, à lire et à essayer',
    openapi: 'La même, sous forme de document OpenAPI',
    mailbox: 'Boîte aux lettres\u00a0: tous les courriels envoyés, conservés sur cette machine',
    ready: 'Cette instance est-elle prête\u00a0?',
    accounts: 'Comptes d’essai',
    password: (password: string) =>
      `Tous s’ouvrent avec le mot de passe ${password}, sur la page de connexion ou par POST /api/v1/sessions.`,
  },
  acknowledge: {
    heading: 'Accuser réception',
    steps: 'Ouvrez cette adresse et saisissez le code. Aucun compte n’est nécessaire.',
    open: 'Ouvrir la page d’accusé de réception',
    code: 'Code',
    validUntil: (at) => `L’adresse et le code sont valables jusqu’au ${at}.`,
    keep: 'Quiconque détient les deux peut accuser réception\u00a0: ne les communiquez qu’aux collègues de permanence.',
    recorded:
      'La première ouverture de cette adresse et la saisie du code sont enregistrées et datées\u00a0; le requérant en est informé.',
    signInInstead: 'Pour accuser réception, connectez-vous.',
  },
  acts: {
    ask: {
      subject: 'Question à l’État demandeur',
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
      subject: 'Autre État indiqué',
      sentence: 'Le destinataire indique que la demande concerne un autre État. Rien ne lui a été transmis.',
    },
    'hand-over': {
      subject: 'Transmise à un autre organisme',
      sentence:
        'Le destinataire a transmis la demande à un autre de ses organismes. Une question restée ouverte n’est plus en attente de réponse.',
    },
    'not-concerned': {
      subject: 'Organisme non concerné',
      sentence: 'Le destinataire indique que la demande ne le concerne pas.',
    },
    amend: {
      subject: 'Demande complétée',
      sentence: 'L’État demandeur a complété la demande au vu des éléments connus depuis son envoi.',
    },
    disclose: {
      subject: 'Autres États sollicités',
      sentence:
        'L’État demandeur vous indique quels autres États il a sollicités pour la même demande. Leurs réponses ne vous sont pas communiquées. Cette indication ne peut être retirée.',
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
      subject: 'Fin du besoin d’assistance',
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
  document: {
    request: 'La demande',
    line: (party) => `Destinataire\u00a0: ${party}`,
    acknowledgement: (party, at) => `Accusé de réception, ${party}, ${at}`,
    response: (party, at) => `Réponse, ${party}, ${at}`,
    timeline: 'Déroulement',
    completeness: (percent, answered, fields) =>
      `${percent}\u00a0: ${answered} champs sur ${fields} ont une valeur`,
    template: (title, version) => `${title}, version ${version}`,
    by: (act, who) => `${act}\u00a0: ${who}`,
    onLine: (act, party) => `${act} [${party}]`,
    changes: (fields) => `Champs modifiés\u00a0: ${fields}`,
    system: 'le système',
    unnamed: 'un agent',
    nameErased: 'une personne dont le nom a été effacé',
    erased: (at: string) => `Effacé le ${at}`,
    someone: (name, party) => `${name} (${party})`,
    notInternal:
      'Les notes internes, de même que les personnes et organismes avec qui la demande est partagée, ne figurent pas dans le présent document.',
    inEmergency: (who) => `${who}, par accès d’urgence`,
  },
  ...frBesideRequests,
  ...frDirectory,
  ...frDirectoryMails,
  state: {
    draft: 'Projet',
    sent: 'Envoyée',
    acknowledged: 'Réception confirmée',
    assessing: 'En cours d’évaluation',
    answered: 'Réponse donnée',
    agreed: 'Conditions acceptées',
    'in-progress': 'En cours',
    completed: 'Achevée',
    redirected: 'Réorientée',
    closed: 'Close',
    withdrawn: 'Retirée',
  },
  done: {
    save: 'Rédaction',
    send: 'Envoi',
    amend: 'Complément',
    withdraw: 'Retrait',
    disclose: 'Indication des autres États sollicités',
    'share-with': 'Partage au sein de l’État',
    unshare: 'Fin du partage',
    'answer-question': 'Réponse à la question',
    'accept-offer': 'Acceptation des conditions',
    release: 'Libération',
    close: 'Clôture',
    reopen: 'Réouverture',
    acknowledge: 'Accusé de réception',
    take: 'Prise en charge',
    assess: 'Évaluation',
    ask: 'Question posée',
    determine: 'Réponse',
    redirect: 'Réorientation',
    'hand-over': 'Transmission à un autre organisme',
    'report-progress': 'Point d’avancement',
    extend: 'Prolongation',
    complete: 'Achèvement',
    message: 'Message',
    note: 'Note interne',
    remind: 'Rappel',
    'accepted-by-relay': 'Acceptation par un relais de messagerie',
    'delivery-failed': 'Échec d’un envoi',
    unreached: 'Destinataire non joint par messagerie',
    erase: 'Effacement',
    hold: 'Conservation ordonnée',
    'release-hold': 'Levée de la conservation',
  },
  clearance: {
    notYet: 'Pas encore fait',
    label: {
      clearance: 'Validation',
      act: 'Inscrit, une fois fait, comme',
      askedBy: 'Demandée par',
      digest: 'Empreinte de ce qui est validé',
    },
    state: {
      asked: 'En attente d’une seconde personne. Rien de ceci n’a été fait.',
      approved: 'Validé par une seconde personne. Rien de ceci n’a encore été fait.',
      refused: 'Refusé par une seconde personne. Rien de ceci n’a été fait.',
      withdrawn: 'N’est plus demandé. Rien de ceci n’a été fait.',
      void: 'Caduc, car ce dont il s’agit a changé. Rien de ceci n’a été fait.',
      used: 'Validé par une seconde personne, et fait.',
    },
  },
  availability: {
    unknown: 'information inconnue',
    withheld: 'information non divulguée',
    'to-follow': 'information à communiquer ultérieurement',
    expected: (by) => `information à communiquer ultérieurement, attendue pour le ${by}`,
    removed: 'information retirée',
  },
  answer: { yes: 'Oui', no: 'Non', none: 'Néant' },
  role: {
    'party-administrator': 'Administrateur (gère les comptes de l’État)',
    officer: 'Agent (dépose les demandes et y répond)',
    'duty-officer': 'Agent de permanence (accuse réception des demandes)',
    observer: 'Observateur (consulte les demandes)',
    'directory-manager': 'Gestionnaire du répertoire du réseau',
    'exercise-director': 'Directeur des exercices du réseau',
    auditor: 'Auditeur du réseau',
  },
  channelProof: {
    subject: (party) => `Cette adresse est-elle la bonne\u00a0? Un code pour ${party}`,
    sentence: (party) =>
      `${party} a inscrit cette boîte aux lettres au répertoire des points de contact. Si c’est exact, communiquez le code à la personne qui tient le répertoire pour votre État ou votre organisation.`,
    code: 'Code à communiquer',
    validUntil: (at) => `Le code peut être utilisé une seule fois, jusqu’au ${at}.`,
    unexpected:
      'Ne le communiquez à personne d’autre. Si vous n’êtes pas au courant, ne faites rien\u00a0: rien ne sera envoyé ici de ce fait.',
  },
  invitation: {
    subject: (instance) => `Invitation à ouvrir un compte sur ${instance}`,
    mail: 'Vous êtes invité à ouvrir un compte sur ce système, qui relie les points de contact des États. Choisissez un mot de passe sur la page à l’adresse suivante\u00a0:',
    network: 'Réseau',
    state: 'État',
    body: 'Organisme',
    role: 'Fonction',
    validUntil: (at) =>
      `L’adresse peut être utilisée une seule fois, jusqu’au ${at}. L’ouvrir ne change rien.`,
    unexpected:
      'Si vous n’attendiez pas cette invitation, ne faites rien\u00a0: aucun compte n’est ouvert sans vous.',
    keep: 'Ne la transférez pas\u00a0: le compte revient à la première personne qui utilise l’adresse.',
    heading: 'Votre compte',
    account: 'Compte',
    name: 'Votre nom',
    nameHint: 'Tel que vos collègues et les autres États le liront.',
    password: 'Mot de passe',
    passwordHint: (least) => `Au moins ${least} caractères. Une suite de mots est facile à retenir.`,
    agree: 'J’accepte les conditions d’utilisation.',
    button: 'Ouvrir le compte',
    errorTitle: 'Le compte n’est pas encore ouvert',
    nameMissing: 'Saisissez votre nom.',
    passwordShort: (least) => `Le mot de passe doit comporter au moins ${least} caractères.`,
    passwordCommon: 'Ce mot de passe est trop facile à deviner. Choisissez-en un autre.',
    termsMissing: 'Aucun compte n’est ouvert sans acceptation des conditions d’utilisation.',
    unknown: 'Cette adresse n’est pas valable',
    unknownText:
      'Elle a été utilisée, retirée ou remplacée, elle a expiré, ou elle n’a pas été copiée en entier. Demandez-en une nouvelle à la personne qui vous a invité.',
    taken: 'Un compte existe déjà pour cette adresse électronique',
    takenText:
      'Une adresse ne donne accès qu’à un seul compte. Connectez-vous ou demandez une invitation à une autre adresse.',
    done: 'Votre compte est ouvert',
    doneText:
      'Connectez-vous avec votre adresse électronique et le mot de passe choisi. Vous pouvez fermer cette page.',
  },
  terms: {
    heading: 'Conditions d’utilisation',
    version: (version) => `Version\u00a0${version}`,
    purpose:
      'Le système sert aux demandes d’assistance entre États, à leurs réponses et aux exercices qui s’y rapportent, à l’exclusion de tout autre usage.',
    own: 'Le compte est strictement personnel. Vous ne communiquez ni son mot de passe ni son second facteur et vous en signalez aussitôt la perte.',
    marking:
      'Vous traitez ce que vous lisez conformément à son marquage (TLP) et ne le communiquez qu’à ceux qui en ont besoin pour cette tâche.',
    record: 'Ce qui est fait au moyen du compte est enregistré et daté, et visible des parties concernées.',
    reading:
      'Les demandes que vous lisez et ce que vous consultez dans le répertoire sont enregistrés pour votre partie. La date à laquelle le destinataire a lu une demande pour la première fois est communiquée au requérant.',
    meaning:
      'L’accusé de réception ne confirme que la réception. Il ne constitue ni un engagement ni une prise de position sur les faits.',
  },
  clock: {
    started: (at) => `Début du décompte\u00a0: ${at}.`,
    elapsed: (duration) => `Durée à décompter, de jour comme de nuit\u00a0: ${duration}.`,
    working: (duration, zone, version) =>
      `Durée à décompter, pendant les heures de service du destinataire (${zone}, calendrier, version ${version})\u00a0: ${duration}.`,
    onDuty: (duration, zone, version) =>
      `Durée à décompter, pendant les heures de permanence que le destinataire a indiquées (${zone}, version ${version} de la fiche)\u00a0: ${duration}.`,
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
    failedText: 'Le problème vient de notre système. Réessayez dans quelques minutes.',
    signIn: 'Connectez-vous d’abord',
    signInText: 'Cette page est pour qui s’est connecté.',
  },
  ...frPages,
  ...frSnapshot,
  roleSheets: frRoleSheets,
  capabilities: frCapabilities,
};
