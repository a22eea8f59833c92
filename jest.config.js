import { findBrowser } from './test/harness/find-browser.js';

/** One Jest for all layers: unit tests lie beside their source, the others under test/. */
const layer = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/every-test-asserts.js'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['aldis-source', 'node'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          experimental: { keepImportAttributes: true },
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
  ...more,
});

const onRealParts = {
  globalSetup: '<rootDir>/test/harness/global-setup.js',
  globalTeardown: '<rootDir>/test/harness/global-teardown.js',
};

export default {
  // A project's own is not read; the limit only ends what hangs, it decides no test.
  testTimeout: 60_000,
  // Stories wait more than they compute: three at a time also where there are two cores.
  maxWorkers: 3,
  // What a file of tests has loaded is not given back: a worker that holds much begins anew.
  workerIdleMemoryLimit: '800MB',
  projects: [
    layer('unit', ['<rootDir>/{apps,libs}/**/*.spec.ts']),
    layer('integration', ['<rootDir>/test/integration/**/*.spec.ts'], onRealParts),
    layer('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], onRealParts),
    layer('torture', ['<rootDir>/test/torture/**/*.spec.ts'], onRealParts),
    // The pages in a real browser, where there is one; the set-up says whether.
    ...(findBrowser() === undefined
      ? []
      : [layer('browser', ['<rootDir>/test/browser/**/*.spec.ts'], onRealParts)]),
    // Run by `npm run check`: what is said about the source, not what the system does.
    layer('checks', ['<rootDir>/test/checks/**/*.spec.ts'], { testTimeout: 60_000 }),
  ],
};
