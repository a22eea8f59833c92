import type { enDirectoryMails } from './en-directory-mails.js';

/** What mails of the directory say in French beside those of {@link frDirectory}: proposals; part of `fr.ts`. */
export const frDirectoryMails: typeof enDirectoryMails = {
  proposal: {
    subject: (party) => `Il faut une seconde personne\u00a0: coordonnées de ${party}`,
    whats: {
      'add-channel': 'Un nouveau moyen de joindre ce point de contact est proposé.',
      'end-channel': 'Il est proposé de supprimer un moyen de joindre ce point de contact.',
      'replace-channel': 'Il est proposé de remplacer un moyen de joindre ce point de contact par un autre.',
      retire: 'Il est proposé de retirer ce point de contact du répertoire.',
      'add-key': 'Une nouvelle clé est proposée pour une boîte aux lettres de ce point de contact.',
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
};
