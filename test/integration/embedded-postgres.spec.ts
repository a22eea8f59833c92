import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { makeOwner } from '../../apps/standalone/src/embedded-postgres/database-owner.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../apps/standalone/src/embedded-postgres/embedded-postgres.js';

describe('the embedded database', () => {
  let dataDir: string;
  let server: EmbeddedPostgres | undefined;
  const said: string[] = [];
  const start = async (keepAlive = false) =>
    (server = await startEmbeddedPostgres({ dataDir, log: (line) => said.push(line), keepAlive }));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'aldis data folder '));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    said.length = 0;
  });
  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  const ask = async (url: string, sql: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ answer: unknown }>(sql);
      return rows[0]?.answer;
    } finally {
      await client.end();
    }
  };

  it('starts in an empty folder with a space in its name, and keeps what was committed', async () => {
    const first = await start();
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(await ask(second.superuserUrl, 'SELECT answer FROM kept')).toBe(42);
    expect((await stat(join(dataDir, 'database-superuser'))).mode & 0o777).toBe(0o600);
  });

  it('keeps commits on disk and speaks UTF-8, UTC and the built-in collation', async () => {
    const { superuserUrl } = await start();
    const settings = await ask(
      superuserUrl,
      `SELECT jsonb_object_agg(name, setting) AS answer FROM pg_settings WHERE name IN
        ('fsync', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'server_encoding', 'data_checksums')`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
      data_checksums: 'on',
    });
    expect(await ask(superuserUrl, `SELECT lower('ÀÉЖ') AS answer`)).toBe('àéж');
  });

  it('makes one database with an owner who is no superuser, and keeps its passwords', async () => {
    const running = await start();
    const urls = await makeOwner(running, dataDir);
    expect(await makeOwner(running, dataDir)).toEqual(urls);
    const rights = await ask(
      urls.owner,
      `SELECT jsonb_build_array(current_user, current_database(), rolsuper, rolcreaterole, rolbypassrls) AS answer
        FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rights).toEqual(['aldis_owner', 'aldis', false, true, false]);
    expect((await stat(join(dataDir, 'database-passwords.json'))).mode & 0o777).toBe(0o600);
  });

  it('writes no value that a client sent into its log', async () => {
    const { superuserUrl } = await start();
    const quoted = `SELECT 'secret-in-a-statement'::int AS answer`;
    await expect(ask(superuserUrl, quoted)).rejects.toThrow('secret-in-a-statement');
    const log = await readFile(join(dataDir, 'logs', 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('secret-in-a-statement');
  });

  it('starts after the server was killed', async () => {
    const killed = await start();
    await ask(killed.superuserUrl, 'CREATE TABLE before_the_kill AS SELECT 1 AS answer');
    process.kill(killed.pid ?? 0, 'SIGKILL');
    const { superuserUrl } = await start();
    expect(await ask(superuserUrl, 'SELECT answer FROM before_the_kill')).toBe(1);
  });

  it('starts while the server of an earlier start still runs, after stopping that one', async () => {
    const left = await start();
    await ask(left.superuserUrl, 'CREATE TABLE left_behind AS SELECT 2 AS answer');
    const { superuserUrl, pid } = await start();
    expect(pid).not.toBe(left.pid);
    expect(said).toEqual([expect.stringContaining('still running')]);
    expect(await ask(superuserUrl, 'SELECT answer FROM left_behind')).toBe(2);
  });

  it('is not fooled by a lock whose process id now belongs to another program', async () => {
    await (await start()).stop();
    const other: ChildProcess = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {
      stdio: 'ignore',
      ...(process.getuid?.() === 0 ? ownerOf(await stat(join(dataDir, 'postgres'))) : {}),
    });
    await writeFile(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${other.pid}\n${join(dataDir, 'postgres')}\n`,
    );
    const { superuserUrl } = await start();
    expect(await ask(superuserUrl, 'SELECT 3 AS answer')).toBe(3);
    expect(other.exitCode).toBeNull();
    other.kill('SIGKILL');
    await once(other, 'exit');
  });

  it('is revived on the same port when it is asked to stay alive', async () => {
    const running = await start(true);
    const killed = running.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    for (let tries = 0; tries < 100 && (running.pid === killed || !(await answers(running))); tries++)
      await wait(100);
    expect(running.pid).not.toBe(killed);
    expect(await ask(running.superuserUrl, 'SELECT 4 AS answer')).toBe(4);
  });

  const answers = (running: EmbeddedPostgres): Promise<boolean> =>
    ask(running.superuserUrl, 'SELECT 1 AS answer').then(
      () => true,
      () => false,
    );
});

const ownerOf = ({ uid, gid }: { uid: number; gid: number }) => ({ uid, gid });
