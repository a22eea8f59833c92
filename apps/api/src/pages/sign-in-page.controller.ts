import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from '#libs/access';
import { signInPage } from '#libs/wording';
import { For } from '../http/audience.js';
import { sessionCookie } from '../http/caller.guard.js';
import { callingPageWith } from '../http/headers.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';

/** The page to sign in: its script calls `/api/v1/sessions`. */
@ApiExcludeController()
@Controller('sign-in')
export class SignInPageController {
  constructor(
    private readonly installation: Installation,
    private readonly sessions: Sessions,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @For('public')
  async page(@Req() call: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const instance = (await this.installation.kind()) ?? 'real';
    const token = call.cookies[sessionCookie];
    const caller = token ? await this.sessions.caller(token) : undefined;
    const waiting = caller?.session?.stage === 'second-factor';
    const frame = { language: languageOf(call), instance, publicUrl: this.publicUrl, waiting };
    sendPage(reply, 200, (nonce) => signInPage({ ...frame, nonce }), callingPageWith);
  }
}
