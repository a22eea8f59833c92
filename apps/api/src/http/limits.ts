import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#libs/runtime';

const minute = 60_000;
/** The form behind a link may be sent by one address this many times less often than other calls. */
const formsFewer = 15;
const behindLinks = new Set([
  ...['POST /ack/:token', 'POST /confirm/:token', 'POST /invite/:token'],
  // Each has others asked, and leaves a row.
  ...['POST /organization-sign-in', 'POST /organization-sign-in/:provider'],
  ...['POST /api/v1/organization-sign-ins', 'POST /api/v1/organization-sign-ins/finish'],
]);

/**
 * Lets one address (of IPv6: one network of 64 bits) call so many times a minute. Counted in this process alone: with
 * several, and after a restart, more get through. Raises `too-many-calls` with the seconds until the minute is over.
 */
export async function limitCalls(fastify: FastifyInstance, perMinute: number): Promise<void> {
  await fastify.register(rateLimit, { global: false });
  const calls = fastify.createRateLimit({ max: perMinute, timeWindow: minute });
  const forms = fastify.createRateLimit({ max: Math.floor(perMinute / formsFewer), timeWindow: minute });
  fastify.addHook('onRequest', async (call) => {
    // The mail catcher's pages are for trying out, and are asked again and again while a mail is waited for.
    if (call.routeOptions.url?.startsWith('/mailbox')) return;
    refuse(await calls(call));
    if (behindLinks.has(routeOf(call))) refuse(await forms(call));
  });
}

const routeOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? ''}`;

type Counted = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

function refuse(counted: Counted): void {
  if (counted.isAllowed || !counted.isExceeded) return;
  throw new Problem('too-many-calls', 'This address has called too often. Wait, then repeat the call.', {
    retryAfter: Math.max(1, counted.ttlInSeconds),
  });
}
