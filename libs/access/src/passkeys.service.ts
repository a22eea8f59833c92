import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { newId, Problem, violatedUnique, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import type { AccountRow } from './account.entity.js';
import { PasskeyChallengeRow, PasskeyRow } from './second-factor.entity.js';

export type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Minutes within which an authenticator has to sign. */
const challengeMinutes = 5;
/** The counter's column is a signed one; synced passkeys count nothing anyway. */
const highest = 2 ** 31 - 1;

export const passkeyNameOf = (id: string) => ({ table: 'passkeys', row: id, field: 'name' });
const anybody = (presented: string) => ({
  actor: 'anonymous',
  party: null,
  body: null,
  purpose: 'passkey',
  presented,
});

/**
 * Passkeys (WebAuthn Level 3). User verification is demanded: possession and a PIN or fingerprint are two factors,
 * so that one signs in alone. Each challenge is given out once, taken once, and over after some minutes.
 */
export class Passkeys {
  private readonly origin: string;
  private readonly rpId: string;

  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    publicUrl: string,
  ) {
    const { origin, hostname } = new URL(publicUrl);
    this.origin = origin;
    this.rpId = hostname;
  }

  /** What an authenticator needs to make a passkey for this account (`navigator.credentials.create`). */
  async registrationOptions(
    tx: Tx,
    account: AccountRow,
    person: { name: string; email: string },
    network: string,
  ) {
    const known = await tx.manager.findBy(PasskeyRow, { accountId: account.id });
    const options = await generateRegistrationOptions({
      ...{ rpName: network, rpID: this.rpId, userName: person.email, userDisplayName: person.name },
      userID: new Uint8Array(Buffer.from(account.id)),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await remember(tx, options.challenge, account.id);
    return options;
  }

  /** Keeps a passkey that was made. Raises `wrong-second-factor` when it does not prove itself. */
  async register(
    tx: Tx,
    account: AccountRow,
    name: string,
    response: RegistrationResponseJSON,
  ): Promise<string> {
    const { registrationInfo, verified } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => take(tx, challenge, account.id),
      expectedOrigin: this.origin,
      expectedRPID: this.rpId,
      requireUserVerification: true,
    }).catch(unproven);
    if (!verified) unproven();
    const { credential } = registrationInfo;
    const id = newId();
    const { id: accountId, partyCode, traffic } = account;
    try {
      await tx.manager.insert(PasskeyRow, {
        ...{ id, accountId, partyCode, traffic, credentialId: credential.id, lastUsedAt: null },
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: Math.min(credential.counter, highest),
        name: this.vault.seal(await this.vault.partyKey(partyCode), passkeyNameOf(id), name),
        createdAt: await tx.now(),
      });
    } catch (error) {
      if (violatedUnique(error) === undefined) throw error;
      throw new Problem('conflict', 'This passkey is known already.');
    }
    return id;
  }

  /** What an authenticator needs to sign in (`navigator.credentials.get`); it finds the passkey by itself. */
  async authenticationOptions() {
    const options = await generateAuthenticationOptions({ rpID: this.rpId, userVerification: 'required' });
    await this.units.run(anybody(hashToken(options.challenge)), (tx) =>
      remember(tx, options.challenge, null),
    );
    return options;
  }

  /** Whose passkey signed, and its row's id. Raises `wrong-second-factor`, with the same words whatever is wrong. */
  async prove(response: AuthenticationResponseJSON): Promise<{ accountId: string; credentialId: string }> {
    if (!/^[\w-]{1,1024}$/.test(response.id)) unproven();
    const row = await this.units.run(anybody(response.id), (tx) =>
      tx.manager.findOneBy(PasskeyRow, { credentialId: response.id }),
    );
    if (!row) unproven();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) =>
        this.units.run(anybody(hashToken(challenge)), (tx) => take(tx, challenge, null)),
      expectedOrigin: this.origin,
      expectedRPID: this.rpId,
      requireUserVerification: true,
      credential: {
        id: row.credentialId,
        publicKey: new Uint8Array(Buffer.from(row.publicKey, 'base64url')),
        counter: row.counter,
      },
    }).catch(unproven);
    if (!verified) unproven();
    const counter = Math.min(authenticationInfo.newCounter, highest);
    const owner = { actor: row.accountId, party: row.partyCode, body: null, purpose: 'passkey' };
    await this.units.run(owner, async (tx) =>
      tx.manager.update(PasskeyRow, row.id, { counter, lastUsedAt: await tx.now() }),
    );
    return { accountId: row.accountId, credentialId: row.credentialId };
  }
}

async function remember(tx: Tx, challenge: string, accountId: string | null): Promise<void> {
  const expiresAt = new Date((await tx.now()).getTime() + challengeMinutes * 60_000);
  await tx.manager.insert(PasskeyChallengeRow, { challengeHash: hashToken(challenge), accountId, expiresAt });
}

/** Whether the challenge was given out for this; it is not taken a second time. */
async function take(tx: Tx, challenge: string, accountId: string | null): Promise<boolean> {
  const taken = await tx.query(
    `DELETE FROM passkey_challenges WHERE challenge_hash = $1 AND account_id IS NOT DISTINCT FROM $2
       AND expires_at > app.now() RETURNING challenge_hash`,
    [hashToken(challenge), accountId],
  );
  return taken.length === 1;
}

/** The library says what is wrong in words for developers; a caller learns only that it does not fit. */
function unproven(error?: unknown): never {
  if (error instanceof Problem) throw error;
  throw new Problem('wrong-second-factor', 'This passkey does not fit, or it took too long. Begin again.');
}
