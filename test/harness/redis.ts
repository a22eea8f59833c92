import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { freePort, waitUntil } from './waiting.js';

/** A Redis server of the test's own, to be stopped, killed, emptied and started again on the same port. */
export class TestRedis {
  private server: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await freePort());
    await redis.start();
    return redis;
  }

  /** A server whose port is known but which does not run yet. */
  static async planned(): Promise<TestRedis> {
    return new TestRedis(await freePort());
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.server = spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], {
      stdio: 'ignore',
    });
    await waitUntil('redis answers', () => accepts(this.port));
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  async flush(): Promise<void> {
    const client = new Redis(this.url, { maxRetriesPerRequest: 1 });
    client.on('error', () => undefined);
    await client.flushall();
    client.disconnect();
  }

  /** Everything that is in it, as text. */
  async dump(): Promise<string> {
    const client = new Redis(this.url, { maxRetriesPerRequest: 1 });
    try {
      const keys = await client.keys('*');
      const values = await Promise.all(
        keys.map(async (key) =>
          (await client.type(key)) === 'hash' ? JSON.stringify(await client.hgetall(key)) : key,
        ),
      );
      return [...keys, ...values].join('\n');
    } finally {
      client.disconnect();
    }
  }
}

const accepts = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
