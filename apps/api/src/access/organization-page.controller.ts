import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OrganizationSignIns, Sessions, type Finished } from '#libs/access';
import { Problem } from '#libs/runtime';
import {
  organizationPage,
  type OrganizationOutcome,
  type OrganizationView,
  type PageFrame,
} from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { sessionCookie } from '../http/caller.guard.js';
import { Installation } from '../http/installation.service.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';
import { away, awayCookie, back } from './organization-sign-ins.controller.js';
import { finishSignIn } from './organization.contract.js';

const returned = z.object({
  code: z.string().max(4096).optional(),
  state: z.string().max(128).optional(),
  iss: z.string().max(512).optional(),
});
type Returned = z.output<typeof returned>;
const id = z.string().max(128);
const form = z.object({});

/** By the code of a problem, what the page says of it; other problems are no outcome. */
const outcomes: Readonly<Record<string, OrganizationOutcome>> = {
  'not-found': 'unknown',
  'organization-refused': 'refused',
  'organization-unavailable': 'unavailable',
  conflict: 'refused',
};

/** The pages of signing in through an organization. Coming back from a provider changes nothing until the form is sent. */
@ApiExcludeController()
@Controller('organization-sign-in')
export class OrganizationPageController {
  constructor(
    private readonly signIns: OrganizationSignIns,
    private readonly sessions: Sessions,
    private readonly installation: Installation,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @For('public')
  async comeBack(
    @Query({ schema: returned }) query: Returned,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = finishSignIn.safeParse(fieldsOf(query));
    // Also where the provider says that it has refused.
    if (!read.success) return this.show(call, reply, 400, { state: 'refused' });
    const fields = fieldsOf(read.data);
    await this.show(call, reply, 200, { state: 'returned', fields }, fields);
  }

  @Post()
  @For('public')
  async finish(
    @Body({ schema: returned }) input: Returned,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = finishSignIn.safeParse(fieldsOf(input));
    if (!read.success) return this.show(call, reply, 400, { state: 'refused' });
    const [browser, session] = [call.cookies[awayCookie] ?? '', call.cookies[sessionCookie]];
    const done = await orOutcome(async () => {
      const bearer = session ? await this.sessions.caller(session) : undefined;
      return this.signIns.finish(read.data, browser, bearer, call.ip);
    });
    if ('outcome' in done) return this.show(call, reply, done.status, { state: done.outcome });
    back(reply, done);
    await this.show(call, reply, 200, { state: stateOf(done) });
  }

  @Get(':provider')
  @For('public')
  async offer(
    @Param('provider', { schema: id }) providerId: string,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = await this.nameOf(providerId);
    if (provider === undefined) return this.show(call, reply, 404, { state: 'unknown' });
    await this.show(call, reply, 200, { state: 'offer', provider });
  }

  @Post(':provider')
  @For('public')
  async begin(
    @Param('provider', { schema: id }) providerId: string,
    @Body({ schema: form }) _: object,
    @Req() call: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = await this.nameOf(providerId);
    if (provider === undefined) return this.show(call, reply, 404, { state: 'unknown' });
    const begun = await orOutcome(() => this.signIns.begin(providerId, 'sign-in', undefined));
    if ('outcome' in begun) return this.show(call, reply, begun.status, { state: begun.outcome });
    const { authorizationUrl } = away(reply, begun);
    await this.show(call, reply, 200, { state: 'leave', provider, authorizationUrl });
  }

  private async nameOf(providerId: string): Promise<string | undefined> {
    return z.uuid().safeParse(providerId).success ? this.signIns.nameOf(providerId) : undefined;
  }

  private async show(
    call: FastifyRequest,
    reply: FastifyReply,
    status: number,
    view: Shown,
    asked: Record<string, string> = {},
  ): Promise<void> {
    const instance = (await this.installation.kind()) ?? 'real';
    const frame = { language: languageOf(call), instance, publicUrl: this.publicUrl, asked };
    sendPage(reply, status, (nonce) => organizationPage({ ...frame, nonce, ...view }));
  }
}

type Shown = OrganizationView extends infer View
  ? View extends PageFrame
    ? Omit<View, keyof PageFrame>
    : never
  : never;

/** What is given of the fields of a form or an address. */
const fieldsOf = (given: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const stateOf = ({ purpose, opened }: Finished): OrganizationOutcome => {
  if (purpose === 'link') return 'linked';
  return purpose === 'step-up' ? 'stepped-up' : opened.next;
};

/** What is done, or what the page says in place of it. */
async function orOutcome<T extends object>(
  work: () => Promise<T>,
): Promise<T | { outcome: OrganizationOutcome; status: number }> {
  try {
    return await work();
  } catch (error) {
    const outcome = error instanceof Problem ? outcomes[error.code] : undefined;
    if (!(error instanceof Problem) || !outcome) throw error;
    return { outcome, status: error.status };
  }
}
