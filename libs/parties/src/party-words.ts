/** What a party is. States have ISO 3166-1 codes; the rest, codes of three to twelve capital letters and digits. */
export const partyKinds = [
  'member-state',
  'observer-state',
  'fictional-state',
  'regional-organization',
  'other',
] as const;
export type PartyKind = (typeof partyKinds)[number];

export const bodyKinds = [
  'ministry',
  'agency',
  'cert',
  'regulator',
  'law-enforcement',
  'prosecution',
  'armed-forces',
  'secretariat',
  'other',
] as const;
export type BodyKind = (typeof bodyKinds)[number];

/**
 * How far "organization" reaches where a body is given something under TLP:AMBER (TLP 2.0): the body itself, all bodies
 * of the State, or these and those whom it answers for.
 */
export const sharingBoundaries = ['body', 'government', 'government-and-constituents'] as const;
export type SharingBoundary = (typeof sharingBoundaries)[number];

/** A text that people wrote, in its language (BCP 47). */
export interface WrittenIn {
  text: string;
  language: string;
}

/** What a body says of itself: its status, authority and mandate (A/76/135, 68), services and non-misuse (67). */
export interface BodyProfile {
  /** As it is called for short, e.g. `CERT-XB`. */
  shortName?: string;
  /** Lines of a postal address. */
  postalAddress?: string;
  /** The organization that hosts or pays for it (RFC 2350, 3.3). */
  affiliation?: string;
  status?: WrittenIn[];
  authority?: WrittenIn[];
  mandate?: WrittenIn[];
  services?: string[];
  website?: string;
  established?: string;
  /** That it is not used for activity against others, and where it says so. */
  nonMisuse?: { declaredOn: string; url?: string; text?: WrittenIn[] };
}
