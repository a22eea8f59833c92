import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** The specs and the source they try run as they are written: imports name `.js`, the files end in `.ts`. */
const compiler = {
  jsc: {
    experimental: { keepImportAttributes: true },
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const written = ({ parentURL = '' }) => /\.ts(\?|$)/.test(parentURL) || parentURL.includes('/test/');

registerHooks({
  resolve(specifier, context, next) {
    const given = { ...context, conditions: ['aldis-source', ...context.conditions] };
    if (!specifier.startsWith('.') || !written(context)) return next(specifier, given);
    try {
      return next(specifier, given);
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      return next(specifier.replace(/\.js$/, '.ts'), given);
    }
  },
  load(url, context, next) {
    const { pathname } = new URL(url);
    if (!pathname.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...compiler, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
