import { sampleAccounts, samplePassword, type SampleAccount } from '#libs/directory';
import { Visitor } from './visitor.js';

/** The people of the sample world, each at the interface under their own account. */
export class Officers {
  private readonly known = new Map<string, Visitor>();

  constructor(private readonly url: string) {}

  /** Who acts for a body of a party. */
  of(party: string, body: string): Visitor {
    return this.who(
      (one) => one.party === party && one.body === body && one.role === 'officer',
      `${body} of ${party}`,
    );
  }

  /** The one of that name, who may be no more than on duty. */
  named(name: string): Visitor {
    return this.who((one) => one.name === name, name);
  }

  private who(isMeant: (account: SampleAccount) => boolean, what: string): Visitor {
    const account = sampleAccounts.find(isMeant);
    if (!account) throw new Error(`The sample world has no account for ${what}.`);
    const visitor = this.known.get(account.email) ?? new Visitor(this.url, account.email, samplePassword);
    this.known.set(account.email, visitor);
    return visitor;
  }
}
