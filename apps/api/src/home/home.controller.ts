import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sampleAccounts, samplePassword } from '#libs/directory';
import { homePage } from '#libs/wording';
import { For } from '../http/audience.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';

/** Whether there is a mail catcher whose pages are passed on. */
export const HAS_MAILBOX = Symbol('has mailbox');

/** The page at the address that a start prints. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(
    private readonly installation: Installation,
    @Inject(HAS_MAILBOX) private readonly hasMailbox: boolean,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @For('public')
  async home(@Req() call: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { hasMailbox, publicUrl } = this;
    const about = {
      language: languageOf(call),
      instance: await this.installation.kind(),
      publicUrl,
      hasMailbox,
    };
    const people = { accounts: sampleAccounts, password: samplePassword };
    sendPage(reply, 200, (nonce) => homePage({ ...about, ...people, nonce }));
  }
}
