import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiCookieAuth, ApiExtension } from '@nestjs/swagger';

/**
 * Who may know that a route has anything for them.
 * - `public`: anyone. `named`: whoever holds the one secret in the address.
 * - `network`: every account, the network's staff included. `member`: accounts of parties.
 * - `party`, `body`: accounts of the parties or bodies that the thing concerns; for all others it does not exist.
 */
export const audiences = ['public', 'named', 'network', 'member', 'party', 'body'] as const;
export type Audience = (typeof audiences)[number];

export const audienceKey = 'aldis:audience';

/** Declares a route's audience; the server does not start with a route that has none. */
export const For = (audience: Audience) =>
  applyDecorators(
    SetMetadata(audienceKey, audience),
    ApiExtension('x-audience', audience),
    ...(audience === 'public' || audience === 'named' ? [] : [ApiCookieAuth()]),
  );
