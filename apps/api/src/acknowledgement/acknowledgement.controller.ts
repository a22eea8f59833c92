import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AckTry } from '#libs/notifications';
import { Problem } from '#libs/runtime';
import { ackPage, readCode, type AckState, type Language, type Responsibility } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { onceOf } from '../http/caller.guard.js';
import { plainLine } from '../http/fields.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';
import { Acknowledgements, type Opened } from './acknowledgements.service.js';

const form = z.object({
  act: z.string().max(20).default(''),
  name: z.string().max(1000).default(''),
  code: z.string().max(1000).default(''),
});
type Form = z.output<typeof form>;
const token = z.string().max(128);
const statedName = plainLine(120);

type Missing = 'name' | 'code';

/**
 * The page behind the link in a mail: works without scripts, on a phone, and changes nothing when it is fetched. That
 * it was fetched is recorded: the mail has arrived. Whoever is no longer responsible says so there, and acknowledges nothing by it.
 */
@ApiExcludeController()
@Controller('ack')
export class AcknowledgementController {
  constructor(
    private readonly acknowledgements: Acknowledgements,
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
    const opened = await this.acknowledgements.look(bearerToken, language);
    await this.show(reply, opened ? 200 : 404, language, opened, opened && stateOf(opened));
    // After the answer: it appends to the record, and nothing that the page shows depends on it. A HEAD fetches nothing.
    if (opened && call.method !== 'HEAD') await this.acknowledgements.fetched(bearerToken);
  }

  @Post(':token')
  @For('named')
  async acknowledge(
    @Param('token', { schema: token }) bearerToken: string,
    @Body({ schema: form }) input: Form,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(call);
    const opened = await this.acknowledgements.look(bearerToken, language);
    if (!opened) return this.show(reply, 404, language, undefined, undefined);
    const before = stateOf(opened);
    if (input.act === 'not-responsible' && isWaiting(before))
      return this.notResponsible(bearerToken, opened, language, reply);
    if (before.state !== 'open')
      return this.show(reply, before.state === 'already-acknowledged' ? 200 : 410, language, opened, before);
    const name = input.name.trim();
    const code = readCode(input.code);
    const missing: Missing[] = [
      ...(statedName.safeParse(name).success ? [] : ['name' as const]),
      ...(/^\d{6}$/.test(code) ? [] : ['code' as const]),
    ];
    const open = { state: 'open', expiresAt: opened.link.expiresAt, name } as const;
    if (missing.length > 0) return this.show(reply, 422, language, opened, { ...open, missing });
    const tried = await this.acknowledgements.tryCode(bearerToken, code);
    if (tried.outcome !== 'right') return this.show(reply, 422, language, opened, refusedState(tried, name));
    const done = await this.finish(bearerToken, tried.link, name, language, call);
    await this.show(reply, done.status, language, done.opened, done.state);
  }

  /** The request waits on, and the page says so. */
  private async notResponsible(
    bearerToken: string,
    { link }: Opened,
    language: Language,
    reply: FastifyReply,
  ): Promise<void> {
    await this.acknowledgements.notResponsible(bearerToken, link);
    const opened = await this.acknowledgements.look(bearerToken, language);
    await this.show(reply, 200, language, opened, opened && stateOf(opened));
  }

  private async finish(
    bearerToken: string,
    link: Opened['link'],
    name: string,
    language: Language,
    call: FastifyRequest,
  ): Promise<{ status: number; opened: Opened | undefined; state: AckState | undefined }> {
    const mine = await this.acknowledgements.acknowledge(link, name, language, onceOf(call)).then(
      () => true,
      (error: unknown) => {
        // Somebody else was first, or it was withdrawn meanwhile: the page says which.
        if (error instanceof Problem && error.code === 'act-not-possible') return false;
        throw error;
      },
    );
    const opened = await this.acknowledgements.look(bearerToken, language);
    const state = opened && stateOf(opened);
    return {
      status: mine || state?.state === 'already-acknowledged' ? 200 : 410,
      opened,
      state:
        mine && state?.state === 'already-acknowledged' ? { ...state, state: 'just-acknowledged' } : state,
    };
  }

  private async show(
    reply: FastifyReply,
    status: number,
    language: Language,
    opened: Opened | undefined,
    state: AckState | undefined,
  ): Promise<void> {
    const instance = opened?.instance ?? (await this.installation.kind()) ?? 'real';
    sendPage(reply, status, (nonce) => {
      const frame = { language, instance, nonce, publicUrl: this.publicUrl };
      return opened && state
        ? ackPage({
            ...{ ...frame, ...state, request: opened.request },
            responsibility: isWaiting(state) ? responsibilityOf(opened) : undefined,
          })
        : ackPage({ ...frame, state: 'unknown' });
    });
  }
}

/** Whether the link still stands for a request that nobody has acknowledged. */
const isWaiting = ({ state }: AckState): boolean =>
  state === 'open' || state === 'wrong-code' || state === 'locked';

const responsibilityOf = ({ link: { reportedAt } }: Opened): Responsibility =>
  reportedAt ? { reportedAt } : 'offered';

/** What the page of a link shows before anything is tried. */
function stateOf({ link, line, expired }: Opened): AckState {
  if (line.withdrawnAt) return { state: 'withdrawn', withdrawnAt: new Date(line.withdrawnAt) };
  if (line.acknowledgedAt) {
    const { name, selfStated } = line.acknowledgedBy ?? {};
    return {
      state: 'already-acknowledged',
      acknowledgedAt: new Date(line.acknowledgedAt),
      selfStated: selfStated ?? false,
      ...(name ? { byName: name } : {}),
    };
  }
  if (expired) return { state: 'expired', expiredAt: link.expiresAt };
  return link.triesLeft === 0 ? { state: 'locked' } : { state: 'open', expiresAt: link.expiresAt };
}

function refusedState(tried: Exclude<AckTry, { outcome: 'right' }>, name: string): AckState {
  if (tried.outcome === 'wrong')
    return { state: 'wrong-code', triesLeft: tried.link.triesLeft, expiresAt: tried.link.expiresAt, name };
  if (tried.outcome === 'expired') return { state: 'expired', expiredAt: tried.link.expiresAt };
  return { state: 'locked' };
}
