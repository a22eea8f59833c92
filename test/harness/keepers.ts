import type { EntryView } from '#libs/directory';
import type { InstanceOptions } from './instance.js';
import { accept, chosenPassword } from './invitee.js';
import { Officer } from './officer.js';
import { Walled } from './walled.js';

/** Administrators of XB who keep its entries, and those who look on: one of XA, and others of the sample world. */
export class Keepers {
  private constructor(
    readonly walled: Walled,
    readonly first: Officer,
    readonly second: Officer,
    readonly foreign: Officer,
    readonly others: Readonly<Record<'secretariat' | 'officer' | 'duty', Officer>>,
  ) {}

  static async start(options: InstanceOptions = {}): Promise<Keepers> {
    const walled = await Walled.start(options);
    const as = (name: string) => walled.instance.officer(`${name}.example`);
    const [first, secretariat] = [await as('administrator@xb'), await as('secretariat@network')];
    return new Keepers(
      walled,
      first,
      await invited(walled, first, 'second@xb.example', { body: walled.bodies['XB agency'] }),
      await invited(walled, secretariat, 'administrator@xa.example', {
        ...{ party: 'XA', body: walled.bodies['XA cert'] },
      }),
      { secretariat, officer: await as('officer@xa'), duty: await as('duty@xb') },
    );
  }

  /** One more administrator of XB. */
  async another(email: string): Promise<Officer> {
    return invited(this.walled, this.first, email, { body: this.walled.bodies['XB agency'] });
  }

  /** A desk of XB's CERT that is only nominated; its id. */
  async nominated(changes: object = {}): Promise<string> {
    const answer = await this.first.post('/points-of-contact', {
      ...{ body: this.walled.bodies['XB cert'], level: 'technical', languages: ['fr'], zone: 'Etc/UTC' },
      ...{ roleNames: { fr: 'Permanence', en: 'Night desk' }, ...changes },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return (answer.body as EntryView).id;
  }

  async seen(id: string, by = this.first): Promise<EntryView> {
    return (await by.get(`/points-of-contact/${id}`)).body as EntryView;
  }

  async stop(): Promise<void> {
    await this.walled.stop();
  }
}

async function invited({ instance }: Walled, by: Officer, email: string, of: object): Promise<Officer> {
  await by.post('/invitations', { email, role: 'party-administrator', ...of });
  await accept(await instance.sink.mailTo(email), email);
  return Officer.signIn(instance.url, email, chosenPassword);
}
