import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { SessionStage } from '#libs/access';

/**
 * Who may know that a route has anything for them.
 * - `public`: anyone. `named`: whoever holds the one secret in the address.
 * - `network`: every account, the network's staff included. `member`: accounts of parties that have a part in requests.
 * - `party`, `body`: those of the parties or bodies that the thing concerns; for all others it does not exist.
 */
export const audiences = ['public', 'named', 'network', 'member', 'party', 'body'] as const;
export type Audience = (typeof audiences)[number];

/** A route as the server answers it; `url` is its pattern. */
export interface RouteAudience {
  method: string;
  url: string;
  audience: Audience;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    audience?: Audience;
    stages?: readonly Stage[];
    /** Bytes that a body of this route may have, where it is more than usual because a file comes with it. */
    bodyBytes?: number;
  }
  interface FastifyInstance {
    /** Every route there is, also those that no OpenAPI document describes. */
    routeAudiences: RouteAudience[];
  }
}

/** How far a session has come, or that a token acts in place of one. */
export type Stage = SessionStage | 'token';

/** Tokens are for requests; of the rest a route says so where it is for them too. */
const usual = (audience: Audience): readonly Stage[] =>
  audience === 'network' ? ['full'] : ['full', 'token'];

/**
 * Declares a route's audience; the server does not start with a route that has none. `stages`: how far a session must
 * have come; whole, unless a route belongs to the way there.
 */
export const For = (
  audience: Audience,
  stages: readonly Stage[] = usual(audience),
  more: { bodyBytes?: number } = {},
) =>
  applyDecorators(
    RouteConfig({ audience, stages, ...more }),
    ApiExtension('x-audience', audience),
    ...(audience === 'public' || audience === 'named' ? [] : [ApiCookieAuth()]),
  );

/** Whether a route is of those that describe the interface; the library that serves them declares nothing. */
export const describesInterface = (url: string): boolean =>
  /^\/api\/(docs(\/|$)|v1\/openapi\.json$)/.test(url);

/** Lists every route as it is added. Raises on one without an audience: nobody would know who may call it. */
export function demandAudiences(fastify: FastifyInstance): void {
  const routes: RouteAudience[] = [];
  fastify.decorate('routeAudiences', routes);
  fastify.addHook('onRoute', ({ method, url, config }) => {
    const audience = config?.audience ?? (describesInterface(url) ? 'public' : undefined);
    if (!audience) throw new Error(`The route ${String(method)} ${url} declares no audience: say @For(…)`);
    routes.push(...[method].flat().map((one) => ({ method: one, url, audience })));
  });
}
