import type { EntryChannelView, EntryView, KeyView } from '#libs/directory';
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
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    const second = await Officer.signIn(instance.url, email, chosenPassword);
    return new KeyKeepers(walled, administrator, second, officer);
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
}
