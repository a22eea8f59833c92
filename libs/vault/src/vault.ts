import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes, type Place, type Sealed } from './envelope.js';
import { keyedHash, nameUnder, partsOf, type KeyProvider } from './key-provider.js';

/** A key at work: one per request (its id is the request's), or one of a party for what is not a request's. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

const partyName = (party: string | null): string => `party:${party ?? 'network'}`;

/** Whether a value is sealed under a party's own key, and not under one of a request. */
export const isPartys = ({ key_id: keyId }: Sealed): boolean => keyId.includes('/');

/** Whether nothing but its shape is left of a value (`app.nothing_sealed` of the database): no key opens it. */
export const isNothing = ({ key_id: keyId }: Sealed): boolean => keyId === 'erased';

const wrapping = (party: string, id: string): Place => ({
  table: 'request_keys',
  row: `${id}/${party}`,
  field: 'wrapped',
});

/**
 * Seals what people write. A request has a data key of its own, wrapped once for each party that may read it,
 * so that a party can later hold its wrapping key itself and erasing the wrapped keys erases the content.
 */
export class Vault {
  constructor(private readonly keys: KeyProvider) {}

  newDataKey(id: string): DataKey {
    return { id, key: randomBytes(32) };
  }

  async wrap(dataKey: DataKey, party: string): Promise<Sealed> {
    return this.keys.wrap(partyName(party), wrapping(party, dataKey.id), dataKey.key);
  }

  async unwrap(id: string, party: string, wrapped: Sealed): Promise<DataKey> {
    return { id, key: await this.keys.unwrap(wrapping(party, id), wrapped) };
  }

  /** A party's own key, for its accounts, channels and stored answers; `network` for what belongs to no party. */
  async partyKey(party: string | null): Promise<DataKey> {
    return this.keyNamed(nameUnder(this.keys.current, partyName(party)));
  }

  /** The same content, sealed anew under the current root key and for the same name. Raises when it does not open. */
  async moved(place: Place, sealed: Sealed): Promise<Sealed> {
    return this.keys.wrap(partsOf(sealed.key_id).name, place, await this.keys.unwrap(place, sealed));
  }

  seal(dataKey: DataKey, place: Place, value: unknown): Sealed {
    return sealBytes(dataKey.key, dataKey.id, place, Buffer.from(JSON.stringify(value)));
  }

  open<T>(dataKey: DataKey, place: Place, sealed: Sealed): T {
    return JSON.parse(openBytes(dataKey.key, place, sealed).toString('utf8')) as T;
  }

  /** Opens what was sealed under a party's key, whichever root key that was. */
  async openPartys<T>(place: Place, sealed: Sealed): Promise<T> {
    return this.open(await this.keyNamed(sealed.key_id), place, sealed);
  }

  /** The root key that {@link secret} uses now; store it beside what must be derived again. */
  get currentKey(): string {
    return this.keys.current;
  }

  /** 32 bytes that only this instance can derive again from the same purpose and text; nothing is stored. */
  async secret(purpose: string, text: string, keyId = this.keys.current): Promise<Buffer> {
    return keyedHash(await this.keys.keyFor(`secret:${purpose}`, keyId), text);
  }

  /**
   * {@link secret} under each root key at hand, the current one first: for look-ups of what may have been stored
   * before the key was changed.
   */
  async secrets(purpose: string, text: string): Promise<Buffer[]> {
    return Promise.all(this.keys.ids.map((keyId) => this.secret(purpose, text, keyId)));
  }

  /**
   * {@link secrets} as they are stored: `<keyId>:<64 hex digits>`. The id tells which key is still needed, and is what
   * {@link Rotation.needing} looks for.
   */
  async hashes(purpose: string, text: string): Promise<string[]> {
    return Promise.all(
      this.keys.ids.map(
        async (keyId) => `${keyId}:${(await this.secret(purpose, text, keyId)).toString('hex')}`,
      ),
    );
  }

  private async keyNamed(id: string): Promise<DataKey> {
    const { keyId, name } = partsOf(id);
    return { id, key: await this.keys.keyFor(name, keyId) };
  }
}
