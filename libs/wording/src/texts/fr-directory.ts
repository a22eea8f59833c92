import type { enDirectory } from './en-directory.js';

/** What is said in French about the directory: calls and codes that prove its channels; part of `fr.ts`. */
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
};
