import { createServer, type Server } from 'node:http';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataFolder, openDataFolder } from './data-folder.js';
import { processFacts } from './processes.js';

describe('the data folder', () => {
  let root: string;
  let folder: string;
  let server: Server | undefined;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'aldis-folder-'));
    folder = await openDataFolder(join(root, 'with space', '.aldis'));
  });
  afterEach(async () => {
    server?.close();
    await rm(root, { recursive: true, force: true });
  });

  const leaveNote = (note: object) => writeFile(join(folder, 'running.json'), JSON.stringify(note));
  const own = async () => ({
    pid: process.pid,
    startMark: (await processFacts(process.pid))?.startMark ?? '',
  });

  it('is made for its owner alone', async () => {
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o755);
    await openDataFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is not taken where other things lie', async () => {
    const foreign = join(root, 'documents');
    await mkdir(foreign, { mode: 0o755 });
    await writeFile(join(foreign, 'letter.txt'), '');
    await expect(openDataFolder(foreign)).rejects.toThrow(/holds other things/);
    expect(await readdir(foreign)).toEqual(['letter.txt']);
  });

  it('is claimed once, and free again after the release', async () => {
    const claim = await claimDataFolder(folder);
    await expect(claimDataFolder(folder)).rejects.toThrow(
      `Process ${process.pid} is using ${folder} already`,
    );
    await claim.release();
    await (await claimDataFolder(folder)).release();
    expect(await readdir(folder)).toEqual(['logs']);
  });

  it('is claimed by one of many who start at once', async () => {
    await leaveNote({ pid: 2 ** 22 + 1, startMark: '1', url: '', probe: '' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => claimDataFolder(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('says where the one who has it serves', async () => {
    server = createServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const probe = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/v1/health`;
    const claim = await claimDataFolder(folder);
    await claim.announce('http://localhost:3000/', probe);
    await expect(claimDataFolder(folder)).rejects.toThrow(
      `already running from ${folder}: open http://localhost:3000/ (process ${process.pid})`,
    );
  });

  it('is taken over from a process that is gone, from one whose id was given anew, and from a torn note', async () => {
    await leaveNote({ pid: 2 ** 22 + 1, startMark: '1', url: '', probe: '' });
    await claimDataFolder(folder);
    await leaveNote({ ...(await own()), startMark: 'an earlier process', url: '', probe: '' });
    await claimDataFolder(folder);
    await writeFile(join(folder, 'running.json'), '{"pid":');
    await claimDataFolder(folder);
    expect(JSON.parse(await readFile(join(folder, 'running.json'), 'utf8'))).toMatchObject(await own());
  });
});
