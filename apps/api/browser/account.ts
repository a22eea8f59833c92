import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { call } from './interface.js';
import { leaveFor } from './organization.js';
import { element, part } from './page-parts.js';
import { attempt } from './refusals.js';
import { withStepUp } from './step-up.js';
import { makesPasskey } from './webauthn.js';

interface SetUp {
  recoveryCodes: string[] | null;
}

/** Recovery codes are seen this once, so nothing else is seen beside them; without any the page is read anew. */
function showCodes({ recoveryCodes }: SetUp): void {
  if (recoveryCodes === null) return location.reload();
  part('recovery-codes', HTMLElement).replaceChildren(...recoveryCodes.map((code) => element('li', code)));
  part('rest', HTMLElement).hidden = true;
  part('recovery', HTMLElement).hidden = false;
  part('recovery-heading', HTMLElement).focus();
}

const onClick = (id: string, work: () => Promise<void>) =>
  document.getElementById(id)?.addEventListener('click', () => void attempt(work));

function onSubmit(id: string, work: (entered: Record<string, FormDataEntryValue>) => Promise<void>): void {
  const form = document.getElementById(id);
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(() => work(Object.fromEntries(new FormData(form))));
  });
}

for (const button of document.querySelectorAll<HTMLElement>('[data-delete]'))
  button.addEventListener(
    'click',
    () =>
      void attempt(
        async () => {
          await withStepUp(() => call('DELETE', button.dataset.delete ?? ''));
          location.reload();
        },
        { says: { conflict: 'lastFactor' } },
      ),
  );

for (const button of document.querySelectorAll<HTMLElement>('[data-link]'))
  button.addEventListener('click', () => {
    void attempt(() => withStepUp(async () => leaveFor(button.dataset.link ?? '', 'link')));
  });

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-vouch]'))
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(form));
    const vouch = async () => {
      await withStepUp(() => call('POST', `emergency-access/${form.dataset.vouch}/approvals`, entered));
      location.reload();
    };
    void attempt(vouch, { says: { conflict: 'noMoreVouching', 'invalid-input': 'wrongCode' } });
  });

onClick('sign-out', async () => {
  await call('DELETE', 'sessions/current');
  location.assign(`/sign-in${location.search}`);
});
onClick('new-recovery', async () => showCodes(await withStepUp(() => call('POST', 'recovery-codes'))));
onClick('kept', async () => location.reload());
part('print', HTMLElement).addEventListener('click', () => window.print());

onSubmit('passkey-form', async ({ name }) => {
  const options = await withStepUp(() =>
    call<PublicKeyCredentialCreationOptionsJSON>('POST', 'passkeys/options'),
  );
  const response = await makesPasskey(options);
  showCodes(await withStepUp(() => call('POST', 'passkeys', { name, response })));
});

const totpBegin = document.getElementById('totp-begin');
if (totpBegin instanceof HTMLDetailsElement)
  totpBegin.addEventListener('toggle', () => {
    const setUp = part('totp-setup', HTMLElement);
    if (totpBegin.open && setUp.hidden) void attempt(beginTotp);
  });

async function beginTotp(): Promise<void> {
  const { secret, uri } = await withStepUp(() => call<{ secret: string; uri: string }>('POST', 'totp'));
  part('totp-secret', HTMLElement).textContent = secret.replaceAll(/.{4}(?=.)/g, '$& ');
  part('totp-uri', HTMLAnchorElement).href = uri;
  part('totp-setup', HTMLElement).hidden = false;
  part('totp-code', HTMLInputElement).focus();
}

onSubmit('totp-form', async (entered) =>
  showCodes(await withStepUp(() => call('POST', 'totp/confirm', entered))),
);
