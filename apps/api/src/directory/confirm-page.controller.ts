import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConfirmationLinks, saidWrong, type OpenedConfirmation } from '#libs/directory';
import { confirmationPage, type ConfirmationView, type Language, type PageFrame } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { plainText } from '../http/fields.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';

const form = z.object({
  act: z.string().max(20).default(''),
  version: z.string().max(10).default(''),
  what: z.string().max(40).default(''),
  text: z.string().max(4000).default(''),
});
type Form = z.output<typeof form>;
const token = z.string().max(128);
const what = z.enum(saidWrong);
const words = plainText(500);

/** What is to be shown beside the frame that every page has. */
type Shown = ConfirmationView extends infer View
  ? View extends PageFrame
    ? Omit<View, keyof PageFrame>
    : never
  : never;

/** The page behind the link of a mail that asks to confirm an entry: one button. Fetching it changes nothing. */
@ApiExcludeController()
@Controller('confirm')
export class ConfirmPageController {
  constructor(
    private readonly links: ConfirmationLinks,
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
    const opened = await this.links.look(bearerToken, language);
    await this.show(reply, opened ? 200 : 404, language, shownOf(opened));
  }

  @Post(':token')
  @For('named')
  async act(
    @Param('token', { schema: token }) bearerToken: string,
    @Body({ schema: form }) input: Form,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(call);
    const opened = await this.links.look(bearerToken, language);
    if (opened?.state !== 'open') return this.show(reply, gone(opened), language, shownOf(opened));
    const done =
      input.act === 'report'
        ? await this.report(bearerToken, language, opened, input)
        : await this.confirm(bearerToken, language, opened, input);
    await this.show(reply, done.status, language, done.shown);
  }

  private async confirm(
    bearerToken: string,
    language: Language,
    opened: OpenedConfirmation,
    { act, version }: Form,
  ): Promise<{ status: number; shown: Shown }> {
    if (act !== 'confirm' || !/^\d{1,9}$/.test(version)) return { status: 422, shown: shownOf(opened) };
    const outcome = await this.links.confirm(bearerToken, Number(version));
    if (outcome === 'confirmed' || outcome === 'confirmed-stale')
      return { status: 200, shown: { state: 'done', stale: outcome === 'confirmed-stale' } };
    const again = await this.links.look(bearerToken, language);
    return { status: 409, shown: shownOf(again, outcome === 'changed' ? { fault: 'changed' } : {}) };
  }

  private async report(
    bearerToken: string,
    language: Language,
    opened: OpenedConfirmation,
    input: Form,
  ): Promise<{ status: number; shown: Shown }> {
    const chosen = what.safeParse(input.what);
    const wrote = input.text.trim();
    if (!chosen.success) return { status: 422, shown: shownOf(opened, { fault: 'what-missing', wrote }) };
    if (wrote !== '' && !words.safeParse(wrote).success)
      return { status: 422, shown: shownOf(opened, { fault: 'text-unfit', wrote }) };
    const said = { what: chosen.data, text: wrote === '' ? undefined : wrote, language };
    if (await this.links.report(bearerToken, said)) return { status: 200, shown: { state: 'reported' } };
    return { status: 410, shown: shownOf(await this.links.look(bearerToken, language)) };
  }

  private async show(reply: FastifyReply, status: number, language: Language, shown: Shown): Promise<void> {
    const instance = (await this.installation.kind()) ?? 'real';
    sendPage(reply, status, (nonce) =>
      confirmationPage({ language, instance, nonce, publicUrl: this.publicUrl, ...shown }),
    );
  }
}

const gone = (opened: OpenedConfirmation | undefined): number => {
  if (!opened) return 404;
  return opened.state === 'used' ? 200 : 410;
};

function shownOf(
  opened: OpenedConfirmation | undefined,
  more: { fault?: 'changed' | 'what-missing' | 'text-unfit'; wrote?: string } = {},
): Shown {
  if (!opened) return { state: 'unknown' };
  const { state, entry, version, usedAt, confirmedAt } = opened;
  if (state === 'open') return { state, entry, version, ...more };
  return state === 'used' && usedAt ? { state, at: usedAt, confirmedAt } : { state: 'over' };
}
