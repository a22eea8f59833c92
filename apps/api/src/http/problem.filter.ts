import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable, Problem, type Logger, type ProblemCode } from '#libs/runtime';
import { problemPage, type PageProblem } from '#libs/wording';
import { headersOf } from './headers.js';
import type { Installation } from './installation.service.js';
import { asksForPage, languageOf, sendPage } from './page.js';

const byStatus: Record<number, [ProblemCode, string]> = {
  400: ['malformed-body', 'The call cannot be read.'],
  403: ['forbidden', 'This is not allowed.'],
  404: ['not-found', 'There is nothing at this address.'],
  413: ['body-too-large', 'The body may have at most 1 MiB.'],
  429: ['too-many-calls', 'Too many calls. Wait, then repeat the call.'],
  415: ['unsupported-media-type', 'Send application/json.'],
  503: ['unavailable', 'The service is starting or stopping. Repeat the call.'],
};

/** Any error as the problem that is answered; what is not ours to tell becomes `internal` and goes to the log. */
function asProblem(error: unknown, logger: Pick<Logger, 'error'>): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error))
    return new Problem('unavailable', 'The database does not answer at the moment. Repeat the call.', {
      retryAfter: 2,
    });
  if (codeOf(error) === 'FST_ERR_BAD_URL')
    return new Problem('malformed-address', 'The address holds a percent sign that begins no character.');
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  const known =
    status === undefined ? undefined : (byStatus[status] ?? (status < 500 ? byStatus[400] : undefined));
  if (known) return new Problem(known[0], known[1]);
  logger.error({ reason: describe(error) }, 'an unexpected error');
  return new Problem('internal', 'This should not have happened. It has been noted.');
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Name, code and place of an error; never its parameters, which may be content. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place =
    error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim())
      .join(' < ') ?? '';
  return `${error.name} ${codeOf(error)}: ${error.message.split('\n')[0]?.slice(0, 200)} ${place}`;
}

/** Answers every error: as RFC 9457 `application/problem+json`, or where people read, as a page. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly installation: Pick<Installation, 'lastKnown'>,
    private readonly publicUrl: string,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for calls that fail before Nest knows their route. */
  answer(error: unknown, call: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    // What is still on its way of the body is not read by anyone else.
    call.raw.resume();
    const problem = asProblem(error, this.logger);
    const { retryAfter } = problem.extra;
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    // Here too: an address that cannot be read is answered before any hook runs.
    void reply.headers(headersOf(this.publicUrl));
    if (asksForPage(call)) return this.showPage(problem, call, reply);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem.toDocument()));
  }

  private showPage(problem: Problem, call: FastifyRequest, reply: FastifyReply): void {
    const frame = {
      language: languageOf(call),
      instance: this.installation.lastKnown,
      publicUrl: this.publicUrl,
    };
    sendPage(reply, problem.status, (nonce) => problemPage({ ...frame, nonce }, pageProblem(problem.status)));
  }
}

function pageProblem(status: number): PageProblem {
  if (status >= 500) return 'failed';
  if (status === 429) return 'tooMany';
  if (status === 401) return 'signIn';
  return status === 404 ? 'notFound' : 'invalid';
}
