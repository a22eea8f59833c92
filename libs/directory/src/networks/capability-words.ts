/** What may be offered: functions of teams after the FIRST CSIRT Services Framework 2.1, in our own short words. */
export const capabilityKinds = [
  'incident-analysis',
  'forensic-analysis',
  'mitigation-and-recovery',
  'incident-coordination',
  'crisis-management-support',
  'vulnerability-coordination',
  'situational-awareness',
  'training',
  'exercises',
  'advice',
] as const;
export type CapabilityKind = (typeof capabilityKinds)[number];

export const places = ['remote', 'on-site', 'both'] as const;
export type Place = (typeof places)[number];

/** At whose cost: the giver's, both sides', or paid back by the receiver. */
export const costs = ['free', 'shared', 'reimbursed'] as const;
export type Cost = (typeof costs)[number];

/** Whom a capability is shown to: members of networks, parties by name, or nobody but the own party. */
export type Audience =
  { to: 'networks'; networks: string[] } | { to: 'parties'; parties: string[] } | { to: 'own' };

/** The columns of an audience; each list empty where it is not what is meant. */
export const audienceColumns = (audience: Audience) => ({
  visibleTo: audience.to,
  visibleNetworks: audience.to === 'networks' ? audience.networks : [],
  visibleParties: audience.to === 'parties' ? audience.parties : [],
});

export function audienceOf(row: {
  visibleTo: Audience['to'];
  visibleNetworks: string[];
  visibleParties: string[];
}): Audience {
  if (row.visibleTo === 'networks') return { to: 'networks', networks: row.visibleNetworks };
  if (row.visibleTo === 'parties') return { to: 'parties', parties: row.visibleParties };
  return { to: 'own' };
}
