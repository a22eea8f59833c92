import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { settings } from './settings.js';

/** A browser without a window. Its sandbox needs a user who is not root. */
export async function startBrowser(): Promise<Browser> {
  const { browser: executablePath } = settings;
  if (executablePath === undefined) throw new Error('there is no browser on the PATH');
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** What a refused call leaves in the console by itself, in every browser. */
const refusedCall = /^Failed to load resource: the server responded with a status of (400|401|403|409)/;

/** A person at a browser of their own: one page, and all that went wrong in it. */
export class Visitor {
  /** Errors, warnings and violations of the policy that the pages told of; calls that were refused are not among them. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** A new one; on a phone unless told otherwise. */
  static async at(browser: Browser, options: { baseURL?: string; offline?: boolean } = {}): Promise<Visitor> {
    const context = await browser.newContext({
      ...options,
      ...{ viewport: { width: 390, height: 844 }, locale: 'en-GB', acceptDownloads: true },
    });
    context.setDefaultTimeout(20_000);
    const visitor = new Visitor(context, await context.newPage());
    visitor.listen();
    return visitor;
  }

  private listen(): void {
    const complain = (what: string) => this.complaints.push(what);
    this.page.on('pageerror', (error) => complain(`error: ${error.message}`));
    this.page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type()) || refusedCall.test(message.text())) return;
      complain(`${message.type()}: ${message.text()}`);
    });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** An authenticator of the browser's own (WebAuthn Level 3, 11): its user is there and verified, until told otherwise. */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {}

  static async of({ context, page }: Visitor): Promise<VirtualAuthenticator> {
    const session = await context.newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  /** Whether the user gives the PIN or finger that is asked for. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.id, isUserVerified });
  }

  /** How many passkeys it holds. */
  async holds(): Promise<number> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials.length;
  }
}
