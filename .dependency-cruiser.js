/** The one order of the libs, highest first: each may import those to its right and nothing else of the project. */
export const order = [
  'drills',
  'requests',
  'templates',
  'directory',
  'access',
  'notifications',
  'timeliness',
  'ledger',
  'parties',
  'wording',
  'vault',
  'runtime',
];

const anyOf = (names) => `(?:${names.join('|')})`;
const lib = (names) => `^libs/${anyOf(names)}/`;
const packages = (names) => `(?:^|/)node_modules/${anyOf(names)}/`;
const spec = '\\.spec\\.ts$';
const roles = anyOf([
  'service',
  'queries',
  'entity',
  'module',
  'processor',
  'channel',
  'controller',
  'contract',
  'guard',
  'filter',
]);
const withRole = `\\.${roles}\\.ts$`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What a pure file may take from Node: computation only. Everything else of Node reaches outside the process. */
const pureNode = anyOf([
  'assert',
  'assert/strict',
  'buffer',
  'crypto',
  'path',
  'path/posix',
  'querystring',
  'string_decoder',
  'url',
  'util',
]);
const pureFile = { path: '^libs/[^/]+/src/', pathNot: [lib(['runtime', 'vault']), withRole, spec] };

const looksDown = order
  .slice(1)
  .map((name, index) =>
    rule(
      `${name}-looks-down`,
      `libs look down the line only: ${order.join(' → ')}`,
      { path: lib([name]) },
      { path: lib(order.slice(0, index + 1)) },
    ),
  );

/** The rules of import. Each is proven against a violation in test/checks/import-rules.spec.ts. */
export default {
  forbidden: [
    ...looksDown,
    rule('lib-has-its-place', 'a lib stands in the order above', { path: `^libs/(?!${anyOf(order)}/)` }, {}),
    rule('no-cycle', 'what depends on itself cannot be read in any order', {}, { circular: true }),
    rule(
      'everything-is-found',
      'an import that leads nowhere fails at run time only',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'libs-know-no-app',
      'apps are made of libs, never the other way',
      { path: '^libs/' },
      { path: '^apps/' },
    ),
    rule(
      'apps-stand-alone',
      'apps are processes; what two of them need is a lib',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'nothing-imports-tests',
      'what is delivered does not lean on its tests',
      { path: '^(?:apps|libs|migrations)/', pathNot: spec },
      { path: ['^test/', spec] },
    ),
    rule(
      'lib-by-its-name',
      'a lib is reached as #libs/<name>, that is through its index.ts',
      { path: '^(?:apps|migrations|test)/' },
      { path: '^libs/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule(
      'lib-by-its-name-in-libs',
      'a lib is reached as #libs/<name>, that is through its index.ts',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule('pure-knows-no-framework', 'a file without a role suffix computes and does nothing else', pureFile, {
      path: packages(['@nestjs/[^/]+', 'typeorm', 'bullmq', 'nodemailer', 'pg', 'ioredis']),
    }),
    rule('pure-does-no-io', 'a file without a role suffix computes and does nothing else', pureFile, {
      dependencyTypes: ['core'],
      pathNot: `^(?:node:)?${pureNode}$`,
    }),
    rule(
      'pure-stays-pure',
      'a file without a role suffix takes types alone from files that have one',
      { ...pureFile, pathNot: [...pureFile.pathNot, '^libs/[^/]+/src/index\\.ts$'] },
      { path: `^libs/[^/]+/src/.*${withRole}`, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'typeorm-in-its-place',
      'only *.entity.ts, *.queries.ts, *.service.ts and *.module.ts know TypeORM',
      {
        path: '^(?:apps|libs)/',
        pathNot: [lib(['runtime']), '\\.(?:entity|queries|service|module)\\.ts$', spec],
      },
      { path: packages(['typeorm']) },
    ),
    rule(
      'queue-and-driver-in-runtime',
      'among libs only runtime knows BullMQ, its Redis client and the PostgreSQL driver',
      { path: '^libs/', pathNot: lib(['runtime']) },
      { path: packages(['bullmq', 'ioredis', 'pg']) },
    ),
    rule(
      'http-in-apps',
      'only apps know HTTP',
      { path: '^libs/' },
      { path: packages(['fastify', '@fastify/[^/]+', '@nestjs/platform-fastify', '@nestjs/swagger']) },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // Type imports count: they are dependencies of the reader, if not of the program.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['aldis-source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
