import type { Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import { visibleFields, type Visibility, type VisibleFields } from './visible-fields.js';

/** What a caller sees of entries, by party and level. */
export interface Sight {
  fields: (party: string, level: Level) => VisibleFields;
  /** What the networks that are shared with a party hide; `own`: nothing is hidden. */
  shared: (party: string) => readonly Visibility[] | 'own';
}

/** What networks let their members see of one another: asked once for whatever is shown. */
export class VisibilityQueries {
  async of(tx: Tx, caller: Pick<Caller, 'party'>): Promise<Sight> {
    if (caller.party === null) return { fields: () => 'all', shared: () => 'own' };
    const networks = await tx.prepared<{ parties: string[]; visibility: Visibility }>(
      `SELECT array_agg(m.party_code) AS parties, n.visibility
       FROM memberships m JOIN networks n ON n.id = m.network_id
       WHERE m.network_id IN (SELECT app.own_networks()) AND m.joined_at <= (SELECT app.now())
         AND (m.left_at IS NULL OR m.left_at > (SELECT app.now())) GROUP BY n.id`,
    );
    const byParty = new Map<string, Visibility[]>();
    for (const { parties, visibility } of networks)
      for (const party of parties) byParty.set(party, [...(byParty.get(party) ?? []), visibility]);
    const shared = (party: string) => (party === caller.party ? 'own' : (byParty.get(party) ?? []));
    return { shared, fields: (party, level) => visibleFields(level, shared(party)) };
  }
}
