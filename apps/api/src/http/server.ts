import cookie from '@fastify/cookie';
import proxy from '@fastify/http-proxy';
import type { FastifyInstance } from 'fastify';
import type { ApiEnvironment, Logger } from '#libs/runtime';
import { demandAudiences, describesInterface } from './audience.js';
import type { ProblemFilter } from './problem.filter.js';
import { docsWith, headersOf, withNonce } from './headers.js';
import { limitCalls } from './limits.js';
import { newNonce } from './page.js';
import { readBodies } from './read-bodies.js';

/** Body parsers, headers, log lines and the answers to calls that never reach a route. */
export async function prepareServer(
  fastify: FastifyInstance,
  env: ApiEnvironment,
  logger: Logger,
  problems: ProblemFilter,
): Promise<void> {
  demandAudiences(fastify);
  await fastify.register(cookie);
  readBodies(fastify);
  protect(fastify, env.PUBLIC_URL);
  await limitCalls(fastify, env.RATE_LIMIT_PER_MINUTE);
  fastify.setErrorHandler((error, call, reply) => problems.answer(error, call, reply));
  fastify.addHook('onResponse', async (call, reply) => {
    // The route's pattern, not its address: an address may hold a token.
    const route = call.routeOptions.url ?? 'none';
    logger.info(
      { method: call.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
  if (env.MAILBOX_URL) await passOnMailbox(fastify, env.MAILBOX_URL);
}

/** The mail catcher's pages, where there is one, under the address of everything else. */
async function passOnMailbox(fastify: FastifyInstance, upstream: string): Promise<void> {
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(proxy, {
      upstream,
      prefix: '/mailbox',
      rewritePrefix: '/mailbox',
      config: { audience: 'public' },
    });
  });
}

function protect(fastify: FastifyInstance, publicUrl: string): void {
  const headers = Object.entries(headersOf(publicUrl));
  fastify.addHook('onSend', async (call, reply, payload) => {
    const isDocs =
      typeof payload === 'string' &&
      describesInterface(call.routeOptions.url ?? '') &&
      String(reply.getHeader('content-type')).startsWith('text/html');
    const nonce = newNonce();
    if (isDocs) void reply.header('content-security-policy', docsWith(nonce));
    for (const [name, value] of headers) if (!reply.hasHeader(name)) void reply.header(name, value);
    return isDocs ? withNonce(payload, nonce) : payload;
  });
}
