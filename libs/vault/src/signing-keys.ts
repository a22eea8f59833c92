import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

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
}

const keyFile = z.object({
  current: z.string(),
  keys: z.record(z.string().regex(/^[\w-]{1,32}$/), z.base64().length(44)),
});

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8, Buffer.from(seed, 'base64')]),
    ...{ format: 'der', type: 'pkcs8' },
  });

function publicJwk(key: KeyObject): SigningJwk {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const thumbprint = createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint, alg: 'EdDSA', use: 'sig' };
}

/** The keys with which an instance signs its record: the current one signs, earlier ones are still published. */
export class SigningKeys {
  private readonly signing: KeyObject;
  /** Public keys, the current one first. */
  readonly published: readonly SigningJwk[];

  private constructor(current: string, seeds: Readonly<Record<string, string>>) {
    const seed = seeds[current];
    if (seed === undefined) throw new Error(`The current ledger key "${current}" is not among the keys`);
    this.signing = privateKey(seed);
    const earlier = Object.entries(seeds).filter(([name]) => name !== current);
    this.published = [seed, ...earlier.map(([, one]) => one)].map((one) => publicJwk(privateKey(one)));
  }

  /** `LEDGER_KEY_FILE` holds `{"current": "s1", "keys": {"s1": "<base64>"}}`; `LEDGER_KEY` one key as `s1:<base64>`. */
  static fromEnvironment(env: {
    LEDGER_KEY?: string | undefined;
    LEDGER_KEY_FILE?: string | undefined;
  }): SigningKeys {
    if (env.LEDGER_KEY_FILE) {
      const { current, keys } = keyFile.parse(JSON.parse(readFileSync(env.LEDGER_KEY_FILE, 'utf8')));
      return new SigningKeys(current, keys);
    }
    if (!env.LEDGER_KEY)
      throw new Error('Neither LEDGER_KEY_FILE nor LEDGER_KEY is set: the record cannot be signed');
    const [name = '', value = ''] = env.LEDGER_KEY.split(':');
    return new SigningKeys(name, { [name]: value });
  }

  /** The id of the key that signs. */
  get keyId(): string {
    return this.published[0]?.kid ?? '';
  }

  /** An Ed25519 signature (RFC 8032), base64url. */
  sign(content: Uint8Array): string {
    return sign(null, content, this.signing).toString('base64url');
  }
}
