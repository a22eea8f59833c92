import { randomBytes } from 'node:crypto';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sampleAccounts, samplePassword } from '#libs/directory';
import { For } from '../http/audience.js';
import { Installation } from '../http/installation.service.js';
import { homePage } from './home-page.js';

/** Whether there is a mail catcher whose pages are passed on. */
export const HAS_MAILBOX = Symbol('has mailbox');

@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(
    private readonly installation: Installation,
    @Inject(HAS_MAILBOX) private readonly mailbox: boolean,
  ) {}

  @Get()
  @For('public')
  async home(@Res() reply: FastifyReply): Promise<void> {
    const nonce = randomBytes(16).toString('base64url');
    const instance = await this.installation.kind();
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
      )
      .send(
        homePage({
          instance,
          mailbox: this.mailbox,
          accounts: sampleAccounts,
          password: samplePassword,
          nonce,
        }),
      );
  }
}
