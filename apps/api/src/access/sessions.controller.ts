import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnSessions, Sessions, Work, type Caller, type Opened } from '#libs/access';
import { PartyQueries } from '#libs/parties';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By, onceOf, sessionCookie } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { byPasskey, proof, type ByPasskey, type ProofInput } from './second-factor.contract.js';
import { me, sessions, signedIn, signIn, type SignIn } from './sessions.contract.js';

const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** Sets the cookie of a session, and answers what is next. The token itself is in no body. */
export function opened(reply: FastifyReply, { token, expiresAt, next }: Opened) {
  reply.setCookie(sessionCookie, token, { ...cookie, expires: new Date(expiresAt) });
  return { next, expiresAt };
}

@ApiTags('access')
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly own: OwnSessions,
    private readonly work: Work,
    private readonly parties: PartyQueries,
  ) {}

  @Post('sessions')
  @For('public')
  @Mutation()
  @ApiOperation({ summary: 'Sign in. Answers what has to be done next and sets the session cookie.' })
  @ApiCreatedResponse({ standardSchema: signedIn })
  async open(
    @Body({ schema: signIn }) input: SignIn,
    @Req() call: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return opened(reply, await this.sessions.open(input.email, input.password, call.ip, onceOf(call)));
  }

  @Post('sessions/passkey')
  @For('public')
  @Mutation()
  @ApiOperation({ summary: 'Sign in with a passkey alone.' })
  @ApiCreatedResponse({ standardSchema: signedIn })
  async openByPasskey(
    @Body({ schema: byPasskey }) { response }: ByPasskey,
    @Req() call: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return opened(reply, await this.sessions.openByPasskey(response, call.ip));
  }

  @Post('sessions/current/second-factor')
  @For('network', ['full', 'second-factor'])
  @Mutation()
  @ApiOperation({
    summary: 'Give the second factor: to finish signing in, or again before an act that needs it fresh.',
  })
  @ApiCreatedResponse({ standardSchema: signedIn })
  async prove(
    @By() caller: Caller,
    @Body({ schema: proof }) input: ProofInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return opened(reply, await this.sessions.prove(caller, input));
  }

  @Delete('sessions/current')
  @For('public')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out. Done alike when it is repeated, or nobody was signed in.' })
  @ApiNoContentResponse()
  async close(@Req() call: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.sessions.close(call.cookies[sessionCookie] ?? '');
    reply.clearCookie(sessionCookie, cookie);
  }

  @Get('sessions')
  @For('network')
  @ApiOperation({ summary: 'Your sessions that are not over, newest first.' })
  @ApiOkResponse({ standardSchema: sessions })
  async list(@By() caller: Caller) {
    return { items: await this.own.list(caller) };
  }

  @Delete('sessions')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'End all of your sessions but this one.' })
  @ApiNoContentResponse()
  async endOthers(@By() caller: Caller) {
    await this.own.endOthers(caller);
  }

  @Delete('sessions/:id')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of your sessions.' })
  @ApiNoContentResponse()
  async end(@By() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    await this.own.end(caller, id);
  }

  @Get('me')
  @For('network', ['full', 'enrol'])
  @ApiOperation({ summary: 'Who is signed in, and in what kind of instance.' })
  @ApiOkResponse({ standardSchema: me })
  async me(@By() caller: Caller) {
    const { actor, name, role, party, body, language } = caller;
    const instance = await this.work.read(caller, (tx) => this.parties.instance(tx));
    const { stage, factor, factorAt } = caller.session ?? { stage: 'full', factor: null, factorAt: null };
    const session = { stage, factor, factorAt: factorAt?.toISOString() ?? null };
    return { account: actor, name, role, party, body, language, session, instance: instance.kind };
  }
}
