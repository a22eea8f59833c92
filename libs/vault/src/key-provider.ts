import { createHmac, hkdfSync } from 'node:crypto';
import { clock } from '#libs/runtime';
import { openBytes, sealBytes, type Place, type Sealed } from './envelope.js';
import { keyFileFrom, parseKeyFile, watchKeyFile, type KeyFile } from './key-file.js';

/**
 * Where the keys above all others live. Asynchronous, and by name only, so that a key management service or a
 * party's own key can stand here later: nothing outside a provider ever holds a root key, and what is wrapped for a
 * name need not be opened by a key that this process has.
 */
export interface KeyProvider {
  /** The id of the root key that new things are sealed under. */
  readonly current: string;
  /** The ids of all root keys at hand, the current one first. */
  readonly ids: readonly string[];
  /** A 32-byte key for one name, e.g. `party:XA`, under the root key `keyId`. Raises when that key is unknown. */
  keyFor(name: string, keyId: string): Promise<Buffer>;
  /** Wraps a key for one name, under the current root key; bound to the place where it will lie. */
  wrap(name: string, place: Place, key: Buffer): Promise<Sealed>;
  /** Opens what {@link wrap} made. Raises when the key it names is unknown, or it was made for another place. */
  unwrap(place: Place, wrapped: Sealed): Promise<Buffer>;
}

/** The id of a name's key under a root key, as sealed values bear it: `k1/party:XA`. */
export const nameUnder = (keyId: string, name: string): string => `${keyId}/${name}`;

/** Root key and name of such an id. */
export function partsOf(id: string): { keyId: string; name: string } {
  const slash = id.indexOf('/');
  return { keyId: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** Milliseconds after which a changed key file is noticed at the latest, as soon as a key is asked for. */
export const keysNoticedAfter = 500;

/**
 * Root keys held in this process's memory, read from a file or from the environment. A file is looked at again while
 * the process runs, so that a new key is taken up, and a retired one dropped, without a restart.
 */
export class LocalKeys implements KeyProvider {
  private readonly derived = new Map<string, Buffer>();
  private lookedAt = clock.elapsed();

  constructor(
    private currentId: string,
    private roots: ReadonlyMap<string, Buffer>,
    private readonly changed: () => KeyFile | undefined = () => undefined,
  ) {
    if (!roots.has(currentId)) throw new Error(`The current vault key "${currentId}" is not among the keys`);
  }

  /** `VAULT_KEY_FILE` holds `{"current": "k1", "keys": {"k1": "<base64>"}}`; `VAULT_KEY` one key as `k1:<base64>`. */
  static fromEnvironment(env: {
    VAULT_KEY?: string | undefined;
    VAULT_KEY_FILE?: string | undefined;
  }): LocalKeys {
    // Watched from before it is read: a change in between is noticed.
    const changed = env.VAULT_KEY_FILE ? watchKeyFile(env.VAULT_KEY_FILE) : undefined;
    const file = keyFileFrom(env);
    return new LocalKeys(file.current, rootsOf(file), changed);
  }

  static fromDocument(text: string): LocalKeys {
    const file = parseKeyFile(text);
    return new LocalKeys(file.current, rootsOf(file));
  }

  get current(): string {
    this.refresh(keysNoticedAfter);
    return this.currentId;
  }

  get ids(): readonly string[] {
    const { current } = this;
    return [current, ...[...this.roots.keys()].filter((id) => id !== current)];
  }

  async keyFor(name: string, keyId: string): Promise<Buffer> {
    this.refresh(keysNoticedAfter);
    if (!this.roots.has(keyId)) this.refresh(0);
    const root = this.roots.get(keyId);
    if (!root) throw new Error(`The vault key "${keyId}" is not at hand`);
    const label = nameUnder(keyId, name);
    let key = this.derived.get(label);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', root, 'aldis', name, 32));
      this.derived.set(label, key);
    }
    return key;
  }

  async wrap(name: string, place: Place, key: Buffer): Promise<Sealed> {
    const { current } = this;
    return sealBytes(await this.keyFor(name, current), nameUnder(current, name), place, key);
  }

  async unwrap(place: Place, wrapped: Sealed): Promise<Buffer> {
    const { keyId, name } = partsOf(wrapped.key_id);
    return openBytes(await this.keyFor(name, keyId), place, wrapped);
  }

  private refresh(olderThan: number): void {
    if (clock.elapsed() - this.lookedAt < olderThan) return;
    this.lookedAt = clock.elapsed();
    const file = this.changed();
    if (!file) return;
    this.currentId = file.current;
    this.roots = rootsOf(file);
    this.derived.clear();
  }
}

const rootsOf = ({ keys }: KeyFile): Map<string, Buffer> =>
  new Map(Object.entries(keys).map(([name, value]) => [name, Buffer.from(value, 'base64')]));

/** HMAC-SHA256 of a text under a named key: for look-ups and links, where the value itself must not be stored. */
export const keyedHash = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
