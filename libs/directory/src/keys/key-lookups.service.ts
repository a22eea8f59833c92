import type { Caller } from '#libs/access';
import { OutgoingCallError, type OutgoingCalls } from '#libs/runtime';
import type { ContactKeys } from './contact-keys.service.js';
import { draftOf } from './key-draft.js';
import { readBinaryKeys } from './key-file.js';
import type { KeyDraft } from './key-view.js';
import { webKeyAddresses } from './web-key-directory.js';

const said = {
  found: 'A key for the address is published there.',
  nothing: 'No key for the address is published there.',
  unfit: 'What is published there is no key that names the address.',
  refused: 'The server there refused to answer.',
  address: 'The address cannot be called.',
  place: 'The name leads to a place that is not called from here.',
  name: 'The name is not known here. Where this installation has no way out, give the key as a file.',
  silence: 'Nobody answered there, or not safely (TLS).',
  time: 'The answer took too long.',
  size: 'The answer was too large.',
} as const;
export const lookUpOutcomes = Object.keys(said) as [LookUpOutcome, ...LookUpOutcome[]];
export type LookUpOutcome = keyof typeof said;

/** Where a key was looked for, and what came of it. */
export interface LookUp {
  tried: { url: string; outcome: LookUpOutcome; text: string }[];
  keys: KeyDraft[];
}

/** Looks for the keys of a mailbox in the Web Key Directory of its domain. Nothing is kept of what is found. */
export class KeyLookups {
  constructor(
    private readonly calls: Pick<OutgoingCalls, 'fetch'>,
    private readonly keys: Pick<ContactKeys, 'addressOf'>,
  ) {}

  /** The advanced method first, then the direct one. Raises `not-found`, `act-not-possible` for what is no mail channel. */
  async look(caller: Caller, channelId: string): Promise<LookUp> {
    const { address, at } = await this.keys.addressOf(caller, channelId);
    const tried: LookUp['tried'] = [];
    for (const url of webKeyAddresses(address)) {
      const { outcome, keys } = await this.from(url, address, at);
      tried.push({ url, outcome, text: said[outcome] });
      if (outcome === 'found') return { tried, keys };
    }
    return { tried, keys: [] };
  }

  private async from(
    url: string,
    address: string,
    at: Date,
  ): Promise<{ outcome: LookUpOutcome; keys: KeyDraft[] }> {
    const none = (outcome: LookUpOutcome) => ({ outcome, keys: [] });
    try {
      const answer = await this.calls.fetch(url);
      if (answer.status === 404 || answer.status === 410) return none('nothing');
      if (answer.status !== 200) return none('refused');
      const { keys } = await readBinaryKeys(new Uint8Array(await answer.arrayBuffer()), address, at);
      // A directory answers for one address: whatever does not name it is not what was asked for.
      const named = keys.filter(({ kind, namesAddress }) => kind === 'openpgp' && namesAddress);
      return named.length > 0 ? { outcome: 'found', keys: named.map(draftOf) } : none('unfit');
    } catch (error) {
      if (error instanceof OutgoingCallError) return none(error.fault);
      throw error;
    }
  }
}
