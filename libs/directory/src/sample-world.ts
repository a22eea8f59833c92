import type { Role } from '#libs/access';
import { fictionalStates, memberStates } from '#libs/parties';
import type { Level } from './entry-words.js';
import { newChannel, newDraft, newPointOfContact, type Reading } from './formats/draft-entry.js';

/** What every sample account signs in with. It exists only in sample worlds, which say so on every page. */
export const samplePassword = 'sample-world-2026';

type Names = Record<string, string>;
export type BodyKind = 'ministry' | 'agency' | 'cert';

export interface SampleContact {
  body: BodyKind;
  level: Level;
  position: number;
  roleNames: Names;
  languages: string[];
  zone: string;
  address: string;
}

export interface SampleParty {
  code: string;
  alpha3: string;
  numeric: string | null;
  kind: 'member-state' | 'fictional-state';
  regionalGroup: string | null;
  names: Names;
  contacts: SampleContact[];
}

export interface SampleAccount {
  email: string;
  name: string;
  /** Null for the network's own staff. */
  party: string | null;
  body: BodyKind | null;
  role: Role;
  language: string;
  /** What it is for, as a newcomer reads it. */
  does: string;
}

const bodyNames: Record<BodyKind, Names> = {
  ministry: { en: 'Ministry of Foreign Affairs', fr: 'Ministère des affaires étrangères' },
  agency: { en: 'National cybersecurity authority', fr: 'Autorité nationale de cybersécurité' },
  cert: { en: 'National CERT', fr: 'CERT national' },
};

const roles: Record<'duty' | 'alternate' | 'diplomatic' | 'policy', Names> = {
  duty: { en: 'Duty officer', fr: 'Permanence' },
  alternate: { en: 'Alternate duty officer', fr: 'Permanence suppléante' },
  diplomatic: { en: 'Cyber desk', fr: 'Bureau des affaires cyber' },
  policy: { en: 'Policy lead', fr: 'Responsable des politiques' },
};

const threeLevels = (domain: string, languages: string[], zone: string): SampleContact[] => [
  {
    body: 'cert',
    level: 'technical',
    position: 1,
    roleNames: roles.duty,
    languages,
    zone,
    address: `cert@${domain}`,
  },
  {
    body: 'ministry',
    level: 'diplomatic',
    position: 1,
    roleNames: roles.diplomatic,
    languages,
    zone,
    address: `diplomatic@${domain}`,
  },
  {
    body: 'agency',
    level: 'policy',
    position: 1,
    roleNames: roles.policy,
    languages,
    zone,
    address: `cyber-policy@${domain}`,
  },
];

const fictionalLife: Record<string, { languages: string[]; zone: string }> = {
  XA: { languages: ['en'], zone: 'Etc/GMT-3' },
  XB: { languages: ['en', 'fr'], zone: 'Etc/GMT-6' },
  XC: { languages: ['fr', 'en'], zone: 'Etc/GMT+4' },
};

const fictional = fictionalStates.map((state): SampleParty => {
  const { languages, zone } = fictionalLife[state.code] ?? { languages: ['en'], zone: 'Etc/UTC' };
  const domain = `${state.code.toLowerCase()}.example`;
  const alternate: SampleContact = {
    body: 'cert',
    level: 'technical',
    position: 2,
    roleNames: roles.alternate,
    languages: languages.toReversed(),
    zone,
    address: `cert-alternate@${domain}`,
  };
  return {
    ...state,
    kind: 'fictional-state',
    contacts: [...threeLevels(domain, languages, zone), alternate],
  };
});

const members = memberStates.map((state): SampleParty => ({
  ...state,
  kind: 'member-state',
  contacts: threeLevels(`${state.code.toLowerCase()}.states.example`, ['en'], 'Etc/UTC'),
}));

/** Every party of the sample world: the 193 Member States with fictional mailboxes, and three fictional States. */
export const sampleParties: readonly SampleParty[] = [...members, ...fictional];

/** What a party of the sample world would say of itself in a document: its bodies with their points of contact. */
export const sampleReading = ({ code, contacts }: SampleParty): Reading => ({
  findings: [],
  drafts: (Object.keys(bodyNames) as BodyKind[]).map((kind) => ({
    ...newDraft(code),
    body: { names: bodyNames[kind], kind, profile: {}, constituency: [] },
    pointsOfContact: contacts
      .filter(({ body }) => body === kind)
      .map(({ level, position, roleNames, languages, zone, address }) => ({
        ...newPointOfContact(level),
        ...{ position, roleNames, languages, zone, channels: [newChannel('mail', address)] },
      })),
  })),
});

/** People exist in the fictional States only: nothing in a sample is ever done in the name of a real State. */
export const sampleAccounts: readonly SampleAccount[] = [
  {
    ...{ email: 'officer@xa.example', name: 'Officer of CERT XA', party: 'XA', body: 'cert' },
    ...{ role: 'officer', language: 'en', does: 'files and answers requests for XA' },
  },
  {
    ...{ email: 'diplomat@xa.example', name: 'Desk officer of XA', party: 'XA', body: 'ministry' },
    ...{ role: 'officer', language: 'en', does: 'sees what its ministry was copied on' },
  },
  {
    ...{ email: 'officer@xb.example', name: 'Officer of CERT XB', party: 'XB', body: 'cert' },
    ...{ role: 'officer', language: 'en', does: 'files and answers requests for XB' },
  },
  {
    ...{ email: 'duty@xb.example', name: 'Duty officer of CERT XB', party: 'XB', body: 'cert' },
    ...{ role: 'duty-officer', language: 'en', does: 'acknowledges for XB' },
  },
  {
    ...{ email: 'policy@xb.example', name: 'Policy officer of XB', party: 'XB', body: 'agency' },
    ...{
      role: 'officer',
      language: 'en',
      does: 'belongs to a body of XB that technical requests do not concern',
    },
  },
  {
    ...{ email: 'officer@xc.example', name: 'Agent du CERT XC', party: 'XC', body: 'cert' },
    ...{ role: 'officer', language: 'fr', does: 'files and answers requests for XC, in French' },
  },
  {
    ...{ email: 'observer@xc.example', name: 'Observateur du CERT XC', party: 'XC', body: 'cert' },
    ...{ role: 'observer', language: 'fr', does: 'reads for XC' },
  },
  {
    ...{ email: 'secretariat@network.example', name: 'Secretariat', party: null, body: null },
    ...{ role: 'directory-manager', language: 'en', does: 'keeps the directory, sees no request' },
  },
  {
    ...{ email: 'administrator@xb.example', name: 'Administrator of XB', party: 'XB', body: 'agency' },
    ...{ role: 'party-administrator', language: 'en', does: 'manages the accounts of XB, sees no request' },
  },
  {
    ...{ email: 'exercises@network.example', name: 'Exercise director', party: null, body: null },
    ...{ role: 'exercise-director', language: 'en', does: 'reads the directory, sees no request' },
  },
  {
    ...{ email: 'auditor@network.example', name: 'Auditor', party: null, body: null },
    ...{ role: 'auditor', language: 'en', does: 'reads who has access, sees no request' },
  },
];
