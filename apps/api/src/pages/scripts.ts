import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const built = (path: string): string => readFileSync(require.resolve(`#browser/${path}`), 'utf8');

/** Modules of the two pages for accounts, each served by itself. */
const modules = [
  'account',
  'emergency',
  'factor-forms',
  'interface',
  'organization',
  'page-parts',
  'refusals',
  'sign-in',
  'step-up',
  'webauthn',
];

/** Modules of the verifier, each after those that it takes from. */
const verifierParts = [
  ...['canonical-json', 'digests', 'forms', 'signatures', 'succession', 'receipt-forms', 'kind', 'chain-way'],
  ...['chain-receipt', 'batch-root', 'journal-receipt', 'verdict', 'snapshot', 'file-contents'],
].map((name) => `verifier/${name}`);

/**
 * One script out of several modules, so that it can stand in a file of its own: they import from each other alone, and
 * no name stands in two of them, which a browser would refuse to read.
 */
function joined(names: readonly string[]): string {
  const bodies = names.map((name) =>
    built(`${name}.js`)
      .replaceAll(/^import .*;$/gm, '')
      .replaceAll(/^export \{\};$/gm, '')
      .replaceAll(/^export /gm, '')
      .replaceAll(/^\/\/# .*$/gm, '')
      .trim(),
  );
  return `'use strict';\n${bodies.filter((body) => body !== '').join('\n')}\n`;
}

/** The library for passkeys, as one script that leaves its name with the page. */
function passkeyLibrary(): string {
  const entry = pathToFileURL(require.resolve('@simplewebauthn/browser'));
  return readFileSync(new URL('../dist/bundle/index.umd.min.js', entry), 'utf8');
}

/** What the pages run, by the name under `/scripts/`. Read once, when the server starts; raises when it was not built. */
export function readScripts(): ReadonlyMap<string, string> {
  return new Map([
    ['passkeys.js', passkeyLibrary()],
    ...modules.map((name) => [`${name}.js`, built(`${name}.js`)] as const),
    ['verify.js', joined([...verifierParts, 'page-parts', 'verdict-cards', 'verify'])],
  ]);
}
