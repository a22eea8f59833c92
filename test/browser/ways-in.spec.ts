import type { Browser } from 'playwright-core';
import { samplePassword } from '#libs/directory';
import { Authenticator } from '../harness/authenticator.js';
import { startBrowser, Visitor } from '../harness/browser.js';
import { IdentityProvider } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';

describe('other ways in, in a browser', () => {
  let instance: Instance;
  let idp: IdentityProvider;
  let browser: Browser;
  const visitors: Visitor[] = [];
  /** Who has lost every factor, and two others of the same State. */
  let loser: Visitor;
  let duty: Visitor;
  let administrator: Visitor;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    idp = await IdentityProvider.start(`${instance.url}/organization-sign-in`);
    const lost = new Authenticator(instance.url);
    await lost.register(await instance.officer('officer@xb.example'));
    browser = await startBrowser();
    loser = await arrives();
    [duty, administrator] = [await arrives(), await arrives()];
  });
  afterAll(async () => {
    await browser.close();
    await idp.stop();
    await instance.stop();
  });

  const arrives = async () => {
    const visitor = await Visitor.at(browser, { baseURL: instance.url });
    // A virtual user takes what is offered at once: nothing is.
    await visitor.page.addInitScript(
      `PublicKeyCredential.isConditionalMediationAvailable = async () => false;`,
    );
    visitors.push(visitor);
    return visitor;
  };
  const press = ({ page }: Visitor, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true }).click();
  const sees = ({ page }: Visitor, text: string | RegExp) => page.getByText(text).first().waitFor();
  const open = ({ page }: Visitor, summary: string) =>
    page.locator('summary', { hasText: summary }).first().click();
  const signsIn = async (visitor: Visitor, email: string) => {
    const { page } = visitor;
    await page.goto('/sign-in');
    await page.getByLabel('Mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(samplePassword);
    await press(visitor, 'Sign in');
  };
  const code = async () => (await loser.page.locator('#emergency-code').innerText()).trim();
  const error = ({ page }: Visitor) => page.locator('#error p').innerText();

  it('lead who has lost every factor to ask two others, with a code to be read out', async () => {
    const { page } = loser;
    await signsIn(loser, 'officer@xb.example');
    await open(loser, 'I have lost every factor');
    await page.getByLabel('What has happened').fill('The key is at the bottom of a lake.');
    await press(loser, 'Ask to be let in');
    await page.locator('#emergency-wait').waitFor();
    expect(await code()).toMatch(/^\d{3} \d{3}$/);
    await press(loser, 'Check, and go in');
    await sees(loser, 'So far 0 of 2 have vouched.');
  });

  it('go on where they were when the page is read anew', async () => {
    const before = await code();
    await loser.page.reload();
    await open(loser, 'I have lost every factor');
    await loser.page.locator('#emergency-wait').waitFor();
    expect(await code()).toBe(before);
    await press(loser, 'Sign in with another account');
    expect(await loser.page.getByLabel('Mail address').isVisible()).toBe(true);
    await loser.page.reload();
    await open(loser, 'I have lost every factor');
    await loser.page.locator('#emergency-wait').waitFor();
  });

  it('are not open from another browser that knows the password', async () => {
    const thief = await arrives();
    await signsIn(thief, 'officer@xb.example');
    await open(thief, 'I have lost every factor');
    await thief.page.getByLabel('What has happened').fill('Mine.');
    await press(thief, 'Ask to be let in');
    await thief.page.locator('#error').waitFor();
    expect(await error(thief)).toMatch(/asked for or granted already, from another browser/);
  });

  it('show colleagues who asks and why, with the advice to call back, and take the code that they heard', async () => {
    const { page } = duty;
    await signsIn(duty, 'duty@xb.example');
    await sees(duty, 'Emergency access in your State');
    await sees(duty, 'The key is at the bottom of a lake.');
    await sees(duty, 'call the person back on a number that you knew before');
    const heard = page.getByLabel('The code that was read out to you');
    await heard.fill((await code()) === '000 000' ? '000 001' : '000 000');
    await press(duty, 'Vouch for this person');
    await page.locator('#error').waitFor();
    expect(await error(duty)).toMatch(/^This is not the code/);
    await heard.fill(await code());
    await press(duty, 'Vouch for this person');
    await sees(duty, /Vouched for by: .*Duty officer of CERT XB/);
    expect(await heard.count()).toBe(0);
  });

  it('open the account once two have vouched, and say so there', async () => {
    await signsIn(administrator, 'administrator@xb.example');
    await administrator.page.getByLabel('The code that was read out to you').fill(await code());
    await press(administrator, 'Vouch for this person');
    await sees(administrator, /granted until /);
    await press(loser, 'Check, and go in');
    await loser.page.waitForURL('**/account');
    await sees(loser, 'You were let in by emergency access');
    expect(await loser.page.locator('li.current').innerText()).toContain('by emergency access');
  });

  it('are closed by anyone of the State', async () => {
    await open(administrator, 'End it');
    await press(administrator, /^End it now/);
    await administrator.page.getByText('Emergency access in your State').waitFor({ state: 'detached' });
    await loser.page.reload();
    await loser.page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await loser.page.locator('li.current').count()).toBe(0);
  });

  it('lead through a provider of the organization, once the holder has linked it', async () => {
    const named = await (
      await instance.officer('administrator@xb.example')
    ).post('/identity-providers', {
      ...idp.input,
    });
    expect(named.status).toBe(201);
    idp.login = { subject: 'd.uty', amr: ['mfa'] };
    const { page } = duty;
    await page.goto('/account');
    await sees(duty, 'not linked to this account');
    const address = (await page.locator('a[href*="/organization-sign-in/"]').getAttribute('href')) ?? '';
    await press(duty, /^Link it/);
    await press(duty, 'Continue');
    await sees(duty, 'Your account is linked');
    await page.getByRole('link', { name: 'Your account' }).click();
    await sees(duty, /linked since .* UTC/);
    await press(duty, 'Sign out');
    await sees(duty, 'Open the link that your administrator gave you.');
    await page.goto(address);
    await press(duty, 'Begin');
    await page.getByRole('link', { name: /^Sign in at localhost/ }).click();
    await press(duty, 'Continue');
    await page.getByRole('link', { name: 'Your account' }).click();
    expect(await page.locator('li.current').innerText()).toContain('by the sign-in of your organization');
  });

  it('prove it there anew before what needs it fresh, and take the link away', async () => {
    const { page } = duty;
    await instance.database.rows(`UPDATE sessions SET factor_at = factor_at - interval '6 minutes'`);
    await open(duty, 'Set up an authenticator app');
    await press(duty, 'Prove it at Ministry');
    await press(duty, 'Continue');
    await sees(duty, 'You have proved who you are');
    await page.getByRole('link', { name: 'Your account' }).click();
    await open(duty, 'Set up an authenticator app');
    await page.locator('#totp-setup').waitFor();
    await open(duty, 'Unlink');
    await press(duty, /^Unlink it now/);
    await sees(duty, 'not linked to this account');
    expect(await instance.database.rows('SELECT 1 FROM organization_identities')).toEqual([]);
  });

  it('made no page complain: no error, no violation of its policy', () => {
    expect(visitors.map(({ complaints }) => complaints)).toEqual(visitors.map(() => []));
  });
});
