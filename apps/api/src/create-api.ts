import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { entities, wireRequests } from '#libs/requests';
import { createDatabase, createLogger, Doorbell, nestLogger, UnitOfWork, type ApiEnvironment } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { ApiModule } from './api.module.js';
import { bodyLimit, prepareServer } from './http/server.js';
import { serveDocs } from './openapi.js';

/** The api, ready to listen. `connect: false` makes it for its OpenAPI document alone, without a database. */
export async function createApi(env: ApiEnvironment, { connect = true } = {}): Promise<NestFastifyApplication> {
  const logger = createLogger('api', env.LOG_LEVEL);
  const database = createDatabase({ url: env.DATABASE_URL_API, application: 'aldis-api', entities });
  const units = new UnitOfWork(database);
  const doorbell = new Doorbell({
    ...{ redisUrl: env.REDIS_URL, databaseUrl: env.DATABASE_URL_API, logger },
  });
  const wired = wireRequests({ units, vault: new Vault(LocalKeys.fromEnvironment(env)), doorbell, publicUrl: env.PUBLIC_URL });
  const parts = { wired, units, logger, publicUrl: env.PUBLIC_URL, mailbox: env.MAILBOX_URL !== undefined };
  const adapter = new FastifyAdapter({ bodyLimit, routerOptions: { maxParamLength: 128 }, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(parts), adapter, {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.setGlobalPrefix('api/v1', { exclude: ['/', 'ack/*path'] });
  await prepareServer(adapter.getInstance(), env, logger);
  serveDocs(app);
  app.enableShutdownHooks();
  if (connect) await database.initialize();
  adapter.getInstance().addHook('onClose', async () => {
    await doorbell.close();
    if (database.isInitialized) await database.destroy();
  });
  return app;
}
