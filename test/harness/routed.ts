import type { RouteView } from '#libs/directory';
import { Instance } from './instance.js';
import type { Officer } from './officer.js';

interface Point {
  id: string;
  at: string;
  channel: string;
}

/** An instance on Wednesday, 1 July 2099, 10:00 at XB, with everyone signed in who asks how a party is reached. */
export class Routed {
  private constructor(
    readonly instance: Instance,
    private readonly officers: ReadonlyMap<string, Officer>,
    private readonly points: readonly Point[],
  ) {}

  static async start(): Promise<Routed> {
    const instance = await Instance.start();
    const [row] = await instance.database.rows<{ ahead: string }>(
      `SELECT extract(epoch FROM timestamptz '2099-07-01T04:00Z' - app.now()) * 1000 AS ahead`,
    );
    await instance.forward(Number(row?.ahead));
    const officers = new Map<string, Officer>();
    const names = 'officer@xa diplomat@xa officer@xb duty@xb policy@xb officer@xc observer@xc';
    for (const name of [...names.split(' '), 'secretariat@network', 'auditor@network'])
      officers.set(name.replace('@network', ''), await instance.officer(`${name}.example`));
    const points = await instance.database.rows<Point>(
      `SELECT p.id, p.party_code || ' ' || p.level || ' ' || p.position AS at, c.id AS channel
       FROM points_of_contact p JOIN channels c ON c.point_of_contact_id = p.id WHERE p.party_code IN ('XA', 'XB', 'XC')`,
    );
    return new Routed(instance, officers, points);
  }

  by(name: string): Officer {
    const officer = this.officers.get(name);
    if (!officer) throw new Error(`${name} has not signed in`);
    return officer;
  }

  /** A point of contact, such as `XB technical 1`, and its channel. */
  at(where: string): Pick<Point, 'id' | 'channel'> {
    return this.points.find((one) => one.at === where) ?? { id: '', channel: '' };
  }

  async route(name: string, query: string): Promise<RouteView> {
    return (await this.by(name).get(`/routes?${query}`)).body as RouteView;
  }

  /** Mails about a request, with a word in their subject. */
  mailed(to: string, reference: string, word = '') {
    const mails = this.instance.sink.mailsTo(to);
    return mails.filter(({ subject }) => subject.includes(reference) && subject.includes(word));
  }
}

/** Where the steps of a route lead, and when. */
export const places = ({ steps }: RouteView): string[] =>
  steps.map(({ level, position, stage }) => `${level} ${position} ${stage}`);

export const codes = ({ because }: { because: readonly { code: string }[] }): string[] =>
  because.map(({ code }) => code);
