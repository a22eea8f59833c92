import {
  createParamDecorator,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiTokens, isPartyCaller, Sessions, type Caller, type Once, type PartyCaller } from '#libs/access';
import { Problem } from '#libs/runtime';
import type { Audience, Stage } from './audience.js';
import { isCrossSite, safeMethods } from './cross-site.js';
import { PUBLIC_URL } from './public-url.js';

/** `__Host-`: sent back only to this origin, over a secure connection (a browser counts localhost as one). */
export const sessionCookie = '__Host-aldis';

type Call = FastifyRequest & { caller?: Caller; cookies: Record<string, string | undefined> };

/** Finds out who calls, and whether the route is for them. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
    private readonly tokens: ApiTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = context.switchToHttp().getRequest<Call>();
    const { audience, stages } = call.routeOptions.config;
    const hasSession = call.cookies[sessionCookie] !== undefined;
    if (isCrossSite({ method: call.method, headers: call.headers, hasSession }, this.publicUrl))
      throw new Problem('cross-site', 'A page of another site cannot change anything here.');
    const once = onceOf(call);
    if (audience === 'public' || audience === 'named') return true;
    const caller = await this.callerOf(call);
    if (!caller) throw new Problem('not-signed-in', 'Sign in with POST /api/v1/sessions first.');
    refuseUnfinished(caller, stages, audience);
    // Requests do not exist for those who have no part in them; what is for all parties is refused by name.
    if (audience !== 'network' && !isPartyCaller(caller))
      throw audience === 'member'
        ? new Problem('forbidden', `The role "${caller.role}" has no part in requests.`)
        : new Problem('not-found', 'There is no such request.');
    call.caller = { ...caller, ...(once ? { once } : {}) };
    return true;
  }

  /** By the token of the header, where there is one; else by the session of the cookie. */
  private async callerOf({ headers, cookies }: Call): Promise<Caller | undefined> {
    const { authorization } = headers;
    if (authorization !== undefined) {
      const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(authorization) ?? [];
      return token ? this.tokens.caller(token) : undefined;
    }
    const session = cookies[sessionCookie];
    return session ? this.sessions.caller(session) : undefined;
  }
}

/** A session that waits for its second factor opens nothing but the way to that; a token only what it is for. */
function refuseUnfinished(
  { session, scope }: Caller,
  stages: readonly Stage[] = ['full'],
  audience?: Audience,
): void {
  if (scope && !(stages.includes('token') && (audience !== 'network' || scope.includes('read-directory'))))
    throw new Problem(
      'forbidden',
      'This token is not for that: a person signs in for it, or a token of another scope.',
    );
  if (!session || stages.includes(session.stage)) return;
  throw new Problem(
    'second-factor-needed',
    session.stage === 'enrol'
      ? 'Set up an authenticator app or a passkey first: POST /api/v1/totp or /api/v1/passkeys/options.'
      : 'Give the second factor first: POST /api/v1/sessions/current/second-factor.',
    { next: session.stage },
  );
}

/** The Idempotency-Key of a call that changes something, with what it asks. */
export function onceOf(call: FastifyRequest): Once | undefined {
  const key = call.headers['idempotency-key'];
  if (key === undefined || safeMethods.has(call.method)) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key))
    throw new Problem('invalid-input', 'The Idempotency-Key does not fit.', {
      errors: [{ header: 'Idempotency-Key', detail: 'must be 1 to 128 visible ASCII characters' }],
    });
  return { key, asked: JSON.stringify([call.method, call.url, call.body ?? null]) };
}

/** The caller that the guard found. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<Call>();
  if (!caller) throw new Error('the route is public and has no caller');
  return caller;
});

/** The same, of a party: for audiences from `member` on. */
export const ByParty = createParamDecorator((_: unknown, context: ExecutionContext): PartyCaller => {
  const { caller } = context.switchToHttp().getRequest<Call>();
  if (!caller || !isPartyCaller(caller)) throw new Error('the route is not only for parties');
  return caller;
});
