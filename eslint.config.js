import tseslint from 'typescript-eslint';

/** Rules given as options replace each other from block to block, so every block states the whole of what it forbids. */
const noFocusAndNoSkip = [
  {
    selector:
      'MemberExpression[object.name=/^(describe|it|test)$/]:matches([property.name=/^(only|skip|todo|failing)$/], [property.value=/^(only|skip|todo|failing)$/])',
    message: 'Every test runs: mend it or remove it.',
  },
  {
    selector: 'CallExpression[callee.name=/^[xf](describe|it|test)$/]',
    message: 'Every test runs: mend it or remove it.',
  },
];
const noOwnTime = [
  {
    selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
    message: 'Only libs/runtime/src/clock.ts reads the time: use clock.now() or Tx.now().',
  },
];
const noDateNow = {
  object: 'Date',
  property: 'now',
  message: 'Only libs/runtime/src/clock.ts reads the time: use clock.now() or Tx.now().',
};
const noProcessEnv = {
  object: 'process',
  property: 'env',
  message: 'Only libs/runtime/src/environment.ts reads the environment: take a value of environment.*().',
};
const noEnvImport = {
  paths: ['process', 'node:process'].map((name) => ({
    name,
    importNames: ['env', 'default'],
    message: 'Only libs/runtime/src/environment.ts reads the environment.',
  })),
};
const forbid = ({ properties = [], syntax = [], imports = {} }) => ({
  'no-restricted-properties': properties.length > 0 ? ['error', ...properties] : 'off',
  'no-restricted-syntax': syntax.length > 0 ? ['error', ...syntax] : 'off',
  'no-restricted-imports': 'paths' in imports ? ['error', imports] : 'off',
});

const typeScript = tseslint.config({
  files: ['**/*.ts'],
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    eqeqeq: 'error',
    'no-console': 'error',
    'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
    'max-lines': ['error', 400],
    'max-lines-per-function': ['error', 60],
    'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    // An async function without await is how an interface with promises is kept in memory.
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    '@typescript-eslint/no-import-type-side-effects': 'error',
    ...forbid({
      properties: [noProcessEnv, noDateNow],
      syntax: [...noOwnTime, ...noFocusAndNoSkip],
      imports: noEnvImport,
    }),
  },
});

export default [
  { ignores: ['dist/', 'node_modules/', '.aldis/', 'coverage/', 'demo-out/'] },
  { linterOptions: { noInlineConfig: true } },
  ...typeScript,
  {
    files: ['libs/runtime/src/environment.ts'],
    rules: forbid({ properties: [noDateNow], syntax: [...noOwnTime, ...noFocusAndNoSkip] }),
  },
  {
    files: ['libs/runtime/src/clock.ts'],
    rules: forbid({ properties: [noProcessEnv], syntax: noFocusAndNoSkip, imports: noEnvImport }),
  },
  {
    // The harness starts processes and servers of the machine, and measures real time.
    files: ['test/**/*.ts'],
    rules: forbid({ syntax: noFocusAndNoSkip }),
  },
  {
    // A describe block is a list, and a migration is SQL: neither is a function that somebody must follow.
    files: ['test/**/*.ts', '**/*.spec.ts', 'migrations/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // Jest's asymmetric matchers are of type any.
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
];
