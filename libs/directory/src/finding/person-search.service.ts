import { createHash, randomBytes } from 'node:crypto';
import type { Vault } from '#libs/vault';
import { tokenPadding, tokensAsked, tokensOfName } from './name-tokens.js';

const purpose = 'person-search';

/**
 * Keyed tokens of persons' names. Each is bound to a party, so that the index tells nothing of one name at two parties, and
 * without the root key nothing at all; made to look like more than there are by some that mean nothing.
 */
export class PersonSearch {
  constructor(private readonly vault: Vault) {}

  /** The id of the root key that {@link stored} uses now. */
  get keyId(): string {
    return this.vault.currentKey;
  }

  /** What is stored of a name, in an order that tells nothing. */
  async stored(party: string, name: string): Promise<string[]> {
    const keyId = this.keyId;
    const tokens = await Promise.all(
      tokensOfName(name).map(async (token) => boundTo(party, await this.vault.secret(purpose, token, keyId))),
    );
    const missing = Math.ceil(tokens.length / tokenPadding) * tokenPadding - tokens.length;
    const padding = Array.from({ length: missing }, () => randomBytes(16).toString('hex'));
    return [...tokens, ...padding].toSorted();
  }

  /** For each word that was typed, under each root key at hand: what, bound to a party, may be stored there. */
  async asked(folded: string): Promise<Buffer[][]> {
    return Promise.all(tokensAsked(folded).map((token) => this.vault.secrets(purpose, token)));
  }
}

/** The same as {@link boundInSql}: the first half of SHA-256 over the keyed hash and the party's code. */
const boundTo = (party: string, keyed: Buffer): string =>
  createHash('sha256').update(keyed).update(party, 'utf8').digest('hex').slice(0, 32);

/** SQL for {@link PersonSearch.stored}'s binding of a keyed hash to a party. */
export const boundInSql = (keyed: string, party: string): string =>
  `left(encode(sha256(${keyed} || convert_to(${party}, 'UTF8')), 'hex'), 32)`;
