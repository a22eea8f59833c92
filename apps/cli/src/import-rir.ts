import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { RegistryImports } from '#libs/directory';
import { createDatabase, UnitOfWork } from '#libs/runtime';

type Print = (line: string) => void;

/**
 * Takes over what regional registries publish of whom addresses and autonomous systems are registered for, a file after the
 * other, each whole or not at all. Raises with a sentence for the operator.
 */
export async function importRegistries(
  { DATABASE_URL: url }: { DATABASE_URL: string },
  words: readonly string[],
  print: Print,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { anyway: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0)
    throw new Error('Which files? npm run cli -- import-rir <file…>, e.g. delegated-ripencc-extended-latest');
  const database = createDatabase({ url, application: 'aldis-import', poolSize: 1 });
  await database.initialize();
  try {
    const imports = new RegistryImports(new UnitOfWork(database));
    for (const path of positionals) {
      const taken = await imports.take(linesOf(path), values.anyway);
      const { registry, date, serial, accepted, skipped, firstFaults, before } = taken;
      print(
        `${registry}: the file of ${date} (${serial}) is in force${before ? ` in place of that of ${before}` : ''}.`,
      );
      print(`  ${accepted} lines were taken${reasons(skipped)}.`);
      for (const fault of firstFaults) print(`  ${fault}`);
    }
  } finally {
    await database.destroy();
  }
}

const said: Readonly<Record<string, string>> = {
  'not-given-out': 'of what is given out to nobody',
  'no-country': 'without a country',
  fault: 'that cannot be read',
};
const reasons = (skipped: Readonly<Record<string, number>>): string =>
  Object.entries(skipped)
    .map(([why, count]) => `; passed over: ${count} ${said[why] ?? why}`)
    .join('');

/** The lines of a file, also of one that is packed (`.gz`). */
async function* linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // What breaks before is what the reader raises.
  if (input !== file) file.on('error', (error) => input.destroy(error));
  yield* createInterface({ input, crlfDelay: Infinity });
}
