import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { clock } from '#libs/runtime';
import { ledgerKeyFileFrom, newKeyFile, watchKeyFile, type KeyFile, type RetiredKey } from './key-file.js';
import { keysNoticedAfter } from './key-provider.js';

/** A public key for signatures (RFC 8037, in the form of RFC 7517). */
export interface SigningJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  /** The key itself, base64url. */
  x: string;
  /** Its thumbprint (RFC 7638), by which signatures name it. */
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
  /** Of a key that signs no more: the key that it named as the next, and its signature of that. */
  successor?: { kid: string; signature: string };
}

/** What a key signs when another takes its place: this tag, a line feed, `{"kid":"<its own>","successor":"<the next>"}`. */
export const successorTag = 'aldis-ledger-successor-v1';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8, Buffer.from(seed, 'base64')]),
    ...{ format: 'der', type: 'pkcs8' },
  });

const publicHalf = (seed: string): string =>
  createPublicKey(privateKey(seed)).export({ format: 'jwk' }).x ?? '';

function publicJwk(x: string): SigningJwk {
  const thumbprint = createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint, alg: 'EdDSA', use: 'sig' };
}

/** The public halves of the keys in a file, the current one first, those that sign no more last. */
export function publishedIn({ current, keys, retired = [] }: KeyFile): SigningJwk[] {
  const names = [current, ...Object.keys(keys).filter((name) => name !== current)];
  return [
    ...names.map((name) => publicJwk(publicHalf(keys[name] ?? ''))),
    ...retired.map(({ x, successor, signature }) => ({
      ...publicJwk(x),
      successor: { kid: successor, signature },
    })),
  ];
}

/**
 * A new key in place of the one that signs. Of that one the public half stays, and its signature that names the new
 * key: whoever kept a copy of the published keys can tell a change of keys from another instance.
 */
export function withNewSigningKey(file: KeyFile): KeyFile {
  const numbers = Object.keys(file.keys).map((id) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0));
  const next = newKeyFile('s', Math.max(0, ...numbers) + 1);
  const successor = publicJwk(publicHalf(next.keys[next.current] ?? '')).kid;
  const retire = (seed: string): RetiredKey => {
    const x = publicHalf(seed);
    const named = `${successorTag}\n{"kid":"${publicJwk(x).kid}","successor":"${successor}"}`;
    return {
      x,
      successor,
      signature: sign(null, Buffer.from(named), privateKey(seed)).toString('base64url'),
    };
  };
  // The newest first, as they are published.
  const { [file.current]: current = '', ...earlier } = file.keys;
  return { ...next, retired: [current, ...Object.values(earlier)].map(retire).concat(file.retired ?? []) };
}

/**
 * The keys with which an instance signs its record: the current one signs, earlier ones are still published. A file is
 * looked at again while the process runs, so that the keys of a backup are taken up without a restart.
 */
export class SigningKeys {
  private signing: KeyObject;
  private jwks: readonly SigningJwk[];
  private lookedAt = clock.elapsed();

  private constructor(
    file: KeyFile,
    private readonly changed: () => KeyFile | undefined,
  ) {
    this.signing = privateKey(file.keys[file.current] ?? '');
    this.jwks = publishedIn(file);
  }

  /** `LEDGER_KEY_FILE` holds `{"current": "s1", "keys": {"s1": "<base64>"}}`; `LEDGER_KEY` one key as `s1:<base64>`. */
  static fromEnvironment(env: {
    LEDGER_KEY?: string | undefined;
    LEDGER_KEY_FILE?: string | undefined;
  }): SigningKeys {
    // Watched from before it is read: a change in between is noticed.
    const changed = env.LEDGER_KEY_FILE ? watchKeyFile(env.LEDGER_KEY_FILE) : () => undefined;
    return new SigningKeys(ledgerKeyFileFrom(env), changed);
  }

  /** Public keys, the current one first. */
  get published(): readonly SigningJwk[] {
    this.refresh();
    return this.jwks;
  }

  /** The id of the key that signs. */
  get keyId(): string {
    return this.published[0]?.kid ?? '';
  }

  /** An Ed25519 signature (RFC 8032), base64url, by the key that was last named: ask for {@link keyId} first. */
  sign(content: Uint8Array): string {
    return sign(null, content, this.signing).toString('base64url');
  }

  private refresh(): void {
    if (clock.elapsed() - this.lookedAt < keysNoticedAfter) return;
    this.lookedAt = clock.elapsed();
    const file = this.changed();
    if (!file) return;
    this.signing = privateKey(file.keys[file.current] ?? '');
    this.jwks = publishedIn(file);
  }
}
