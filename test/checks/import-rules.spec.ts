import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const config = join(root, '.dependency-cruiser.js');
const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
    totalDependenciesCruised: z.number(),
  }),
});
const written = z.object({
  order: z.array(z.string()),
  default: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
});
type Tree = Readonly<Record<string, string>>;

const empty = 'export {};\n';
const take = (...names: string[]): string => names.map((name) => `import '${name}';\n`).join('');
const { order, default: rules } = written.parse(await import(pathToFileURL(config).href));
const indexes = Object.fromEntries(order.map((name) => [`libs/${name}/src/index.ts`, empty]));

/** What each rule refuses, as the file that breaks it (the first one) and what that file needs beside it. */
const violations: Readonly<Record<string, Tree>> = {
  ...Object.fromEntries(
    order
      .slice(1)
      .map((name, index) => [
        `${name}-looks-down`,
        { [`libs/${name}/src/upward.ts`]: take(`#libs/${order[index]}`) },
      ]),
  ),
  'lib-has-its-place': { 'libs/gossip/src/index.ts': take('#libs/runtime') },
  'no-cycle': {
    'libs/parties/src/hen.ts': `import { egg } from './egg.js';\nexport const hen = egg;\n`,
    'libs/parties/src/egg.ts': `import { hen } from './hen.js';\nexport const egg = hen;\n`,
  },
  'everything-is-found': { 'libs/parties/src/lost.ts': take('./nowhere.js') },
  'libs-know-no-app': {
    'libs/parties/src/proud.ts': take('../../../apps/api/src/offer.js'),
    'apps/api/src/offer.ts': empty,
  },
  'apps-stand-alone': {
    'apps/worker/src/nosy.ts': take('../../api/src/part.js'),
    'apps/api/src/part.ts': empty,
  },
  'nothing-imports-tests': {
    'apps/api/src/cheat.ts': take('../../../test/story.js'),
    'test/story.ts': empty,
  },
  'lib-by-its-name': {
    'apps/api/src/burglar.ts': take('../../../libs/parties/src/inner.js'),
    'libs/parties/src/inner.ts': empty,
  },
  'lib-by-its-name-in-libs': { 'libs/access/src/burglar.ts': take('../../parties/src/index.js') },
  'pure-knows-no-framework': { 'libs/parties/src/framed.ts': take('@nestjs/common') },
  'pure-does-no-io': { 'libs/parties/src/leaky.ts': take('node:fs/promises') },
  'pure-stays-pure': {
    'libs/parties/src/mixed.ts': `import { kept } from './kept.service.js';\nexport const mixed = kept;\n`,
    'libs/parties/src/kept.service.ts': 'export const kept = 1;\n',
  },
  'typeorm-in-its-place': { 'libs/parties/src/rows.channel.ts': take('typeorm') },
  'queue-and-driver-in-runtime': { 'libs/parties/src/queue.service.ts': take('bullmq') },
  'http-in-apps': { 'libs/parties/src/served.service.ts': take('fastify') },
};

const innocent: Tree = {
  ...indexes,
  'libs/requests/src/lifecycle.ts': `${take('node:crypto', '#libs/parties', '#libs/runtime')}import type { Rows } from './rows.service.js';\nexport type Kept = Rows;\n`,
  'libs/requests/src/rows.service.ts': `${take('typeorm', '@nestjs/common')}export type Rows = string;\n`,
  'libs/requests/src/lifecycle.spec.ts': take('./lifecycle.js', 'node:fs'),
  'libs/notifications/src/mail.channel.ts': take('nodemailer', 'node:net'),
  'libs/runtime/src/queue.ts': take('bullmq', 'pg', 'typeorm', 'node:fs'),
  'apps/api/src/main.ts': take('#libs/requests', '@nestjs/platform-fastify', 'node:http'),
  'test/e2e/story.spec.ts': take('../../apps/api/src/main.js', '#libs/requests'),
};

describe('the import rules', () => {
  const folders: string[] = [];
  const plant = async (tree: Tree): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'aldis-imports-'));
    folders.push(folder);
    for (const part of ['apps', 'libs', 'migrations', 'test']) await mkdir(join(folder, part));
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { type, imports } = z
      .object({ type: z.string(), imports: z.unknown() })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'planted', type, imports }));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return folder;
  };
  const cruise = async (folder: string) => {
    const program = join(root, 'node_modules/.bin/depcruise');
    const args = [program, '--config', config, '--output-type', 'json', 'apps', 'libs', 'migrations', 'test'];
    const output = await new Promise<string>((answer) =>
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26, env: {} }, (_, stdout) =>
        answer(stdout),
      ),
    );
    return report.parse(JSON.parse(output)).summary;
  };
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  it('refuse nothing in a tree that keeps them', async () => {
    const { violations: found, totalDependenciesCruised } = await cruise(await plant(innocent));
    expect(found).toEqual([]);
    expect(totalDependenciesCruised).toBeGreaterThan(15);
  });

  it('are each proven here', () => {
    expect(rules.forbidden.map(({ name }) => name)).toEqual(Object.keys(violations));
  });

  it('each refuse the file that breaks them, and no other rule does', async () => {
    const planted = Object.assign({}, innocent, ...Object.values(violations)) as Tree;
    const { violations: found } = await cruise(await plant(planted));
    // Whichever of the two is met first closes the circle.
    const seen = new Set(
      found.map(({ rule, from }) => `${rule.name}: ${from.replace(/egg\.ts$/, 'hen.ts')}`),
    );
    const expected = Object.entries(violations).map(([name, tree]) => `${name}: ${Object.keys(tree)[0]}`);
    expect([...seen].sort()).toEqual(expected.sort());
  });
});
