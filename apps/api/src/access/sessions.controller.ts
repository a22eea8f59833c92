import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions, Work, type Caller } from '#libs/access';
import { PartyQueries } from '#libs/parties';
import { For } from '../http/audience.js';
import { By, onceOf, sessionCookie } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { me, signedIn, signIn, type SignIn } from './sessions.contract.js';

const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

@ApiTags('access')
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
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
    const { token, expiresAt } = await this.sessions.open(input.email, input.password, onceOf(call));
    reply.setCookie(sessionCookie, token, { ...cookie, expires: new Date(expiresAt) });
    return { next: 'signed-in', expiresAt };
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

  @Get('me')
  @For('network')
  @ApiOperation({ summary: 'Who is signed in, and in what kind of instance.' })
  @ApiOkResponse({ standardSchema: me })
  async me(@By() caller: Caller) {
    const { actor, name, role, party, body, language } = caller;
    const instance = await this.work.read(caller, (tx) => this.parties.instance(tx));
    return { account: actor, name, role, party, body, language, instance: instance.kind };
  }
}
