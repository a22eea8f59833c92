import { loosely } from './loose-words.js';
import { headings } from './rfc2350-headings.js';

/** Sections of a document about a team (RFC 2350, appendix C) by their numbers. */
export const sections = {
  ...{
    '1': 'Document Information',
    '1.1': 'Date of Last Update',
    '1.2': 'Distribution List for Notifications',
  },
  ...{ '1.3': 'Locations where this Document May Be Found', '1.4': 'Authenticating this Document' },
  ...{ '2': 'Contact Information', '2.1': 'Name of the Team', '2.2': 'Address', '2.3': 'Time Zone' },
  ...{ '2.4': 'Telephone Number', '2.5': 'Facsimile Number', '2.6': 'Other Telecommunication' },
  ...{ '2.7': 'Electronic Mail Address', '2.8': 'Public Keys and Encryption Information' },
  ...{ '2.9': 'Team Members', '2.10': 'Other Information', '2.11': 'Points of Customer Contact' },
  ...{ '3': 'Charter', '3.1': 'Mission Statement', '3.2': 'Constituency' },
  ...{ '3.3': 'Sponsorship and/or Affiliation', '3.4': 'Authority' },
  ...{ '4': 'Policies', '4.1': 'Types of Incidents and Level of Support' },
  ...{
    '4.2': 'Co-operation, Interaction and Disclosure of Information',
    '4.3': 'Communication and Authentication',
  },
  ...{ '5': 'Services', '5.1': 'Incident Response', '5.2': 'Proactive Activities' },
  ...{ '6': 'Incident Reporting Forms', '7': 'Disclaimers' },
} as const;
export type Section = keyof typeof sections;

/** Whether a text is the number of a section. */
export const isSection = (number: string): number is Section => Object.hasOwn(sections, number);

interface Phrase {
  phrase: string;
  section: Section;
  language: string;
}
const phrases: readonly Phrase[] = Object.entries(headings)
  .flatMap(([language, list]) =>
    list.split(';').flatMap((item): Phrase[] => {
      const [, section = '', given = ''] = /^([\d.]+) (.+)$/.exec(item.trim().replace(/\s+/g, ' ')) ?? [];
      if (!isSection(section)) return [];
      return given.split('|').map((phrase) => ({ phrase: loosely(phrase), section, language }));
    }),
  )
  .sort((one, other) => other.phrase.length - one.phrase.length);

/** Words alone, without what stands around them. */
const bare = (title: string): string =>
  loosely(title.slice(0, 200))
    .replace(/[^\p{L}\p{N}'/-]+/gu, ' ')
    .replace(/^[ -]+|[ -]+$/g, '');

/** A section by the words of its heading, and the language they are in; `whole`: it has hardly any others. */
export function sectionByWords(
  title: string,
): { section: Section; language: string; whole: boolean } | undefined {
  const text = bare(title);
  const padded = ` ${text} `;
  const found = phrases.find(({ phrase, language }) =>
    language === 'zh' ? text.includes(phrase) : padded.includes(` ${phrase} `),
  );
  return found && { ...found, whole: text.length <= found.phrase.length + 4 };
}
