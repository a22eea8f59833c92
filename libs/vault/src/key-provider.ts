import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Where the keys above all others live. Asynchronous, and by name only, so that a key management service or a
 * party's own key can stand here later: nothing outside a provider ever holds a root key.
 */
export interface KeyProvider {
  /** The id of the root key that new things are sealed under. */
  readonly current: string;
  /** The ids of all root keys at hand, the current one first. */
  readonly ids: readonly string[];
  /** A 32-byte key for one name, e.g. `party:XA`, under the root key `keyId`. Raises when that key is unknown. */
  keyFor(name: string, keyId: string): Promise<Buffer>;
}

const keyFile = z.object({
  current: z.string(),
  keys: z.record(z.string().regex(/^[\w-]{1,32}$/), z.base64().length(44)),
});

/** Root keys held in this process's memory, read from a file or from the environment. */
export class LocalKeys implements KeyProvider {
  private readonly derived = new Map<string, Buffer>();

  constructor(
    readonly current: string,
    private readonly roots: ReadonlyMap<string, Buffer>,
  ) {
    if (!roots.has(current)) throw new Error(`The current vault key "${current}" is not among the keys`);
  }

  get ids(): readonly string[] {
    return [this.current, ...[...this.roots.keys()].filter((id) => id !== this.current)];
  }

  /** `VAULT_KEY_FILE` holds `{"current": "k1", "keys": {"k1": "<base64>"}}`; `VAULT_KEY` one key as `k1:<base64>`. */
  static fromEnvironment(env: {
    VAULT_KEY?: string | undefined;
    VAULT_KEY_FILE?: string | undefined;
  }): LocalKeys {
    if (env.VAULT_KEY_FILE) return LocalKeys.fromDocument(readFileSync(env.VAULT_KEY_FILE, 'utf8'));
    if (!env.VAULT_KEY)
      throw new Error('Neither VAULT_KEY_FILE nor VAULT_KEY is set: content cannot be sealed');
    const [name = '', value = ''] = env.VAULT_KEY.split(':');
    return new LocalKeys(name, new Map([[name, Buffer.from(value, 'base64')]]));
  }

  static fromDocument(text: string): LocalKeys {
    const { current, keys } = keyFile.parse(JSON.parse(text));
    return new LocalKeys(
      current,
      new Map(Object.entries(keys).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    );
  }

  async keyFor(name: string, keyId: string): Promise<Buffer> {
    const root = this.roots.get(keyId);
    if (!root) throw new Error(`The vault key "${keyId}" is not at hand`);
    const label = `${keyId}/${name}`;
    let key = this.derived.get(label);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', root, 'aldis', name, 32));
      this.derived.set(label, key);
    }
    return key;
  }
}

/** HMAC-SHA256 of a text under a named key: for look-ups and links, where the value itself must not be stored. */
export const keyedHash = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
