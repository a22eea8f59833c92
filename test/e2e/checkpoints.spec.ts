import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkpointHash, isSigned, type PublicKey, type SignedCheckpoint } from '#libs/ledger';
import { bareEnvironment } from '../harness/bare-environment.js';
import { Instance } from '../harness/instance.js';
import { waitUntil } from '../harness/waiting.js';

describe('the checkpoints of an instance', () => {
  let instance: Instance;
  let folder: string;
  const cli = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-checkpoints-'));
    instance = await Instance.start({ worker: false });
  });
  afterAll(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const get = async <T>(path: string) => {
    const { status, body } = await instance.anyone.get(`/api/v1/ledger${path}`);
    return { status, body: body as T };
  };
  const latest = () => get<SignedCheckpoint>('/checkpoints/latest');
  const page = async (query = '') =>
    (await get<{ items: SignedCheckpoint[]; next: number | null }>(`/checkpoints${query}`)).body;
  const keys = async () => (await get<{ keys: PublicKey[] }>('/key')).body.keys;
  /** A worker that begins anew asks at once whether a checkpoint is due. */
  const untilNumber = async (number: number) => {
    await instance.startWorker();
    await waitUntil(`checkpoint ${number}`, async () => (await latest()).body.checkpoint?.number === number);
    await instance.stopWorker();
  };
  const verify = (checkpoint: object, key: object) => {
    writeFileSync(join(folder, 'checkpoint.json'), JSON.stringify(checkpoint));
    writeFileSync(join(folder, 'key.json'), JSON.stringify(key));
    const files = ['--checkpoint', join(folder, 'checkpoint.json'), '--key', join(folder, 'key.json')];
    const { status, stderr } = spawnSync(process.execPath, [cli, 'verify', 'ledger', ...files], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...bareEnvironment, DATABASE_URL_LEDGER: instance.database.urls.ledger },
    });
    return { status, stderr };
  };

  it('are announced before there is one', async () => {
    expect((await latest()).status).toBe(404);
    expect(await page()).toEqual({ items: [], next: null });
  });

  it('are made at a fixed beat, whether or not anything happened, and follow each other', async () => {
    await untilNumber(1);
    await instance.forward(301_000);
    await untilNumber(2);
    await (await instance.officer('officer@xa.example')).files({ to: ['XB', 'XC'] });
    await instance.forward(301_000);
    await untilNumber(3);
    const { items } = await page();
    expect(items.map(({ checkpoint }) => checkpoint.number)).toEqual([3, 2, 1]);
    const [third, second, first] = items as [SignedCheckpoint, SignedCheckpoint, SignedCheckpoint];
    expect(first.checkpoint.previous).toBeNull();
    expect(second.checkpoint.previous).toBe(checkpointHash(first.checkpoint));
    expect(third.checkpoint.previous).toBe(checkpointHash(second.checkpoint));
  });

  it('come no sooner than the beat, however often workers begin anew', async () => {
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.stopWorker();
    expect((await latest()).body.checkpoint.number).toBe(3);
  });

  it('are signed with the published key', async () => {
    const published = await keys();
    const { items } = await page();
    expect(items.map((one) => isSigned(one, published))).toEqual([true, true, true]);
    expect(published.map((key) => 'd' in key)).toEqual([false]);
  });

  it('say nothing about how much there is: quiet times and busy ones have trees of the same size', async () => {
    const sizes = await instance.database.rows<{ size: number; places: number }>(
      `SELECT cardinality(leaves) AS size, (SELECT count(*)::int FROM checkpoint_places p WHERE p.checkpoint = c.number) AS places
       FROM checkpoints c ORDER BY number`,
    );
    expect(sizes.map(({ size }) => size)).toEqual([16, 16, 16]);
    expect(sizes[0]?.places).toBe(0);
    expect(sizes[2]?.places).toBeGreaterThan(2);
  });

  it('come in pages', async () => {
    const first = await page('?limit=2');
    expect([first.items.length, first.next]).toEqual([2, 2]);
    const second = await page('?limit=2&before=2');
    expect([second.items.map(({ checkpoint }) => checkpoint.number), second.next]).toEqual([[1], null]);
    expect((await get('/checkpoints?limit=0')).status).toBe(400);
    expect((await get('/checkpoints?before=x')).status).toBe(400);
  });

  it('let who kept one find out from the command line whether the record still is the same', async () => {
    const { body } = await latest();
    const published = { keys: await keys() };
    expect(verify(body, published)).toEqual({ status: 0, stderr: '' });
    const forged = { ...body, checkpoint: { ...body.checkpoint, number: 2 } };
    expect(verify(forged, published)).toMatchObject({
      ...{ status: 1, stderr: expect.stringContaining('is not signed by the given key') as string },
    });
    expect(verify({}, published).stderr).toContain('does not hold a checkpoint');
    await instance.database.rows('ALTER TABLE checkpoints DISABLE TRIGGER ALL');
    await instance.database.rows('ALTER TABLE checkpoint_places DISABLE TRIGGER ALL');
    await instance.database.rows('DELETE FROM checkpoint_places WHERE checkpoint = 3');
    await instance.database.rows('DELETE FROM checkpoints WHERE number = 3');
    expect(verify(body, published)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('In checkpoints, 3: it is not the checkpoint that was given') as string,
    });
  });
});
