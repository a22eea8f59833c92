import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  OrganizationIdentities,
  OrganizationSignIns,
  Sessions,
  type Begun,
  type Caller,
  type Finished,
} from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By, sessionCookie } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  beginSignIn,
  begun,
  finished,
  finishSignIn,
  organizationIdentities,
  type BeginSignIn,
  type FinishSignIn,
} from './organization.contract.js';
import { opened } from './sessions.controller.js';

/** Binds a sign-in to the browser that began it. */
export const awayCookie = '__Host-aldis-organization';
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** Sets the cookie without which what comes back is worth nothing. */
export function away(reply: FastifyReply, { authorizationUrl, browser, expiresAt }: Begun) {
  reply.setCookie(awayCookie, browser, { ...cookie, expires: new Date(expiresAt) });
  return { authorizationUrl, expiresAt };
}

/** Sets the cookie of the session, where there is a new one. */
export function back(reply: FastifyReply, { purpose, opened: session }: Finished) {
  reply.clearCookie(awayCookie, cookie);
  const { next, expiresAt } = session
    ? opened(reply, session)
    : { next: 'signed-in' as const, expiresAt: null };
  return { purpose, next, expiresAt };
}

@ApiTags('access')
@Controller()
export class OrganizationSignInsController {
  constructor(
    private readonly signIns: OrganizationSignIns,
    private readonly identities: OrganizationIdentities,
    private readonly sessions: Sessions,
  ) {}

  @Post('organization-sign-ins')
  @For('public')
  @Mutation()
  @ApiOperation({
    summary:
      'Begin to sign in through the OpenID Connect provider of your organization: answers where to go on there.',
  })
  @ApiCreatedResponse({ standardSchema: begun })
  async begin(
    @Body({ schema: beginSignIn }) { provider, purpose }: BeginSignIn,
    @Req() call: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return away(reply, await this.signIns.begin(provider, purpose, await this.bearer(call)));
  }

  @Post('organization-sign-ins/finish')
  @For('public')
  @Mutation()
  @ApiOperation({ summary: 'Hand in what came back from the provider, in the browser that began.' })
  @ApiCreatedResponse({ standardSchema: finished })
  async finish(
    @Body({ schema: finishSignIn }) input: FinishSignIn,
    @Req() call: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const browser = call.cookies[awayCookie] ?? '';
    return back(reply, await this.signIns.finish(input, browser, await this.bearer(call), call.ip));
  }

  @Get('organization-identities')
  @For('network')
  @ApiOperation({ summary: 'Who you are at providers of your organization, as you have linked it.' })
  @ApiOkResponse({ standardSchema: organizationIdentities })
  async list(@By() caller: Caller) {
    return { items: await this.identities.list(caller) };
  }

  @Delete('organization-identities/:id')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Unlink one: it signs in to your account no more.' })
  @ApiNoContentResponse()
  async unlink(@By() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    await this.identities.unlink(caller, id);
  }

  /** Whose session comes along, if any does. */
  private async bearer({ cookies }: FastifyRequest): Promise<Caller | undefined> {
    const token = cookies[sessionCookie];
    return token ? this.sessions.caller(token) : undefined;
  }
}
