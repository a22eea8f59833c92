import { findBrowser } from './test/harness/find-browser.js';

/** One Jest for all layers: unit tests lie beside their source, the others under test/. */
const layer = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  rootDir: import.meta.dirname,
  runner: '<rootDir>/test/runner.js',
  setupFiles: ['<rootDir>/test/typescript.js'],
  setupFilesAfterEnv: ['<rootDir>/test/every-test.js'],
  ...more,
});

/** On real parts; the pages in a real browser where there is one, which the set-up says. */
const stories = ['integration', 'e2e', 'torture', ...(findBrowser() === undefined ? [] : ['browser'])].map(
  (folder) => `<rootDir>/test/${folder}/**/*.spec.ts`,
);

export default {
  // Stories wait more than they compute: three at a time also where there are two cores.
  maxWorkers: 3,
  projects: [
    layer('unit', ['<rootDir>/{apps,libs}/**/*.spec.ts']),
    layer('stories', stories, {
      globalSetup: '<rootDir>/test/harness/global-setup.js',
      globalTeardown: '<rootDir>/test/harness/global-teardown.js',
    }),
    // Run by `npm run check`: what is said about the source, not what the system does.
    layer('checks', ['<rootDir>/test/checks/**/*.spec.ts']),
  ],
};
