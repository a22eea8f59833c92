import type { PartyQueries } from '#libs/parties';
import { Problem, type UnitOfWork } from '#libs/runtime';

/** What this instance is, for those who ask before anybody has signed in. */
export class Installation {
  private known: 'sample' | 'real' | null = null;

  constructor(
    private readonly units: UnitOfWork,
    private readonly parties: PartyQueries,
  ) {}

  /** Sample or real; null while it has not been set up. For life, so it is asked only until there is an answer. */
  async kind(): Promise<'sample' | 'real' | null> {
    return this.known ?? this.ask();
  }

  /** What is known without asking, for pages that say that nothing else can be said. */
  get lastKnown(): 'sample' | 'real' {
    return this.known ?? 'real';
  }

  /** Asks the database. Raises `unavailable` when it does not answer, or the instance has not been set up. */
  async ready(): Promise<'sample' | 'real'> {
    const kind = await this.ask();
    if (kind === null) throw new Problem('unavailable', 'This instance has not been set up yet.');
    return kind;
  }

  private async ask(): Promise<'sample' | 'real' | null> {
    const asker = { actor: 'probe', party: null, body: null, purpose: 'probe' };
    const row = await this.units.run(asker, (tx) => this.parties.maybeInstance(tx));
    this.known = row?.kind ?? null;
    return this.known;
  }
}
