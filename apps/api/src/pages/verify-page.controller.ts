import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SigningKeys } from '#libs/vault';
import { verifyPage, type Language } from '#libs/wording';
import { For } from '../http/audience.js';
import { closedPageWith } from '../http/headers.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';
import { savedPage } from './saved-page.js';
import { SCRIPTS } from './scripts.controller.js';

/**
 * The verifier of receipts. What it verifies stays in the browser: the keys come with the page, so that it needs no
 * connection, and its policy allows none.
 */
@ApiExcludeController()
@Controller('verify')
export class VerifyPageController {
  constructor(
    private readonly installation: Installation,
    private readonly keys: SigningKeys,
    @Inject(SCRIPTS) private readonly scripts: ReadonlyMap<string, string>,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @For('public')
  async page(@Req() call: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(call);
    const instance = (await this.installation.kind()) ?? 'real';
    const keys = JSON.stringify({ keys: this.keys.published }, undefined, 2);
    const { digest } = this.saved(language);
    const view = { language, instance, publicUrl: this.publicUrl, keys, digest };
    sendPage(reply, 200, (nonce) => verifyPage({ ...view, nonce }), closedPageWith);
  }

  /** The same as a file. It is never shown from here, so that no page of ours has a script inside it. */
  @Get('aldis-verify.html')
  @For('public')
  file(@Req() call: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-disposition', 'attachment; filename="aldis-verify.html"')
      .send(this.saved(languageOf(call)).text);
  }

  private saved(language: Language) {
    return savedPage(language, this.scripts.get('verify.js') ?? '');
  }
}
