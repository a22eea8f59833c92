import { call } from './interface.js';

/** Leaves for a provider of the reader's organization; the way back is a page of its own. */
export async function leaveFor(provider: string, purpose: 'link' | 'step-up'): Promise<void> {
  const begun = await call<{ authorizationUrl: string }>('POST', 'organization-sign-ins', {
    ...{ provider, purpose },
  });
  location.assign(begun.authorizationUrl);
}
