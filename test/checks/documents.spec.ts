import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { permissionTable } from '#libs/access';

const root = resolve(import.meta.dirname, '../..');
const skipped = /(^|\/)(node_modules|dist|coverage|demo-out|\.[a-z]+)\//;
const documents = globSync('**/*.md', { cwd: root, exclude: ['node_modules', 'dist'] }).filter(
  (path) => !skipped.test(`${path}/`),
);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** What stands outside code, where brackets are brackets. */
const prose = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

interface Link {
  document: string;
  target: string;
}

const links: Link[] = documents.flatMap((document) =>
  [...prose(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ document, target })),
);

const isLocal = ({ target }: Link): boolean => !/^[a-z]+:/.test(target);

const resolves = ({ document, target }: Link): boolean => {
  const [path = '', fragment] = target.split('#');
  const place = path === '' ? document : join(dirname(document), path);
  if (!existsSync(join(root, place))) return false;
  return fragment === undefined || headings(read(place)).includes(fragment);
};

const headings = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The numbered steps under one heading, each on one line. */
function steps(text: string, heading: string): string[] {
  const [, rest = ''] = text.split(`## ${heading}\n`);
  const [section = ''] = rest.split(/^## /m);
  return section
    .split(/^(?=\d+\. )/m)
    .flatMap((item) => (/^\d+\. /.test(item) ? [item.replace(/\s+/g, ' ')] : []));
}

/** Each word in backticks, with the file that was linked last before it: it must occur there. */
function namesIn(step: string): { path: string; name: string }[] {
  return step.split(/(?=\[[^\]]+\]\([^)]+\))/).flatMap((part) => {
    const path = /^\[[^\]]+\]\(([^)]+)\)/.exec(part)?.[1];
    if (path === undefined) return [];
    return [...part.matchAll(/`(\w+)`/g)].map(([, name = '']) => ({ path, name }));
  });
}

describe('the documents', () => {
  it('are there', () => {
    const wanted = [
      'README',
      'ARCHITECTURE',
      'DECISIONS',
      'CHANGELOG',
      'SECURITY',
      'SPECIFICATION',
      'CONTRIBUTING',
      'test/README',
    ];
    const pages = globSync(['apps/*', 'libs/*'], { cwd: root }).map((folder) => `${folder}/README`);
    expect(documents).toEqual(expect.arrayContaining([...wanted, ...pages].map((name) => `${name}.md`)));
    expect(read('LICENSE')).toMatch(/^\s+Apache License\n\s+Version 2\.0/);
  });

  it('link to what exists', () => {
    expect(links.filter(isLocal).length).toBeGreaterThan(80);
    expect(links.filter((link) => isLocal(link) && !resolves(link))).toEqual([]);
  });

  it('notice a link that leads nowhere', () => {
    const broken = ['nowhere.md', 'README.md#nowhere'].map((target) => ({
      document: 'CHANGELOG.md',
      target,
    }));
    expect(broken.filter(resolves)).toEqual([]);
    expect(resolves({ document: 'libs/vault/README.md', target: '../../README.md#start-it' })).toBe(true);
  });

  it('name npm scripts that exist', () => {
    const named = documents.flatMap((path) =>
      [...read(path).matchAll(/npm (?:run )?(?:-s )?(start|test|(?<=run )[a-z]+(?::[a-z]+)?)\b/g)].map(
        ([, script = '']) => ({ path, script }),
      ),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(({ script }) => !(script in manifest.scripts))).toEqual([]);
  });
});

describe('the README', () => {
  const readme = read('README.md');
  const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);

  it('fits on one screen', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(71);
  });

  it('has the two commands, each in a block of its own', () => {
    expect(blocks.slice(0, 2)).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  });

  it('names every lib and every app', () => {
    for (const folder of globSync(['libs/*', 'apps/*'], { cwd: root }))
      expect(readme).toContain(`(${folder}/README.md)`);
  });
});

describe('the page of access', () => {
  it('prints the permissions as the code has them', () => {
    const [, printed = ''] =
      /<!-- permissions[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of permissions -->/.exec(
        read('libs/access/README.md'),
      ) ?? [];
    expect(printed).toBe(permissionTable());
  });
});

describe('SECURITY', () => {
  const [, table = ''] = read('SECURITY.md').split('## OWASP ASVS 5.0\n');
  const rows = [...table.matchAll(/^\| V(\d+\.\d+) [^|]+\| ([a-z ]+?) *\| ([^|]+?) *\| ([^|]*?) *\|$/gm)].map(
    ([, section = '', state = '', where = '', tried = '']) => ({ section, state, where, tried }),
  );
  /** How many sections each of the 17 chapters of ASVS 5.0 has. */
  const sections = [5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3];

  it('speaks of every section of the standard, once and in order', () => {
    expect(rows.map(({ section }) => section)).toEqual(
      sections.flatMap((count, chapter) =>
        Array.from({ length: count }, (_, at) => `${chapter + 1}.${at + 1}`),
      ),
    );
  });

  it('says of each whether it is met, and where; what is met names what tries it', () => {
    for (const { section, state, where, tried } of rows) {
      expect(['met', 'in part', 'not met', 'does not apply']).toContain(state);
      expect([section, where.length > 10]).toEqual([section, true]);
      if (state === 'met') expect([section, tried]).toEqual([section, expect.stringMatching(/\.spec\.ts\)/)]);
      if (state === 'does not apply') expect([section, tried]).toEqual([section, '']);
    }
  });
});

describe('ARCHITECTURE', () => {
  const text = read('ARCHITECTURE.md');

  it.each([
    ['The life of a request', 8],
    ['The life of a notice', 8],
  ])('tells %s in steps that name files and what is in them', (heading, least) => {
    const told = steps(text, heading);
    expect(told.length).toBeGreaterThanOrEqual(least);
    for (const step of told) {
      const names = namesIn(step);
      expect([step, names.length > 0]).toEqual([step, true]);
      for (const { path, name } of names)
        expect([path, name, new RegExp(`\\b${name}\\b`).test(read(path))]).toEqual([path, name, true]);
    }
  });

  it('notices a name that is not in its file', () => {
    const [found] = namesIn('1. In [clock.ts](libs/runtime/src/clock.ts) `clock` and `alarm`.').slice(1);
    expect(found).toEqual({ path: 'libs/runtime/src/clock.ts', name: 'alarm' });
    expect(read('libs/runtime/src/clock.ts')).not.toMatch(/\balarm\b/);
  });

  it('gives the order of imports as it is checked', async () => {
    const config: unknown = await import(join(root, '.dependency-cruiser.js'));
    const { order } = config as { order: string[] };
    const existing = order.filter((name) => existsSync(join(root, 'libs', name)));
    expect(text).toContain(`\`${['apps', ...existing].join(' → ')}\``);
  });
});
