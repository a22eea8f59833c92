import { Agent } from 'node:http';
import { samplePassword } from '#libs/directory';
import { ChildProcess } from '../harness/child-process.js';
import { TestRedis } from '../harness/redis.js';
import { settings, type BackEnd } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';
import { freePort, waitUntil } from '../harness/waiting.js';
import { post, type Call } from './clients.js';
import { CountingSink } from './counting-sink.js';
import { patience } from './sizes.js';

let calls = 0;

/** An api and a worker as they run in operation: processes of their own, on a database and a queue of their own. */
export class Installation {
  private constructor(
    readonly backEnd: BackEnd,
    readonly database: TestDatabase,
    readonly redis: TestRedis | undefined,
    readonly sink: CountingSink,
    readonly worker: ChildProcess,
    private readonly api: ChildProcess,
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async start(backEnd: BackEnd): Promise<Installation> {
    const database = await TestDatabase.create();
    const redis = backEnd === 'redis' ? await TestRedis.start() : undefined;
    const sink = await CountingSink.start();
    const port = await freePort();
    const env = {
      ...{
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        PORT: String(port),
        VAULT_KEY: settings.vaultKey,
        LEDGER_KEY: settings.ledgerKey,
      },
      ...{ DATABASE_URL_API: database.urls.api, DATABASE_URL_WORKER: database.urls.worker },
      ...{ RATE_LIMIT_PER_MINUTE: '10000000' },
      ...{ PUBLIC_URL: `http://localhost:${port}`, SMTP_URL: sink.url },
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    const [api, worker] = await Promise.all([
      ChildProcess.start('api', env),
      ChildProcess.start('worker', env),
    ]);
    const url = `http://127.0.0.1:${port}/api/v1`;
    const agent = new Agent();
    const who = { email: 'officer@xa.example', password: samplePassword };
    const { cookie } = await post(agent, { url: `${url}/sessions`, headers: {}, body: JSON.stringify(who) });
    return new Installation(backEnd, database, redis, sink, worker, api, url, cookie);
  }

  /** The call that files a request of five fields, as an officer of XA. */
  filing(to: readonly string[] = ['XB']): Call {
    return {
      url: `${this.url}/requests`,
      headers: { cookie: this.cookie, 'idempotency-key': `bench-${++calls}` },
      body: JSON.stringify({
        ...{ from: 'XA', to, urgency: 'U3', tlp: 'TLP:GREEN' },
        sentence: { text: 'We ask for help to stop ransomware spreading between hospitals.', language: 'en' },
      }),
    };
  }

  /** Waits until every notice is accepted and the sink has each. Raises when one is not. */
  async delivered(): Promise<void> {
    const done = async () => {
      const [row] = await this.database.rows<{ all: number; open: number; lost: number }>(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE settled_at IS NULL)::int AS open,
           count(*) FILTER (WHERE settled_at IS NOT NULL AND state <> 'accepted')::int AS lost FROM notices`,
      );
      if (!row || row.lost > 0) throw new Error(`${row?.lost} notices were not delivered`);
      return row.open === 0 && this.sink.taken >= row.all;
    };
    await waitUntil('every notice is settled and at the sink', done, patience);
  }

  /** What the processes complained about. */
  get complaints(): string {
    return `${this.api.output}${this.worker.output}`;
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), this.worker.stop()]);
    await this.sink.stop();
    await this.redis?.kill();
    await this.database.drop();
  }
}
