import type { enDirectoryMails } from './en-directory-mails.js';

/** What mails of the directory say in French beside those of {@link frDirectory}: proposals, changes, modes, what will be due; part of `fr.ts`. */
export const frDirectoryMails: typeof enDirectoryMails = {
  proposal: {
    subject: (party) => `Il faut une seconde personne\u00a0: coordonnées de ${party}`,
    whats: {
      'add-channel': 'Un nouveau moyen de joindre ce point de contact est proposé.',
      'end-channel': 'Il est proposé de supprimer un moyen de joindre ce point de contact.',
      'replace-channel': 'Il est proposé de remplacer un moyen de joindre ce point de contact par un autre.',
      retire: 'Il est proposé de retirer ce point de contact du répertoire.',
      'add-key': 'Une nouvelle clé est proposée pour une boîte aux lettres de ce point de contact.',
      'end-key':
        'Il est proposé de retirer une clé d’une boîte aux lettres de ce point de contact\u00a0: plus personne ne pourrait chiffrer au moyen de celle-ci.',
    },
    ended: 'Serait supprimé',
    added: 'Serait ajouté',
    proposedBy: 'Proposé par',
    proposedAt: 'Proposé le',
    until: 'Peut être confirmé jusqu’au',
    todo: 'Cela prend effet quand un autre administrateur que celui qui l’a proposé le confirme, après connexion, avec un second facteur. Les adresses ne sont montrées ici qu’en partie.',
    look: 'Cela se lit en entier, et se décide, à l’adresse suivante\u00a0:',
    unexpected:
      'Si vous ne vous y attendez pas, appelez la personne qui l’a proposé, à un numéro que vous connaissiez auparavant, et ne confirmez rien avant de lui avoir parlé.',
  },
  mode: {
    subject: (mode) => `Plan de communication\u00a0: mode «\u00a0${mode}\u00a0» déclaré`,
    ofPair: (one, other) =>
      `Dans le cadre du plan de communication entre ${one} et ${other}, un autre mode s’applique désormais.`,
    ofNetwork: (network) =>
      `Dans le cadre du plan de communication du réseau «\u00a0${network}\u00a0», un autre mode s’applique désormais.`,
    plan: 'Numéro du plan',
    mode: 'Mode déclaré',
    names: { normal: 'ordinaire', heightened: 'renforcé', crisis: 'crise' },
    since: 'Depuis le',
    declaredBy: 'Déclaré par',
    secretariat: 'Secrétariat du réseau',
    reason: 'Motif, tel qu’il a été donné',
    reports: (minutes) =>
      `Dans ce mode, le plan demande un rapport de situation toutes les ${minutes} minutes.`,
    noReports: 'Dans ce mode, le plan ne demande aucun rapport de situation.',
    bridge:
      'Le plan prévoit une conférence téléphonique. La manière de s’y joindre s’y lit, et ne figure pas dans les courriels.',
    crisis:
      'Dans ce mode, les demandes sont envoyées immédiatement à tous les points de contact du niveau prévenu.',
    look: 'Le plan se lit, après connexion, à l’adresse suivante\u00a0:',
  },
  ahead: {
    goThrough: {
      subject: (party) => `À revoir bientôt en entier\u00a0: coordonnées de ${party}`,
      sentence: (at) =>
        `Une fois par an, un administrateur revoit une inscription en entier. Pour celle-ci, le terme est le ${at}. Passé ce terme, elle est marquée comme ancienne, et d’autres sont prévenus avant elle.`,
    },
    toConfirm: {
      subject: (party) => `À confirmer bientôt\u00a0: coordonnées de ${party}`,
      sentence: (at) =>
        `Aucune boîte aux lettres de cette inscription ne peut être interrogée\u00a0: un administrateur la confirme. Le terme est le ${at}. Passé ce terme, elle est marquée comme ancienne, et d’autres sont prévenus avant elle.`,
    },
    unconfirmed: {
      subject: (party) => `Sans confirmation\u00a0: coordonnées de ${party}`,
      sentence: (at) =>
        `Aucune boîte aux lettres de cette inscription ne peut être interrogée\u00a0: un administrateur la confirme. Le terme était le ${at}. Elle est maintenant marquée comme ancienne, et d’autres sont prévenus avant elle.`,
    },
    lastDay: {
      subject: (party) => `Un moyen de contact du répertoire arrive à son dernier jour\u00a0: ${party}`,
      sentence: (day) =>
        `Ce moyen de contact est valable jusqu’au ${day}. Dès le lendemain, plus rien n’y est envoyé, et quiconque cherche à vous joindre est dirigé ailleurs.`,
    },
    past: {
      subject: (party) => `Le dernier jour d’un moyen de contact du répertoire est passé\u00a0: ${party}`,
      sentence: (day) =>
        `Ce moyen de contact était valable jusqu’au ${day}. Plus rien n’y est envoyé, et quiconque cherche à vous joindre est dirigé ailleurs.`,
    },
    whole: 'Un administrateur de votre partie le fait après connexion, avec un second facteur.',
    byAdministrator: 'Un administrateur de votre partie le fait après connexion.',
    prolong:
      'Un administrateur de votre partie lui donne un autre dernier jour, ou le remplace, après connexion. Quiconque y écrirait voit aussi cet avertissement.',
    look: 'Cela se fait à l’adresse suivante\u00a0:',
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
  announcedChange: {
    whose: (party, role) => `${party}, ${role}\u00a0:`,
    toEndpoint: {
      added: (kind) =>
        `Un nouveau moyen de joindre ce point de contact a été inscrit (${kind}). Rien n’y est envoyé tant qu’il n’est pas vérifié. Ce qui est envoyé ici ne change pas.`,
      endedHere:
        'La présente adresse a été retirée du répertoire pour ce point de contact. Plus rien n’y est envoyé pour lui au sujet des demandes.',
      endedThere: (kind) =>
        `Un moyen de joindre ce point de contact a été supprimé (${kind}). Ce qui est envoyé ici ne change pas.`,
      replacedHere: (kind) =>
        `La présente adresse doit être remplacée par un autre moyen de joindre ce point de contact (${kind}). Dès que celui-ci sera vérifié, plus rien n’y sera envoyé pour lui au sujet des demandes.`,
      replacedThere: (ended, added) =>
        `Un moyen de joindre ce point de contact (${ended}) doit être remplacé par un autre (${added}), dès que celui-ci sera vérifié. Ce qui est envoyé ici ne change pas.`,
      retired:
        'Ce point de contact a été retiré du répertoire. Plus rien n’est envoyé ici pour lui au sujet des demandes.',
      usedHere:
        'L’usage de la présente adresse pour ce point de contact a été modifié\u00a0: durée, destination ou chiffrement.',
      usedThere: (kind) =>
        `L’usage d’un autre moyen de joindre ce point de contact (${kind}) a été modifié\u00a0: durée, destination ou chiffrement.`,
    },
    unexpected:
      'Si vous n’êtes pas au courant, prévenez immédiatement une personne qui administre les comptes de votre État ou organisation, ainsi que le secrétariat du réseau, à des numéros que vous connaissiez auparavant.',
    spoken: {
      about: (at) =>
        `Je vous appelle au sujet d’un changement dans le répertoire des points de contact, décidé le ${at}. Rien d’autre ne s’est produit.`,
      sentences: {
        added: (kind) =>
          `Un autre moyen de vous joindre a été inscrit\u00a0: ${kind}. Celui que j’utilise en ce moment ne change pas.`,
        endedHere: 'Le moyen de vous joindre que j’utilise en ce moment a été retiré du répertoire.',
        endedThere: (kind) =>
          `Un moyen de vous joindre a été retiré du répertoire\u00a0: ${kind}. Celui que j’utilise en ce moment ne change pas.`,
        replacedHere: (kind) =>
          `Le moyen de vous joindre que j’utilise en ce moment doit être remplacé par un autre\u00a0: ${kind}.`,
        replacedThere: (ended, added) =>
          `Un moyen de vous joindre, ${ended}, doit être remplacé par un autre, ${added}. Celui que j’utilise en ce moment ne change pas.`,
        retired: 'Votre point de contact a été retiré du répertoire.',
        usedHere:
          'Le moyen de vous joindre que j’utilise en ce moment est désormais utilisé autrement\u00a0: durée, destination ou chiffrement.',
        usedThere: (kind) =>
          `Un autre moyen de vous joindre est désormais utilisé autrement\u00a0: ${kind}. Celui que j’utilise en ce moment ne change pas.`,
      },
      sayAtOnce: 'Si vous n’êtes pas au courant, veuillez me le dire immédiatement.',
    },
    calls: {
      ofSecretariat:
        'Des personnes qui administrent les comptes de cette partie ont changé les moyens de joindre ses points de contact. Le changement doit être annoncé aux anciens numéros. Le secrétariat est invité à appeler, car il n’a pas pris part au changement.',
      what: 'Quiconque prend en charge un appel voit l’ancien numéro et les paroles à prononcer. Le résultat est enregistré avec l’appel. Si la personne appelée n’est pas au courant du changement, enregistrez «\u00a0disputed\u00a0»\u00a0: les personnes qui administrent les comptes de la partie sont alors prévenues immédiatement.',
    },
    disputed: {
      subject: (party) => `Un changement n’est pas reconnu\u00a0: coordonnées de ${party}`,
      sentence:
        'Le secrétariat a appelé un ancien numéro de ce point de contact, pour annoncer un changement. La personne appelée a dit ne pas être au courant. Il a peut-être été fait par quelqu’un qui ne devait pas le faire.',
      change: 'Changement',
      whats: {
        'add-channel': 'un nouveau moyen de le joindre a été inscrit',
        'end-channel': 'un moyen de le joindre a été supprimé',
        'replace-channel': 'un moyen de le joindre est remplacé par un autre',
        'change-use': 'l’usage d’un moyen de le joindre a été modifié',
        retire: 'il a été retiré du répertoire',
      },
      ended: 'Ancien moyen',
      added: 'Nouveau moyen',
      called: 'Moyen appelé',
      saidAt: 'Dit le',
      todo: 'Examinez ce changement et les autres du même point de contact\u00a0: qui les a proposés, et qui les a confirmés. Si l’un d’eux n’est pas juste, supprimez ce qui a été ajouté, et appelez le secrétariat du réseau, à un numéro que vous connaissiez auparavant. Rien n’est annulé automatiquement.',
      look: 'Il se lit, après connexion, à l’adresse suivante\u00a0:',
    },
  },
};
