/**
 * What a party lets others take out of the directory: all that they may read; roles and channels without persons and
 * notes; or nothing, so that it is reached only through the system.
 */
export const exportConsents = ['whole', 'roles', 'nothing'] as const;
export type ExportConsent = (typeof exportConsents)[number];

/** What may be taken out of entries of a party. Its own it takes out as they are. */
export function takenOut<Entry extends { person: unknown; note: unknown }>(
  entries: readonly Entry[],
  consent: ExportConsent,
  isOwn: boolean,
): Entry[] {
  if (isOwn || consent === 'whole') return [...entries];
  if (consent === 'nothing') return [];
  return entries.map((entry) => ({ ...entry, person: null, note: null }));
}
