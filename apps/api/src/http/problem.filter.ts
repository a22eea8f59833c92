import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable, Problem, type Logger, type ProblemCode } from '#libs/runtime';

const byStatus: Record<number, [ProblemCode, string]> = {
  400: ['malformed-body', 'The call cannot be read.'],
  403: ['forbidden', 'This is not allowed.'],
  404: ['not-found', 'There is nothing at this address.'],
  413: ['body-too-large', 'The body may have at most 1 MiB.'],
  415: ['unsupported-media-type', 'Send application/json.'],
  503: ['unavailable', 'The service is starting or stopping. Repeat the call.'],
};

/** Any error as the problem that is answered; what is not ours to tell becomes `internal` and goes to the log. */
export function asProblem(error: unknown, logger: Pick<Logger, 'error'>): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error))
    return new Problem('unavailable', 'The database does not answer at the moment. Repeat the call.', { retryAfter: 2 });
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  const known = status === undefined ? undefined : (byStatus[status] ?? (status < 500 ? byStatus[400] : undefined));
  if (known) return new Problem(known[0], known[1]);
  logger.error({ reason: describe(error) }, 'an unexpected error');
  return new Problem('internal', 'This should not have happened. It has been noted.');
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;

/** Name, code and place of an error; never its parameters, which may be content. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const place = error.stack?.split('\n').slice(1, 6).map((line) => line.trim()).join(' < ') ?? '';
  return `${error.name}${code}: ${error.message.split('\n')[0]?.slice(0, 200)} ${place}`;
}

/** Answers a problem as RFC 9457 `application/problem+json`. */
export function answerProblem(problem: Problem, reply: FastifyReply): void {
  const { retryAfter } = problem.extra;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toDocument()));
}

@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const call = http.getRequest<FastifyRequest>();
    // Bodies that cannot be parsed fail before the route is known to Nest.
    call.raw.resume();
    answerProblem(asProblem(error, this.logger), reply);
  }
}
