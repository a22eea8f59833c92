import { wireEmergency } from './emergency.js';
import { newChallenge, passkeyAnswer, wireFactorForms } from './factor-forms.js';
import { call, Refused } from './interface.js';
import { part } from './page-parts.js';
import { attempt, hide } from './refusals.js';
import { canOffer, PasskeyRefused, signsChallenge } from './webauthn.js';

interface SignedIn {
  next: 'signed-in' | 'second-factor' | 'enrol';
}

const passwordStep = part('password-step', HTMLElement);
const factorStep = part('factor-step', HTMLElement);
const form = part('password-form', HTMLFormElement);

/** The account's page also sets up the first factor, where one is demanded. */
const goOn = () => location.assign(`/account${location.search}`);

function after({ next }: SignedIn): void {
  if (next !== 'second-factor') return goOn();
  showFactors(true);
  factorStep.querySelector('input')?.focus();
}

function showFactors(shown: boolean): void {
  passwordStep.hidden = shown;
  factorStep.hidden = !shown;
}

const openBy = async (response: object) =>
  after(await call<SignedIn>('POST', 'sessions/passkey', { response }));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const entered = Object.fromEntries(new FormData(form));
  part('password', HTMLInputElement).value = '';
  void attempt(async () => after(await call<SignedIn>('POST', 'sessions', entered)));
});
part('passkey-alone', HTMLButtonElement).addEventListener(
  'click',
  () => void attempt(async () => openBy(await passkeyAnswer())),
);
part('other-account', HTMLButtonElement).addEventListener('click', () => {
  hide();
  part('emergency', HTMLDetailsElement).open = false;
  showFactors(false);
});
wireFactorForms(factorStep, 'error', goOn);
wireEmergency(goOn);
hide();
/** Somebody came here with the first half done: by an organization, or before the page was read anew. */
const waiting = factorStep.dataset.waiting !== undefined;
showFactors(waiting);

/** Whoever has pressed a button wants that, and what is offered must not take its place. */
let chosen = false;
document.addEventListener('click', ({ target }) => {
  chosen ||= target instanceof HTMLButtonElement;
});

/** The browser lists passkeys at the field for the address; who chooses none is told nothing. */
async function offer(): Promise<void> {
  if (!(await canOffer())) return;
  let response: object;
  try {
    const challenge = await newChallenge();
    if (chosen) return;
    response = await signsChallenge(challenge, true);
  } catch (error) {
    if (error instanceof PasskeyRefused || error instanceof Refused) return;
    throw error;
  }
  await attempt(() => openBy(response));
}

if (!waiting) void offer();
