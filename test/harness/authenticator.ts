import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import supertest from 'supertest';
import type { Officer } from './officer.js';

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** User present and verified; with attested credential data. */
const present = 0x05;
const attested = 0x40;

/** An authenticator in software (WebAuthn Level 3, 6): one ES256 key for one site, its user always verified. */
export class Authenticator {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly id = randomBytes(32);
  private counter = 0;
  /** Whether the user gives the PIN. */
  verifies = true;

  constructor(
    private readonly url: string,
    /** The site that its browser shows. */
    public origin = new URL(url).origin,
  ) {}

  /** Makes a passkey for whoever is signed in; answers what the api answers. */
  async register(officer: Officer, name = 'Key on my ring') {
    const { body } = await officer.post('/passkeys/options');
    return officer.post('/passkeys', {
      name,
      response: this.creates((body as { challenge: string }).challenge),
    });
  }

  /** Asks for a challenge and signs it, as `navigator.credentials.get()` does. */
  async answers() {
    const { body } = await supertest(this.url).post('/api/v1/passkeys/challenge');
    return this.signs((body as { challenge: string }).challenge);
  }

  creates(challenge: string) {
    const jwk = this.keys.publicKey.export({ format: 'jwk' });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'))],
      [-3, new Uint8Array(Buffer.from(jwk.y ?? '', 'base64url'))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const authData = Buffer.concat([
      this.head(attested),
      Buffer.alloc(16),
      length,
      this.id,
      isoCBOR.encode(cose),
    ]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    const encode = isoCBOR.encode as (value: unknown) => Uint8Array;
    return this.credential({
      clientDataJSON: base64url(this.clientData('webauthn.create', challenge)),
      attestationObject: base64url(encode(attestation)),
    });
  }

  signs(challenge: string) {
    this.counter += 1;
    const authData = this.head(0);
    const clientData = this.clientData('webauthn.get', challenge);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.keys.privateKey);
    return this.credential({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(signature),
    });
  }

  private head(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const given = this.verifies ? present : present & ~0x04;
    return Buffer.concat([sha256(new URL(this.url).hostname), Buffer.from([given | flags]), counter]);
  }

  private clientData(type: string, challenge: string): string {
    return JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false });
  }

  private credential<R extends object>(response: R) {
    const id = base64url(this.id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }
}
