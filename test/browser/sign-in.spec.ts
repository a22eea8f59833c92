import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { foundInstance } from '#libs/access';
import { LocalKeys, Vault } from '#libs/vault';
import { startBrowser, VirtualAuthenticator, Visitor } from '../harness/browser.js';
import { Instance } from '../harness/instance.js';
import { chosenPassword, inviteLink } from '../harness/invitee.js';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';
import { waitUntil } from '../harness/waiting.js';

const email = 'manager@un.int';

describe('signing in, in a browser and a real instance', () => {
  let database: TestDatabase;
  let instance: Instance;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let authenticator: VirtualAuthenticator;
  let invitation: string;
  let recovery: string[] = [];
  let secret = '';

  beforeAll(async () => {
    database = await TestDatabase.bare();
    instance = await Instance.start({ database, worker: false });
    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
    const founding = { network: 'Network', directoryManager: email, publicUrl: instance.url };
    invitation = inviteLink((await foundInstance(database.urls.owner, vault, founding)).link).path;
    browser = await startBrowser();
    visitor = await Visitor.at(browser, { baseURL: instance.url });
    page = visitor.page;
    authenticator = await VirtualAuthenticator.of(visitor);
    // A virtual user takes what is offered at once: nothing is, but where that is tried.
    await page.addInitScript(
      `if (!localStorage.getItem('offers')) PublicKeyCredential.isConditionalMediationAvailable = async () => false;`,
    );
  });
  afterAll(async () => {
    await browser.close();
    await instance.stop();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const open = (summary: string) => page.locator('summary', { hasText: summary }).click();
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const byPassword = async (password = chosenPassword) => {
    await page.goto('/sign-in');
    await page.getByLabel('Mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await button('Sign in').click();
  };
  const signOut = async () => {
    await page.waitForLoadState();
    await button('Sign out').click();
    await page.waitForURL('**/sign-in');
  };
  const code = (ahead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  const codes = () => page.locator('#recovery-codes li').allTextContents();
  const error = () => page.locator('#error p');
  const text = async (selector: string) => (await page.locator(selector).innerText()).trim();

  it('begins where the invitation ends', async () => {
    await page.goto(invitation);
    await page.getByLabel('Your name').fill('M. Anager');
    await page.getByLabel('Password').fill(chosenPassword);
    await page.getByLabel('I accept the terms of use.').check();
    await button('Open the account').click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await heading('Sign in').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('says that address or password is wrong, in the page', async () => {
    await byPassword('something else altogether');
    await error().waitFor();
    expect(await error().innerText()).toBe('The address or the password is wrong.');
  });

  it('leads to the first second factor, which a real instance demands', async () => {
    await byPassword();
    await heading('Set up a second factor to go on').waitFor();
    expect(await page.getByText('M. Anager').count()).toBe(1);
    expect(await heading('Your sessions').count()).toBe(0);
  });

  it('keeps no passkey of a user whom the browser could not verify', async () => {
    await authenticator.verifies(false);
    await page.getByLabel('A name for it').fill('Key on my ring');
    await button('Add the passkey').click();
    // The browser asks again and again, until its user has enough.
    await page.evaluate(`{
      const ending = setInterval(() => {
        SimpleWebAuthnBrowser.WebAuthnAbortService.cancelCeremony();
        if (!document.getElementById('error').hidden) clearInterval(ending);
      }, 200);
    }`);
    await error().waitFor();
    expect(await error().innerText()).toMatch(/^The passkey was not given/);
    expect(await database.rows('SELECT 1 FROM passkeys')).toEqual([]);
    await authenticator.verifies(true);
  });

  it('makes a passkey, and shows recovery codes once', async () => {
    await page.getByLabel('A name for it').fill('Key on my ring');
    await button('Add the passkey').click();
    await heading('Your recovery codes').waitFor();
    recovery = await codes();
    expect([recovery.length, new Set(recovery).size]).toEqual([10, 10]);
    await button('I have kept them').click();
    await heading('Passkey “Key on my ring”').waitFor();
    expect(await page.locator('#recovery').isVisible()).toBe(false);
    expect(await page.getByText('Recovery codes that are left: 10').count()).toBe(1);
    expect(await heading('Your sessions').count()).toBe(1);
    expect(await authenticator.holds()).toBe(1);
  });

  it('is done by the passkey alone', async () => {
    await signOut();
    await button('Sign in with a passkey').click();
    await page.waitForURL('**/account');
    expect(await text('li.current')).toContain('by passkey');
    expect(await page.getByText(/last used .* UTC/).count()).toBeGreaterThan(0);
  });

  it('is refused by the passkey of a user who was not verified, even if the page asks for less', async () => {
    await signOut();
    await authenticator.verifies(false);
    await page.evaluate(`{
      const get = navigator.credentials.get.bind(navigator.credentials);
      navigator.credentials.get = (options) => {
        options.publicKey.userVerification = 'discouraged';
        return get(options);
      };
    }`);
    await button('Sign in with a passkey').click();
    await error().waitFor();
    expect(await error().innerText()).toBe('This does not fit, or was used before. Try again.');
    await authenticator.verifies(true);
  });

  it('is offered beside the field for the address, where the browser does so', async () => {
    await page.evaluate(`localStorage.setItem('offers', 'yes')`);
    await page.goto('/sign-in');
    await page.waitForURL('**/account');
    await page.evaluate(`localStorage.clear()`);
    expect(await text('li.current')).toContain('by passkey');
  });

  it('is done by password and passkey', async () => {
    await byPassword();
    await button('Use a passkey').click();
    await page.waitForURL('**/account');
    expect(await page.locator('.cards > li').count()).toBeGreaterThan(1);
  });

  it('sets up an authenticator app, and takes its codes', async () => {
    await open('Set up an authenticator app');
    await page.locator('#totp-setup').waitFor();
    secret = (await text('#totp-secret')).replaceAll(' ', '');
    expect(await page.locator('#totp-uri').getAttribute('href')).toContain(`secret=${secret}`);
    await page.getByLabel('Then enter the code that the app shows').fill('000000');
    await button('Confirm').click();
    await error().waitFor();
    await page.getByLabel('Then enter the code that the app shows').fill(code(-1));
    await button('Confirm').click();
    await heading('Authenticator app').waitFor();
    await signOut();
    await byPassword();
    await page.getByLabel('Code of the authenticator app').fill(code());
    await button('Continue').click();
    await page.waitForURL('**/account');
    expect(await text('li.current')).toContain('by password and authenticator app');
  });

  it('takes a recovery code in place of them, once', async () => {
    const enter = async () => {
      await byPassword();
      await open('Use a recovery code instead');
      await page.getByLabel('Recovery code').fill(recovery[0] ?? '');
      await page.locator('form[data-factor=recoveryCode] button').click();
    };
    await signOut();
    await enter();
    await page.waitForURL('**/account');
    expect(await text('li.current')).toContain('by password and recovery code');
    expect(await page.getByText('Recovery codes that are left: 9').count()).toBe(1);
    await signOut();
    await enter();
    await error().waitFor();
    expect(await error().innerText()).toBe('This does not fit, or was used before. Try again.');
    await page.getByLabel('Recovery code').fill(recovery[1] ?? '');
    await page.locator('form[data-factor=recoveryCode] button').click();
    await page.waitForURL('**/account');
  });

  it('asks for the factor again before what needs it fresh, and repeats the call', async () => {
    await database.rows(`UPDATE sessions SET factor_at = factor_at - interval '6 minutes'`);
    await open('Make new recovery codes');
    await button('Make new codes now').click();
    await heading('Give the second factor again').waitFor();
    await button('Cancel').click();
    await error().waitFor();
    expect(await error().innerText()).toBe('Nothing was done: the second factor was not given.');
    await button('Make new codes now').click();
    await heading('Give the second factor again').waitFor();
    await button('Use a passkey').click();
    await heading('Your recovery codes').waitFor();
    const before = recovery;
    recovery = await codes();
    expect(recovery.filter((one) => before.includes(one))).toEqual([]);
    await button('I have kept them').click();
    await heading('Your sessions').waitFor();
  });

  it('ends one session, and all others', async () => {
    const others = await Promise.all([0, 1].map(() => Visitor.at(browser, { baseURL: instance.url })));
    for (const other of others) {
      await other.page.goto('/sign-in');
      await other.page.getByLabel('Mail address').fill(email);
      await other.page.getByLabel('Password', { exact: true }).fill(chosenPassword);
      await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await other.page.getByLabel('Code of the authenticator app').waitFor();
    }
    await page.reload();
    const waiting = page.getByRole('listitem').filter({ hasText: 'not finished' });
    expect(await waiting.count()).toBe(2);
    await waiting.first().getByRole('button').click();
    await waitUntil('one is left', async () => (await waiting.count()) === 1);
    await button('End all others').click();
    await waitUntil('none is left', async () => (await waiting.count()) === 0);
    expect(await heading('This session').count()).toBe(1);
    expect(await button('End all others').count()).toBe(0);
    for (const other of others) {
      expect(other.complaints).toEqual([]);
      await other.close();
    }
  });

  it('removes factors, but never the last one', async () => {
    await page.locator('summary', { hasText: 'Remove' }).first().click();
    await page.getByRole('button', { name: 'Remove it now: Passkey' }).click();
    await heading('Passkey “Key on my ring”').waitFor({ state: 'detached' });
    await open('Remove');
    await page.getByRole('button', { name: 'Remove it now: Authenticator app' }).click();
    await error().waitFor();
    expect(await error().innerText()).toBe('This is the last one. Set up another first.');
    expect(await heading('Authenticator app').count()).toBe(1);
  });

  it('is in French for those who read French', async () => {
    await page.getByRole('link', { name: 'Français' }).click();
    await heading('Votre compte').waitFor();
    // The heading is there before the script that hears the buttons.
    await page.waitForLoadState();
    await button('Se déconnecter').click();
    await heading('Se connecter').waitFor();
    await page.goto('/account?lang=fr');
    await heading('Connectez-vous d’abord').waitFor();
    expect(await page.getByRole('link', { name: 'Se connecter' }).count()).toBe(1);
  });

  it('made no page complain: no error, no violation of its policy', () => {
    expect(visitor.complaints).toEqual([]);
  });
});
