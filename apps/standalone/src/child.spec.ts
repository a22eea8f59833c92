import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clock } from '#libs/runtime';
import { Child } from './child.js';
import { processFacts } from './processes.js';

describe('a kept process', () => {
  let folder: string;
  let child: Child | undefined;
  const said: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aldis child '));
    said.length = 0;
  });
  afterEach(async () => {
    child?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const prepare = async (program: string): Promise<Child> => {
    const script = join(folder, 'program.mjs');
    await writeFile(script, program);
    child = new Child({
      name: 'worker',
      script,
      env: { GREETING: 'hello' },
      logFile: join(folder, 'worker.log'),
      log: (line) => said.push(line),
      elapsed: clock.elapsed,
    });
    return child;
  };
  const serving = `console.log(process.env.GREETING, process.env.PATH);
    setInterval(() => {}, 1000); process.on('disconnect', () => process.exit());`;
  const until = async (condition: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 200 && !(await condition()); tries++) await wait(25);
  };

  it('is started when it says so, with the environment it was given and no other, and a log', async () => {
    await (await prepare(`${serving} process.send({ ready: true });`)).start();
    expect(await readFile(join(folder, 'worker.log'), 'utf8')).toBe('hello undefined\n');
  });

  it('fails with its last words when it ends before it is ready', async () => {
    const kept = await prepare(`console.error('no such table'); process.exit(7);`);
    await expect(kept.start()).rejects.toThrow(/The worker did not start.*worker\.log:\nno such table$/s);
    expect(said).toEqual([]);
  });

  it('is started again when it dies, and one line says so', async () => {
    const kept = await prepare(`${serving} process.send({ ready: true });`);
    await kept.start();
    const killed = kept.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    await until(() => kept.pid !== killed);
    expect(kept.pid).not.toBe(killed);
    expect(said).toEqual(['the worker ended (SIGKILL): starting it again in 0.5 s']);
  });

  it('is killed when it does not end in time, and stays ended', async () => {
    const kept = await prepare(`${serving} process.on('SIGTERM', () => {}); process.send({ ready: true });`);
    await kept.start();
    const pid = kept.pid ?? 0;
    await kept.stop(200);
    expect(said).toEqual(['the worker did not end within 0.2 s: killing it']);
    expect(await processFacts(pid)).toBeUndefined();
    expect(kept.pid).toBe(pid);
  });
});
