import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { samplePassword } from '#libs/directory';
import { environment, type OutgoingCalls } from '#libs/runtime';
import { createApi } from '../../apps/api/src/create-api.js';
import { startWorker, type Worker } from '../../apps/worker/src/worker.js';
import { Officer } from './officer.js';
import { TestRedis } from './redis.js';
import { settings, type BackEnd } from './settings.js';
import { SmtpSink } from './smtp-sink.js';
import { TestDatabase } from './test-database.js';
import { freePort } from './waiting.js';

export interface InstanceOptions {
  queue?: BackEnd;
  /** Leave the worker out, to start it later or as a process of its own. */
  worker?: boolean;
  /** A far end of mail that does not run yet. */
  deadMail?: boolean;
  /** A Redis that does not run yet. */
  deadRedis?: boolean;
  logLevel?: string;
  /** Instead of a sample world: a database that was made before. */
  database?: TestDatabase;
  /** Variables of api and worker that differ from a test's usual ones. */
  env?: Record<string, string>;
  /** The far end of webhooks and gateways. */
  outgoing?: Pick<OutgoingCalls, 'fetch'>;
}

/** A whole instance in this process, on a database of its own, with its mail in the test's hands. */
export class Instance {
  worker: Worker | undefined;

  private constructor(
    readonly database: TestDatabase,
    readonly sink: SmtpSink,
    readonly redis: TestRedis | undefined,
    readonly api: NestFastifyApplication,
    readonly env: Record<string, string>,
    private readonly outgoing: InstanceOptions['outgoing'],
  ) {}

  static async start(options: InstanceOptions = {}): Promise<Instance> {
    const database = options.database ?? (await TestDatabase.create());
    const sink = options.deadMail ? await SmtpSink.planned() : await SmtpSink.start();
    const redis =
      options.queue === 'redis'
        ? await (options.deadRedis ? TestRedis.planned() : TestRedis.start())
        : undefined;
    const usual = await variables(database, sink, redis, options.logLevel ?? 'silent');
    const env = { ...usual, ...options.env };
    const api = await createApi(environment.api(env));
    await api.listen(Number(env.PORT), '127.0.0.1');
    const instance = new Instance(database, sink, redis, api, env, options.outgoing);
    if (options.worker ?? true) await instance.startWorker();
    return instance;
  }

  get url(): string {
    return `http://localhost:${this.env.PORT}`;
  }

  /** An HTTP client that nobody has signed in with. */
  get anyone() {
    return supertest(this.url);
  }

  async startWorker(): Promise<void> {
    this.worker = await startWorker(environment.worker(this.env), this.outgoing);
  }

  async stopWorker(): Promise<void> {
    await this.worker?.close();
    this.worker = undefined;
  }

  /** An officer of the sample world, signed in. */
  async officer(email: string): Promise<Officer> {
    return Officer.signIn(this.url, email, samplePassword);
  }

  /** Lets time pass. */
  async forward(milliseconds: number): Promise<void> {
    await this.database.forward(milliseconds);
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await this.api.close();
    await this.sink.stop();
    await this.redis?.kill();
    await this.database.drop();
  }
}

async function variables(
  database: TestDatabase,
  sink: SmtpSink,
  redis: TestRedis | undefined,
  logLevel: string,
): Promise<Record<string, string>> {
  return {
    NODE_ENV: 'test',
    // Tests call from one address, and as fast as they can.
    RATE_LIMIT_PER_MINUTE: '1000000',
    SECURITY_CONTACT: 'mailto:security@aldis.example',
    LOG_LEVEL: logLevel,
    PORT: String(await freePort()),
    DATABASE_URL_API: database.urls.api,
    DATABASE_URL_WORKER: database.urls.worker,
    SMTP_URL: sink.url,
    VAULT_KEY: settings.vaultKey,
    LEDGER_KEY: settings.ledgerKey,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
}
