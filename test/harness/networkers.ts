import type { EntryView, NetworkView } from '#libs/directory';
import type { Officer } from './officer.js';
import { Walled } from './walled.js';

export interface Items<T> {
  items: T[];
}

export const sixNames = {
  ...{ ar: 'شبكة', zh: '网络', en: 'Regional network' },
  ...{ fr: 'Réseau', ru: 'Сеть', es: 'Red' },
};

/** Where an answer points to what does not fit. */
export const pointersIn = ({ body }: { body: unknown }) =>
  (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);

/** Who keeps networks, who belongs to them, and one entry of XB that their members see. */
export class Networkers {
  secretariat!: Officer;
  administrator!: Officer;
  xa!: Officer;
  xb!: Officer;
  xc!: Officer;
  /** The ids of the network that there is, and of XB's technical point of contact. */
  sample = '';
  entry = '';

  private constructor(readonly walled: Walled) {}

  static async start(): Promise<Networkers> {
    const networkers = new Networkers(await Walled.start());
    await networkers.signIn();
    const { secretariat, administrator } = networkers;
    const networks = (await secretariat.get('/networks')).body as Items<NetworkView>;
    const found = await administrator.get('/points-of-contact?party=XB&level=technical');
    networkers.sample = networks.items[0]?.id ?? '';
    networkers.entry = (found.body as Items<EntryView>).items[0]?.id ?? '';
    return networkers;
  }

  /** All of them; anew, where time has passed. */
  async signIn(): Promise<void> {
    const as = (name: string) => this.walled.instance.officer(`${name}.example`);
    this.secretariat = await as('secretariat@network');
    this.administrator = await as('administrator@xb');
    [this.xa, this.xb, this.xc] = [await as('officer@xa'), await as('officer@xb'), await as('officer@xc')];
  }

  async network(id: string): Promise<NetworkView> {
    return (await this.secretariat.get(`/networks/${id}`)).body as NetworkView;
  }

  /** Says anew what a network hides and how; the rest stays. */
  async change(id: string, changes: object): Promise<void> {
    const { levelsRequired, visibility, version } = await this.network(id);
    const said = { names: sixNames, levelsRequired, visibility, version, ...changes };
    const answer = await this.secretariat.put(`/networks/${id}`, said);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  }

  async member(id: string, party: string, dates: object = {}): Promise<void> {
    const { version } = await this.network(id);
    const answer = await this.secretariat.put(`/networks/${id}/members/${party}`, { ...dates, version });
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  }

  /** The time of the instance (RFC 3339). */
  async now(): Promise<string> {
    const [row] = await this.walled.instance.database.rows<{ at: Date }>('SELECT app.now() AS at');
    return new Date(row?.at ?? 0).toISOString();
  }

  async stop(): Promise<void> {
    await this.walled.stop();
  }
}
