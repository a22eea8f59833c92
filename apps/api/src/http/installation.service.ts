import type { PartyQueries } from '#libs/parties';
import { Problem, type UnitOfWork } from '#libs/runtime';

/** What this instance is, for those who ask before anybody has signed in. */
export class Installation {
  constructor(
    private readonly units: UnitOfWork,
    private readonly parties: PartyQueries,
  ) {}

  /** Sample or real; null while it has not been set up. Raises `unavailable` when the database does not answer. */
  async kind(): Promise<'sample' | 'real' | null> {
    const asker = { actor: 'probe', party: null, body: null, purpose: 'probe' };
    return this.units.run(asker, async (tx) => (await this.parties.maybeInstance(tx))?.kind ?? null);
  }

  /** The same. Raises `unavailable` also while it has not been set up. */
  async ready(): Promise<'sample' | 'real'> {
    const kind = await this.kind();
    if (kind === null) throw new Problem('unavailable', 'This instance has not been set up yet.');
    return kind;
  }
}
