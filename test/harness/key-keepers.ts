import { randomUUID } from 'node:crypto';
import { generateKey } from 'openpgp';
import { Work, type Caller } from '#libs/access';
import { KeyQueries, type EntryChannelView, type EntryView, type KeyView } from '#libs/directory';
import { accept, chosenPassword } from './invitee.js';
import type { Instance, InstanceOptions } from './instance.js';
import { Officer } from './officer.js';
import { verify } from './vouching.js';
import { Walled } from './walled.js';

/** The code of six digits in a text; empty without one. */
export const codeIn = (text: string): string => /\b(\d{6})\b/.exec(text)?.[1] ?? '';

/** Two administrators of XB who keep keys, and an officer of XA who looks. */
export class KeyKeepers {
  readonly instance: Instance;
  private contacts = 0;

  private constructor(
    readonly walled: Walled,
    readonly administrator: Officer,
    readonly second: Officer,
    readonly officer: Officer,
  ) {
    this.instance = walled.instance;
  }

  static async start(options: InstanceOptions = {}): Promise<KeyKeepers> {
    const walled = await Walled.start(options);
    const { instance } = walled;
    const administrator = await instance.officer('administrator@xb.example');
    const officer = await instance.officer('officer@xa.example');
    const second = await invited(walled, administrator, 'second@xb.example', 'Second administrator');
    return new KeyKeepers(walled, administrator, second, officer);
  }

  /** One more administrator of XB. */
  async another(email: string, name: string): Promise<Officer> {
    return invited(this.walled, this.administrator, email, name);
  }

  async stop(): Promise<void> {
    await this.walled.stop();
  }

  /** A verified point of contact with a proven mailbox. */
  async contact(): Promise<{ entry: string; channel: string; address: string }> {
    const { administrator, instance, second, walled } = this;
    const said = { body: walled.bodies['XB cert'], level: 'policy', roleNames: { en: 'Desk' } };
    const nominated = { ...said, languages: ['en'], zone: 'Etc/UTC' };
    const { id: entry } = (await administrator.post('/points-of-contact', nominated)).body as EntryView;
    const address = `keys${++this.contacts}@xb.example`;
    const mail = { kind: 'mail', address };
    const added = await administrator.post(`/points-of-contact/${entry}/channels`, mail);
    const { id: channel } = added.body as EntryChannelView;
    await administrator.post(`/channels/${channel}/proof`);
    const code = codeIn((await instance.sink.mailTo(address)).text);
    expect((await administrator.post(`/channels/${channel}/proof/confirm`, { code })).status).toBe(200);
    expect((await verify(second, entry)).status).toBe(200);
    return { entry, channel, address };
  }

  /** An OpenPGP key of an address, its private part beside it. */
  async made(email: string, days = 400) {
    const keyExpirationTime = days * 86_400;
    const userIDs = [{ name: 'Desk', email }];
    return generateKey({ type: 'curve25519', userIDs, keyExpirationTime, format: 'object' });
  }

  /** Which of some channels have a key that may be encrypted to, as whoever routes a notice asks. */
  async encryptable(channels: string[]): Promise<string[]> {
    const caller: Caller = {
      ...{ kind: 'account', actor: randomUUID(), party: 'XA', body: null, role: 'officer' },
      ...{ assurance: 'signed-in', name: 'A', language: 'en' },
    };
    const queries = this.instance.api.get(KeyQueries);
    const work = this.instance.api.get(Work);
    return work.read(caller, async (tx) => [...(await queries.encryptable(tx, channels))]);
  }

  async add(channel: string, file: string): Promise<KeyView> {
    const answer = await this.administrator.post('/keys', { channel, file });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as KeyView;
  }

  async confirm({ id, version }: KeyView): Promise<KeyView> {
    const answer = await this.second.post(`/keys/${id}/confirm`, { version });
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body as KeyView;
  }

  /** A key of a channel that both have vouched for. */
  async confirmed(channel: string, address: string, days?: number): Promise<KeyView> {
    return this.confirm(await this.add(channel, (await this.made(address, days)).publicKey.armor()));
  }
}

async function invited(
  { instance, bodies }: Walled,
  by: Officer,
  email: string,
  name: string,
): Promise<Officer> {
  await by.post('/invitations', { email, role: 'party-administrator', body: bodies['XB agency'] });
  await accept(await instance.sink.mailTo(email), name);
  return Officer.signIn(instance.url, email, chosenPassword);
}
