import type { OutgoingFault } from '#libs/runtime';

/** What a call to an endpoint brought: a status (RFC 9110), or why there was none. */
export type EndpointReply = { status: number } | { fault: OutgoingFault };

/** Milliseconds before the next try after attempt number `attempt` (from 1): from 5 s to half an hour. */
export const waitAfter = (attempt: number): number =>
  Math.min(5_000 * 3 ** Math.max(0, attempt - 1), 1_800_000);

/**
 * What becomes of a call: taken, to be tried again, or failed. What an endpoint refuses (4xx, and redirects, which are
 * not followed) is not repeated, unless it says that it is too early; nor what leads where nothing is called.
 */
export function afterReply(reply: EndpointReply): 'accepted' | 'again' | 'failed' {
  if ('fault' in reply) return reply.fault === 'address' || reply.fault === 'place' ? 'failed' : 'again';
  if (reply.status >= 200 && reply.status < 300) return 'accepted';
  return reply.status >= 500 || [408, 425, 429].includes(reply.status) ? 'again' : 'failed';
}
