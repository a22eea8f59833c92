import type { enDirectory } from './en-directory.js';

/** What is said in French of the directory: calls, confirmations, corrections, changes, keys, routes, networks; part of `fr.ts`. */
export const frDirectory: typeof enDirectory = {
  callCode: {
    subject: (caller) => `On vous appelle\u00a0: un code pour ${caller}`,
    sentence: (caller) =>
      `Quelqu’un vous appelle au nom de ${caller}, pour vérifier qu’un numéro inscrit au répertoire des points de contact permet de vous joindre. Lisez ce code à la personne qui appelle. Rien d’autre ne vous est demandé.`,
    code: 'Code à lire',
    validUntil: (at) => `Le code peut être utilisé une seule fois, jusqu’au ${at}.`,
    unexpected:
      'Ne le lisez à personne qui ne le demande pas par téléphone, messagerie ou télécopie. Si personne n’appelle, ne faites rien.',
  },
  endpointProof: {
    text: (party) =>
      `${party} a inscrit ce numéro au répertoire des points de contact. Communiquez ce code à la personne qui tient le répertoire\u00a0:`,
    sample: 'FICTIF.',
  },
  shortNotice: {
    from: (party) => `De ${party}.`,
    sample: 'FICTIF.',
    acknowledge: 'Accuser réception\u00a0:',
    signIn: 'Ouvrir une session\u00a0:',
  },
  callScript: {
    exercise: 'Exercice, exercice, exercice.',
    greeting: (caller) => `Bonjour. Je vous appelle au nom de ${caller}.`,
    role: (role) => `Puis-je parler à la personne chargée de la fonction suivante\u00a0: ${role}\u00a0?`,
    check:
      'Ceci est une vérification que ce numéro permet de vous joindre. Rien ne s’est produit, et rien d’autre ne vous est demandé.',
    request:
      'Une demande d’assistance a été envoyée à votre partie et attend un accusé de réception. Veuillez consulter votre boîte aux lettres ou ouvrir une session. Je ne peux pas en dire plus ici.',
    mailed:
      'Un courriel contenant un code de six chiffres vient de vous être envoyé. Veuillez me lire ce code.',
    readOut: (code) =>
      `Je vais vous lire un code de six chiffres\u00a0: ${code}. Veuillez ouvrir une session et l’enregistrer avec cet appel.`,
    readBack: (code) => `Pour être sûrs de bien nous entendre, veuillez répéter\u00a0: ${code}.`,
    doubt:
      'Si vous doutez de mon identité, mettez fin à cet appel et rappelez-nous à un numéro du répertoire.',
    thanks: 'Merci. Au revoir.',
  },
  calls: {
    subject: 'Appels à passer',
    ofRequester:
      'Il n’a pas été accusé réception de cette demande, et le dernier rappel a été envoyé. Votre partie est invitée à appeler des points de contact du destinataire.',
    ofSecretariat:
      'Une demande attend son accusé de réception auprès de cette partie, et le dernier rappel a été envoyé. Selon les règles d’un réseau auquel les deux parties appartiennent, le secrétariat est invité à appeler. Le contenu de la demande ne vous est pas communiqué.',
    what: 'Quiconque prend en charge un appel voit le numéro et les paroles à prononcer. Le résultat est enregistré avec l’appel. Il ne vaut pas accusé de réception de la demande. Dès qu’il est accusé réception, les appels qui n’ont pas été passés ne sont plus nécessaires.',
    count: 'Appels',
    take: 'Pour prendre en charge un appel, ouvrez une session à cette adresse\u00a0:',
  },
  entryWords: {
    party: 'Partie',
    role: 'Fonction',
    level: 'Niveau',
    channel: 'Moyen de contact',
    levels: {
      policy: 'politique',
      diplomatic: 'diplomatique',
      technical: 'technique',
      'law-enforcement-liaison': 'liaison avec les services de répression',
    },
    channels: {
      mail: 'Courriel',
      telephone: 'Téléphone',
      'emergency-telephone': 'Téléphone d’urgence',
      messenger: 'Messagerie instantanée',
      fax: 'Télécopie',
      webhook: 'Webhook',
      gateway: 'Passerelle de messages',
    },
    states: {
      unproven: 'pas encore vérifié',
      proven: 'vérifié',
      suspect: 'douteux',
      ended: 'clos',
    },
  },
  confirmation: {
    subject: (party) => `À confirmer\u00a0: coordonnées de ${party}`,
    reminderSubject: (party) => `Rappel, à confirmer\u00a0: coordonnées de ${party}`,
    sentence:
      'Cette boîte figure dans le répertoire des points de contact. D’autres comptent sur elle en cas d’urgence. Veuillez regarder ce qui y est inscrit, puis le confirmer ou indiquer ce qui est inexact. Cela prend une minute, aussi sur un téléphone, et ne demande aucun mot de passe.',
    lastAt: 'Dernière confirmation',
    open: 'Regarder et confirmer',
    validUntil: (time) => `Le lien fonctionne jusqu’au ${time}, une seule fois.`,
    unexpected:
      'Si cette boîte n’a rien à voir avec cela, ouvrez le lien et dites-le\u00a0: quelqu’un sera alors chargé de rectifier.',
    heading: 'Est-ce toujours exact\u00a0?',
    lead: (party) => `Voici ce que le répertoire indique pour un point de contact de ${party}.`,
    body: 'Organe',
    person: 'Personne',
    nobody: 'non indiquée',
    languages: 'Langues',
    zone: 'Fuseau horaire',
    hours: 'Heures de permanence',
    aroundTheClock: 'jour et nuit',
    noHours: 'non indiquées',
    confirm: 'Confirmer sans changement',
    confirmHint:
      'Les adresses ne sont montrées qu’en partie. Quiconque connaît ce courriel peut aussi appuyer sur ce bouton\u00a0: il confirme et ne change rien.',
    wrongHeading: 'Quelque chose est inexact',
    wrongHint:
      'Les administrateurs de votre partie sont prévenus. Rien ne change tant que l’un d’eux n’a pas décidé.',
    wrongWhat: 'Qu’est-ce qui est inexact\u00a0?',
    wrong: {
      'no-longer-responsible': 'Je n’en suis plus responsable, ou ne l’ai jamais été',
      'wrong-person': 'La personne n’est pas la bonne',
      'wrong-channel': 'Une adresse ou un numéro est inexact',
      other: 'Autre chose',
    },
    wrongText: 'Que faudrait-il inscrire\u00a0? (facultatif)',
    wrongTextTooLong: 'Écrivez au plus 500 caractères, sans caractères de commande.',
    wrongWhatMissing: 'Choisissez ce qui est inexact.',
    report: 'Signaler',
    done: 'Confirmé',
    doneText: 'Merci. L’inscription est confirmée\u00a0; la question vous sera reposée dans trois mois.',
    doneStale:
      'Merci. L’inscription reste marquée comme ancienne jusqu’à ce qu’un administrateur de votre partie l’ait revue en entier, comme il se doit une fois par an.',
    reported: 'Signalé',
    reportedText: 'Merci. Les administrateurs de votre partie en sont informés maintenant.',
    already: 'Ce lien a déjà servi',
    alreadyText: (time) => `Il a servi le ${time} et ne fonctionne qu’une fois.`,
    alreadyConfirmed: (time) => `Il ne reste rien à faire\u00a0: l’inscription a été confirmée le ${time}.`,
    over: 'Ce lien n’est plus valable',
    overText: 'Un nouveau lien est envoyé tant que l’inscription n’est pas confirmée.',
    changed: 'L’inscription a changé entre-temps\u00a0: veuillez la relire.',
    unknown: 'Il n’y a rien à cette adresse',
    unknownText: 'Vérifiez que le lien du courriel a été copié en entier.',
  },
  correction: {
    subject: (party) => `Coordonnées de ${party}\u00a0: une inexactitude possible`,
    whats: {
      'wrong-channel': 'Une adresse ou un numéro serait inexact.',
      'wrong-person': 'La personne ne serait pas la bonne.',
      'no-longer-responsible':
        'Quelqu’un qui lit cette boîte déclare ne pas en être responsable, ou ne plus l’être.',
      other: 'Quelque chose serait inexact.',
      refused:
        'Un message envoyé à cette adresse a été définitivement refusé. Elle est désormais marquée comme douteuse et utilisée en dernier\u00a0; d’autres sont prévenus à sa place.',
      unanswered:
        'Aucun responsable n’a pu être joint par ce moyen. Il est désormais marqué comme douteux et utilisé en dernier.',
      'not-gone-through':
        'Personne n’a revu cette inscription en entier depuis un an. Elle est marquée comme ancienne jusqu’à ce qu’un administrateur l’ait fait.',
    },
    reporter: 'Signalé par',
    byLink: 'quelqu’un disposant du lien d’un courriel adressé à ce point de contact',
    bySystem: 'le système lui-même',
    reportedAt: 'Signalé le',
    todo: 'Un administrateur de votre partie le voit après connexion, le confirme ou l’écarte, et fait vérifier le moyen de contact à nouveau ou le clôt. Rien d’autre ne change d’ici là.',
    look: 'Cela se lit à l’adresse suivante\u00a0:',
  },
  keyMail: {
    mailbox: 'Boîte aux lettres',
    kind: 'Type de clé',
    fingerprint: 'Empreinte',
    code: 'Code à communiquer',
    change: {
      subject: (party) => `Une clé du répertoire a changé\u00a0: ${party}`,
      added: (party) => `${party} a ajouté une clé à cette inscription au répertoire des points de contact.`,
      renewed: (party) =>
        `${party} a remplacé une clé de cette inscription par une copie plus récente de la même clé.`,
      ended: (party) => `${party} a retiré une clé de cette inscription au répertoire.`,
      revoked: (party) =>
        `Une clé de cette inscription de ${party} est révoquée\u00a0: plus rien n’est chiffré au moyen de celle-ci.`,
      unexpected:
        'Comparez l’empreinte avec la vôtre. Si vous n’êtes pas au courant, prévenez sans délai, par téléphone, la personne qui tient le répertoire pour votre État ou votre organisation.',
    },
    test: {
      subject: (party) => `Essai de votre clé\u00a0: ${party}`,
      sentence: (party) =>
        `Le présent courriel est chiffré au moyen de la clé que le répertoire des points de contact indique pour cette boîte aux lettres de ${party}. Si vous pouvez le lire, la clé est la bonne. Communiquez le code à la personne qui tient le répertoire pour votre État ou votre organisation.`,
      validUntil: (at) =>
        `Le code peut être utilisé une seule fois, jusqu’au ${at}. Ne le communiquez à personne d’autre.`,
    },
    expiry: {
      subject: (party) => `Une clé du répertoire expire bientôt\u00a0: ${party}`,
      over: (party) => `Une clé du répertoire a expiré\u00a0: ${party}`,
      sentence: (at) =>
        `La clé de la boîte aux lettres indiquée ci-dessous expire le ${at}. Plus rien ne sera alors chiffré au moyen de cette clé.`,
      ended: (at) =>
        `La clé de la boîte aux lettres indiquée ci-dessous a expiré le ${at}. Plus rien n’est chiffré au moyen de cette clé.`,
      prolong:
        'Prolongez la clé, ou créez-en une nouvelle, et remettez-la à la personne qui tient le répertoire pour votre État ou votre organisation. Quiconque écrirait à cette boîte aux lettres voit aussi cet avertissement.',
      replace:
        'Demandez aux personnes qui lisent cette boîte aux lettres de prolonger la clé ou d’en créer une nouvelle, puis ajoutez celle-ci au répertoire\u00a0: un deuxième administrateur la confirme. Quiconque écrirait à cette boîte aux lettres voit aussi cet avertissement.',
    },
  },
  route: {
    chosen: {
      plan: 'Le plan de communication en vigueur le prévoit.',
      crisis: 'Le mode de crise est déclaré\u00a0: tous sont prévenus immédiatement.',
      'stands-in': 'Il remplace un point de contact absent.',
      constituency: 'L’objet de la question relève du périmètre que son organisme déclare.',
      primary: 'C’est le point de contact principal à son niveau.',
      sector: 'Son organisme dessert le secteur.',
      'on-duty': 'Une permanence y est assurée en ce moment.',
      'hours-unknown': 'Ses heures de permanence ne sont pas connues\u00a0: quelqu’un peut s’y trouver.',
      'off-duty': 'Aucune permanence n’y est assurée en ce moment.',
      'nobody-stands-in': 'Il est absent et aucun remplaçant ne peut être joint.',
      stale: 'La fiche n’a pas été confirmée depuis longtemps\u00a0: d’autres passent avant elle.',
      suspect: 'La voie a récemment échoué\u00a0: celles qui sont éprouvées passent avant elle.',
      'call-back':
        'Le marquage exclut le contenu de ce courriel\u00a0: il signale seulement une demande et invite à se connecter ou à rappeler.',
      endpoint: 'Une machine y est avisée de l’existence d’une demande, jamais de son contenu.',
      'key-missing':
        'Le chiffrement est souhaité, mais aucune clé valide n’est connue\u00a0: le courriel part en clair.',
      call: 'Aucune machine n’exploite cette voie\u00a0: une personne s’en charge.',
      'other-purpose':
        'La voie est réservée à des affaires d’une autre urgence\u00a0: toutes les autres passent avant elle.',
      'last-left':
        'Personne de mieux placé ne peut être prévenu par écrit en ce moment\u00a0: il est tout de même prévenu immédiatement.',
    },
    passed: {
      nominated: 'La fiche n’a pas encore été vérifiée par une seconde personne.',
      suspended: 'La fiche est suspendue par sa partie.',
      retired: 'La fiche est retirée.',
      'level-not-wanted': 'Il se situe à un niveau qui n’a pas été demandé.',
      absent: 'Il est absent\u00a0: un autre point de contact le remplace.',
      'no-channel': 'Il n’a aucune voie utilisable.',
      unproven: 'La voie n’est pas encore éprouvée.',
      ended: 'La voie est close.',
      expired: 'La voie a expiré.',
      'wrong-purpose': 'La voie est réservée à un autre usage.',
      'no-valid-key': 'Rien n’y est accepté sans chiffrement, et aucune clé valide n’est connue.',
      'plan-says-otherwise':
        'Le plan de communication en vigueur n’autorise rien en dehors de ses propres voies.',
    },
    advice: {
      'try-other-means': 'Essayez les autres moyens que prévoit le plan de communication.',
      'try-passed-over': 'Essayez vous-même ce qui a été écarté mais pourrait encore fonctionner.',
      'ask-other-levels': 'Adressez-vous à un autre niveau de la même partie.',
      'ask-secretariat': 'Demandez au secrétariat du réseau comment joindre la partie.',
    },
  },
  channelChange: {
    subject: (role) => `Changement au point de contact «\u00a0${role}\u00a0»`,
    added: (kind) =>
      `Un nouveau moyen de joindre ce point de contact a été inscrit (${kind}). Rien n’y est envoyé tant qu’il n’est pas vérifié. Ce qui est envoyé à la présente adresse ne change pas.`,
    endedHere:
      'La présente adresse a été retirée du répertoire pour ce point de contact. Plus rien n’y est envoyé pour lui au sujet des demandes.',
    endedThere: (kind) =>
      `Un moyen de joindre ce point de contact a été supprimé (${kind}). Ce qui est envoyé à la présente adresse ne change pas.`,
    replacedHere: (kind) =>
      `La présente adresse doit être remplacée par un autre moyen de joindre ce point de contact (${kind}). Dès que celui-ci sera vérifié, plus rien n’y sera envoyé pour lui au sujet des demandes.`,
    replacedThere: (ended, added) =>
      `Un moyen de joindre ce point de contact (${ended}) doit être remplacé par un autre (${added}), dès que celui-ci sera vérifié. Ce qui est envoyé à la présente adresse ne change pas.`,
    retired:
      'Le point de contact a été retiré du répertoire par une note verbale. Plus rien n’est envoyé ici pour lui au sujet des demandes.',
    party: 'État ou organisation',
    role: 'Point de contact',
    decidedAt: 'Décidé le',
    usedHere:
      'L’usage de la présente adresse pour ce point de contact a été modifié\u00a0: durée, destination ou chiffrement. Elle peut recevoir moins de messages au sujet des demandes.',
    usedThere: (kind) =>
      `L’usage d’un autre moyen de joindre ce point de contact (${kind}) a été modifié\u00a0: durée, destination ou chiffrement.`,
    byOne:
      'Une personne qui administre les comptes de votre État ou organisation l’a fait, avec un second facteur.',
    byTwo:
      'Une personne qui administre les comptes de votre État ou organisation l’a proposé, et une deuxième l’a confirmé.',
    unexpected:
      'Si vous n’êtes pas au courant, prévenez immédiatement une personne qui administre les comptes de votre État ou organisation, ainsi que le secrétariat du réseau. Appelez-les à des numéros que vous connaissiez auparavant. Ne répondez pas à ce message.',
    kinds: {
      mail: 'adresse électronique',
      telephone: 'téléphone',
      'emergency-telephone': 'téléphone d’urgence',
      messenger: 'messagerie instantanée',
      fax: 'télécopie',
      webhook: 'point d’accès HTTP',
      gateway: 'passerelle de messages',
    },
  },
  procedure: {
    'receive-in-hours': 'Il est établi qui reçoit les demandes et les notifications aux heures ouvrables.',
    'receive-out-of-hours': 'Il est établi qui les reçoit la nuit, en fin de semaine et les jours fériés.',
    acknowledge:
      'La personne qui en reçoit une peut en accuser réception immédiatement, sans demander d’abord.',
    classify: 'Il est consigné à partir de quelle gravité d’un incident quel service est informé.',
    decide: 'Il est établi qui décide si l’assistance est fournie, et qui en l’absence de cette personne.',
    'decide-out-of-hours': 'La personne qui décide peut être jointe à toute heure, et l’a confirmé.',
    tell: 'Il est établi qui est informé au sein du gouvernement, par qui et dans quel ordre.',
    'hand-over':
      'Les volets technique et diplomatique ont convenu quand l’un passe le relais à l’autre, et comment.',
    'legal-clearance':
      'Un avis juridique sur l’assistance fournie et reçue est disponible, avec un nom et un numéro.',
    operators: 'Les exploitants d’infrastructures critiques savent qui appeler, et ont été appelés une fois.',
    templates: 'Des modèles de demandes et de réponses sont prêts, remplis autant que possible.',
    translators: 'Des traducteurs pour les langues de travail du réseau peuvent être joints.',
    channels: 'Les clés et les voies sécurisées sont en place et ont été essayées avec un autre État.',
    'without-network':
      'Il existe un moyen de joindre les autres quand le réseau est en panne, et une liste imprimée.',
    exercise:
      'La procédure a fait l’objet d’un exercice au cours de la dernière année, et les enseignements en sont consignés.',
  },
};
