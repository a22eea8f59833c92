import type * as Library from '@simplewebauthn/browser';

/** The library, which its own script has put there (`/scripts/passkeys.js`). */
declare const SimpleWebAuthnBrowser: typeof Library;

/** Why a passkey was not given; the page says it in its own words. */
export class PasskeyRefused extends Error {
  constructor(readonly reason: 'aborted' | 'known' | 'unsupported') {
    super(reason);
  }
}

/** Whether a passkey can be offered beside the field for the address. */
export const canOffer = async (): Promise<boolean> => SimpleWebAuthnBrowser.browserSupportsWebAuthnAutofill();

/** Has the authenticator sign a challenge. Raises {@link PasskeyRefused}. */
export async function signsChallenge(
  optionsJSON: Library.PublicKeyCredentialRequestOptionsJSON,
  useBrowserAutofill = false,
): Promise<Library.AuthenticationResponseJSON> {
  return asked(() => SimpleWebAuthnBrowser.startAuthentication({ optionsJSON, useBrowserAutofill }));
}

/** Has the authenticator make a passkey. Raises {@link PasskeyRefused}. */
export async function makesPasskey(
  optionsJSON: Library.PublicKeyCredentialCreationOptionsJSON,
): Promise<Library.RegistrationResponseJSON> {
  return asked(() => SimpleWebAuthnBrowser.startRegistration({ optionsJSON }));
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  if (!SimpleWebAuthnBrowser.browserSupportsWebAuthn()) throw new PasskeyRefused('unsupported');
  try {
    return await work();
  } catch (error) {
    // InvalidStateError: the authenticator holds a passkey of this account already (WebAuthn Level 3, 5.1.3).
    const known = error instanceof Error && error.name === 'InvalidStateError';
    throw new PasskeyRefused(known ? 'known' : 'aborted');
  }
}
