import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Receipts } from '#libs/ledger';
import { entities, wireRequests } from '#libs/requests';
import {
  connectServing,
  createDatabase,
  createLogger,
  Doorbell,
  nestLogger,
  outgoingCalls,
  UnitOfWork,
  type ApiEnvironment,
} from '#libs/runtime';
import { ownCatalogue } from '#libs/templates';
import { LocalKeys, SigningKeys, Vault } from '#libs/vault';
import { DocumentPdf } from '#libs/wording';
import { ApiModule } from './api.module.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Installation } from './http/installation.service.js';
import { bodyLimit } from './http/read-bodies.js';
import { prepareServer } from './http/server.js';
import { answerUnreadable } from './http/unreadable-call.js';
import { serveDocs } from './openapi.js';
import { pagePaths } from './pages/page-paths.js';

/** The api, ready to listen. `connect: false` makes it for its OpenAPI document alone, without a database. */
export async function createApi(
  env: ApiEnvironment,
  { connect = true } = {},
): Promise<NestFastifyApplication> {
  // Nothing starts on a template with a fault.
  ownCatalogue();
  const logger = createLogger('api', env.LOG_LEVEL);
  const database = createDatabase({ url: env.DATABASE_URL_API, application: 'aldis-api', entities });
  const units = new UnitOfWork(database);
  const doorbell = new Doorbell({
    ...{ redisUrl: env.REDIS_URL, databaseUrl: env.DATABASE_URL_API, logger },
  });
  const vault = new Vault(LocalKeys.fromEnvironment(env));
  const signingKeys = SigningKeys.fromEnvironment(env);
  const wired = wireRequests({ units, vault, doorbell, publicUrl: env.PUBLIC_URL });
  const installation = new Installation(units, wired.parties);
  const problems = new ProblemFilter(logger, installation, env.PUBLIC_URL);
  const parts = {
    wired,
    units,
    installation,
    signingKeys,
    receipts: new Receipts(vault, signingKeys),
    vault,
    outgoing: outgoingCalls(env),
    problems,
    publicUrl: env.PUBLIC_URL,
    mailbox: env.MAILBOX_URL !== undefined,
    securityContact: env.SECURITY_CONTACT,
    logger,
  };
  const adapter = adapterFor(env, problems);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(parts), adapter, {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.setGlobalPrefix('api/v1', {
    exclude: [
      ...['/', 'ack/*path', 'confirm/*path', 'invite/*path', '.well-known/*path'],
      ...['organization-sign-in', 'organization-sign-in/*path', ...pagePaths],
    ],
  });
  await prepareServer(adapter.getInstance(), env, logger, problems);
  if (connect) await connectServing(database);
  serveDocs(app, connect && (await installation.kind()) === 'sample');
  app.enableShutdownHooks();
  adapter.getInstance().addHook('onClose', async () => {
    await app.get(DocumentPdf).close();
    await doorbell.close();
    if (database.isInitialized) await database.destroy();
  });
  return app;
}

const adapterFor = (env: ApiEnvironment, problems: ProblemFilter): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit,
    // Only who stands right before us may say for whom a call is made.
    ...(env.TRUSTED_PROXIES ? { trustProxy: env.TRUSTED_PROXIES } : {}),
    // A call that does not arrive whole in time is let go.
    requestTimeout: 30_000,
    // Longer than any address can be: the contracts say how long a parameter may be, and which one was too long.
    routerOptions: { maxParamLength: 16_384 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error: unknown, call: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, call, reply),
    clientErrorHandler: answerUnreadable,
  });
