import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Caller } from '#libs/access';
import {
  EntryQueries,
  Exports,
  Findables,
  formatNamed,
  formatNames,
  Imports,
  levels,
  type FormatName,
  type Importer,
  type ImportView,
  type Level,
} from '#libs/directory';
import { PartyQueries } from '#libs/parties';
import { entities } from '#libs/requests';
import { createDatabase, newId, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';

interface Given {
  DATABASE_URL: string;
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}
type PlanFinding = NonNullable<ImportView['plan']>['findings'][number];
type Print = (line: string) => void;

const importUsage =
  'npm run cli -- import <file> --party <code> [--format <name>] [--level <level>] [--body <id>] [--apply [--without-refused]], ' +
  'or import --undo <id> --party <code>';
const exportUsage = `npm run cli -- export --format ${formatNames.join('|')} --to <file> [--party <code>] [--body <id>] [--for <code>]`;

/** The operator, who brings in a party's entries; an administrator of that party verifies each of them. */
const operatorFor = (party: string): Caller => ({
  ...{ kind: 'account', actor: 'operator', party, body: null, role: 'party-administrator' },
  ...{ assurance: 'signed-in', name: 'operator', language: 'en' },
});

/** Whose transactions they are: the operator's, of a party where one is named. */
const asOperator = (party: string | null) => ({ actor: 'operator', party, body: null, purpose: 'import' });

/** In the operator's name: on the record of the party as the system's doing, by no account. */
const byOperator = (units: UnitOfWork): Importer => {
  const run: Importer['change'] = (caller, work) => units.run(asOperator(caller.party), work);
  return {
    ...{ change: run, beside: run, account: () => null },
    record: async (tx, { party }, act, about) => {
      await tx.query(
        `INSERT INTO access_events (id, party_code, traffic, act, assurance, at, about)
         VALUES ($1, $2, 'actual', $3, 'system', app.now(), $4)`,
        [newId(), party, act, about],
      );
    },
  };
};

async function withUnits<T>(env: Given, work: (units: UnitOfWork, vault: Vault) => Promise<T>): Promise<T> {
  const database = createDatabase({
    ...{ url: env.DATABASE_URL, application: 'aldis-exchange', entities, poolSize: 2 },
  });
  await database.initialize();
  try {
    return await work(new UnitOfWork(database), new Vault(LocalKeys.fromEnvironment(env)));
  } finally {
    await database.destroy();
  }
}

function one<Name extends string>(
  given: string | undefined,
  names: readonly Name[],
  what: string,
): Name | undefined {
  const found = names.find((name) => name === given);
  if (given !== undefined && !found) throw new Error(`The ${what} must be one of ${names.join(', ')}.`);
  return found;
}

/**
 * Looks at a document and prints what it would do, line by line; with `--apply` enters it, all or nothing; with `--undo`
 * takes back what an import entered. Raises with a sentence for the operator.
 */
export async function importDocument(env: Given, words: readonly string[], print: Print): Promise<void> {
  const { values, positionals } = parseArgs({
    ...{ args: [...words], allowPositionals: true },
    options: {
      party: { type: 'string' },
      format: { type: 'string' },
      level: { type: 'string' },
      body: { type: 'string' },
      undo: { type: 'string' },
      apply: { type: 'boolean', default: false },
      'without-refused': { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  const { party, undo } = values;
  if (party === undefined || positionals.length !== (undo === undefined ? 1 : 0))
    throw new Error(`Usage: ${importUsage}`);
  const choice = {
    format: one<FormatName>(values.format, formatNames, 'format'),
    level: one<Level>(values.level, levels, 'level'),
    body: values.body,
  };
  await withUnits(env, async (units, vault) => {
    const parties = new PartyQueries();
    const caller = operatorFor(party);
    const findables = new Findables(units, vault);
    const imports = new Imports(byOperator(units), vault, parties, findables);
    await units.run(asOperator(party), (tx) => parties.one(tx, party));
    if (undo !== undefined) {
      const { version } = await units.run(asOperator(party), (tx) => imports.one(tx, caller, undo));
      const undone = await imports.undo(caller, undo, version);
      print(
        `Undone: ${undone.madeEntries.length} nominations and ${undone.madeBodies.length} bodies are taken back.`,
      );
      return;
    }
    const seen = await imports.preview(caller, { ...choice, content: readFileSync(path ?? '') });
    tell(seen, print);
    if (!values.apply) {
      print('Nothing is entered yet: the same with --apply enters it.');
      await imports.discard(caller, seen.id, seen.version);
      return;
    }
    const heard = (done: number) => print(`  ${done} of ${seen.total} …`);
    const applied = await imports.apply(caller, seen.id, seen.version, values['without-refused'], heard);
    print(
      `Entered: ${applied.madeEntries.length} nominations and ${applied.madeBodies.length} bodies. ` +
        `An administrator of ${party} verifies them. To take all of it back: import --undo ${applied.id} --party ${party}`,
    );
  });
}

/** Where in the document a finding is; where that is not known, in which of its bodies. Empty where it is of all of it. */
function placeIn({ line, column, pointer, draft }: PlanFinding): string {
  const place = [line === undefined ? '' : `line ${line}`, column ?? '', pointer ?? ''].filter(Boolean);
  if (place.length === 0 && draft !== undefined) place.push(`draft ${draft + 1}`);
  return place.join(', ');
}

function tell({ format, total, plan }: ImportView, print: Print): void {
  for (const finding of plan?.findings ?? []) {
    const place = placeIn(finding);
    print(`${finding.severity.padEnd(6)} ${place === '' ? '' : `${place}: `}${finding.detail}`);
  }
  const { accept = 0, warn = 0, refuse = 0 } = plan?.counts ?? {};
  print(
    `Read as ${format}: ${total} points of contact. ${accept} accepted, ${warn} doubted, ${refuse} refused.`,
  );
}

/** Writes the directory, or a part of it, as the named party may see it. Raises with a sentence for the operator. */
export async function exportDocument(env: Given, words: readonly string[], print: Print): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      format: { type: 'string' },
      to: { type: 'string' },
      party: { type: 'string' },
      body: { type: 'string' },
      for: { type: 'string' },
    },
  });
  const name = one<FormatName>(values.format, formatNames, 'format');
  const format = name && formatNamed(name);
  const { to, party, body } = values;
  if (!format || to === undefined) throw new Error(`Usage: ${exportUsage}`);
  const reader = values.for ?? null;
  const text = await withUnits(env, async (units, vault) => {
    return units.run(asOperator(reader), async (tx) => {
      const parties = new PartyQueries();
      for (const code of [reader, party]) if (code) await parties.one(tx, code);
      const exports = new Exports(vault, new EntryQueries(vault));
      const written = await exports.write(
        tx,
        { actor: 'operator', party: reader, role: 'observer' },
        format,
        { party, body },
      );
      await tx.query(
        `INSERT INTO access_events (id, traffic, act, assurance, at) VALUES ($1, 'actual', 'directory-exported', 'system', app.now())`,
        [newId()],
      );
      return written;
    });
  });
  // Names and numbers of persons: for the owner of the file alone.
  writeFileSync(to, text, { mode: 0o600 });
  print(`Written: ${to}, as ${reader ?? 'the staff of the network'} may see it.`);
}
