import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Acceptance, leastPassword, type OpenInvitation } from '#libs/access';
import { invitePage, type InviteFault, type Language } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { plainLine } from '../http/fields.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';

const form = z.object({
  name: z.string().max(1000).default(''),
  password: z.string().max(1024).default(''),
  terms: z.string().max(20).default(''),
});
type Form = z.output<typeof form>;
const token = z.string().max(128);
const statedName = plainLine(120);

/** The page behind the link of an invitation: fetching it changes nothing, its form makes the account. */
@ApiExcludeController()
@Controller('invite')
export class InviteController {
  constructor(
    private readonly acceptance: Acceptance,
    private readonly installation: Installation,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get(':token')
  @For('named')
  async look(
    @Param('token', { schema: token }) bearerToken: string,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(call);
    const opened = await this.acceptance.look(bearerToken, language);
    if (!opened) return this.say(reply, 404, language, 'unknown');
    await this.ask(reply, 200, language, opened, []);
  }

  @Post(':token')
  @For('named')
  async accept(
    @Param('token', { schema: token }) bearerToken: string,
    @Body({ schema: form }) input: Form,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(call);
    const opened = await this.acceptance.look(bearerToken, language);
    if (!opened) return this.say(reply, 404, language, 'unknown');
    const name = input.name.trim();
    const wanted = {
      name: statedName.safeParse(name).success ? name : '',
      password: input.password,
      terms: input.terms === 'accepted',
    };
    const faults = this.acceptance.faults(wanted, opened.email);
    if (faults.length > 0) return this.ask(reply, 422, language, opened, faults, wanted.name);
    const outcome = await this.acceptance.accept(bearerToken, opened.email, wanted);
    await this.say(reply, { done: 201, taken: 409, unknown: 404 }[outcome], language, outcome);
  }

  private async ask(
    reply: FastifyReply,
    status: number,
    language: Language,
    { facts: invitation, email }: OpenInvitation,
    faults: readonly InviteFault[],
    name = '',
  ): Promise<void> {
    const frame = await this.frame(language);
    sendPage(reply, status, (nonce) =>
      invitePage({ ...frame, nonce, state: 'open', invitation, email, leastPassword, faults, name }),
    );
  }

  private async say(
    reply: FastifyReply,
    status: number,
    language: Language,
    state: 'unknown' | 'taken' | 'done',
  ): Promise<void> {
    const frame = await this.frame(language);
    sendPage(reply, status, (nonce) => invitePage({ ...frame, nonce, state }));
  }

  private async frame(language: Language) {
    return { language, instance: (await this.installation.kind()) ?? 'real', publicUrl: this.publicUrl };
  }
}
