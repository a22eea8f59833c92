/** The level of a point of contact (A/76/135, 77 (a)); law-enforcement liaison as regional networks have it. */
export const levels = ['policy', 'diplomatic', 'technical', 'law-enforcement-liaison'] as const;
export type Level = (typeof levels)[number];

/** The life of a point of contact. Those that are nominated, suspended or retired are told nothing. */
export const contactStates = ['nominated', 'verified', 'active', 'stale', 'suspended', 'retired'] as const;
export type ContactState = (typeof contactStates)[number];
export const reachableStates = ['verified', 'active', 'stale'] as const satisfies readonly ContactState[];

export const channelKinds = [
  'mail',
  'telephone',
  'emergency-telephone',
  'messenger',
  'fax',
  'webhook',
  'gateway',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Channels that a person operates: they are proven, and used, by a call task. */
export const operatedByPeople = ['telephone', 'emergency-telephone', 'messenger', 'fax'] as const;

export const channelPurposes = ['any', 'urgent', 'routine', 'exercise'] as const;
export type ChannelPurpose = (typeof channelPurposes)[number];

/** Unproven ones are not used yet, suspect ones last. */
export const channelStates = ['unproven', 'proven', 'suspect', 'ended'] as const;
export type ChannelState = (typeof channelStates)[number];

/** What the point of contact asks of what is sent on a channel. `required`: nothing in clear, ever. */
export const encryptions = ['none', 'wanted', 'required'] as const;
export type Encryption = (typeof encryptions)[number];

/** What a body says it answers for. */
export const constituencyKinds = ['type', 'asn', 'range', 'domain', 'sector', 'country'] as const;
export type ConstituencyKind = (typeof constituencyKinds)[number];

/** What is expected of a point of contact (A/76/135, 77 (a)): offered to choose from, never closed by the words. */
export const expectedRoles = [
  'receive-requests',
  'receive-notifications',
  'acknowledge-at-once',
  'decide-on-assistance',
  'give-technical-assistance',
  'consult-on-crises',
  'declare-crisis-mode',
  'preserve-evidence',
  'coordinate-vulnerabilities',
  'keep-the-directory',
] as const;
export type ExpectedRole = (typeof expectedRoles)[number];

/** With whom a point of contact coordinates at home (A/76/135, 77 (a) and (b)). */
export const coordinationFunctions = [
  'national-certs',
  'sector-certs',
  'ministries',
  'operators-of-critical-infrastructure',
  'law-enforcement',
  'armed-forces',
  'regional-organizations',
  'private-sector',
] as const;
export type CoordinationFunction = (typeof coordinationFunctions)[number];
