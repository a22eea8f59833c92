import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { call } from './interface.js';
import { attempt } from './refusals.js';
import { signsChallenge } from './webauthn.js';

/** A passkey's answer to a new challenge. */
export const passkeyAnswer = async (): Promise<object> => signsChallenge(await newChallenge());

/** What an authenticator has to sign. */
export const newChallenge = async (): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  call('POST', 'passkeys/challenge');

/** Makes the forms for a second factor inside an element work: gives what was entered, then goes on. */
export function wireFactorForms(inside: HTMLElement, box: string, done: () => void): void {
  const prove = (proof: () => Promise<object>) =>
    attempt(
      async () => {
        await call('POST', 'sessions/current/second-factor', await proof());
        done();
      },
      { box },
    );
  for (const form of inside.querySelectorAll<HTMLFormElement>('form[data-factor]'))
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const entered = Object.fromEntries(new FormData(form));
      form.reset();
      void prove(async () => entered);
    });
  inside
    .querySelector('button[data-factor=passkey]')
    ?.addEventListener('click', () => void prove(async () => ({ passkey: await passkeyAnswer() })));
}
