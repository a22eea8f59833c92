import type { Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import { openNow } from './networks.queries.js';
import { visibleFields, type Visibility, type VisibleFields } from './visible-fields.js';

/** What a caller sees of entries, by party and level. */
export interface Sight {
  fields: (party: string, level: Level) => VisibleFields;
  /** What the networks that are shared with a party hide; `own`: nothing is hidden. */
  shared: (party: string) => readonly Visibility[] | 'own';
}

/** What networks let their members see of one another: asked once for whatever is shown. */
export class VisibilityQueries {
  /** Of all parties, or of some: then nothing is known of the others. */
  async of(tx: Tx, { party: own }: Pick<Caller, 'party'>, some?: readonly string[]): Promise<Sight> {
    if (own === null) return { fields: () => 'all', shared: () => 'own' };
    const networks = await tx.prepared<{ parties: string[]; visibility: Visibility }>(
      `SELECT jsonb_agg(m.party_code) AS parties, n.visibility
       FROM memberships m JOIN networks n ON n.id = m.network_id
       WHERE m.network_id IN (SELECT app.own_networks()) AND ${openNow('m')}
         ${some ? 'AND m.party_code = ANY ($1)' : ''} GROUP BY n.id`,
      some ? [some] : [],
    );
    const byParty = new Map<string, Visibility[]>();
    for (const { parties, visibility } of networks)
      for (const party of parties) {
        const known = byParty.get(party);
        if (known) known.push(visibility);
        else byParty.set(party, [visibility]);
      }
    const shared = (party: string) => (party === own ? 'own' : (byParty.get(party) ?? []));
    return { shared, fields: (party, level) => visibleFields(level, shared(party)) };
  }
}
