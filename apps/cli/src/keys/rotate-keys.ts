import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { KeyedLookups, recordOperatorsAct, repeatableDays } from '#libs/access';
import { createDatabase, failpoint, UnitOfWork } from '#libs/runtime';
import {
  keysNoticedAfter,
  LocalKeys,
  publishedIn,
  readKeyFile,
  Rotation,
  Vault,
  withNewKey,
  withNewSigningKey,
  withoutKey,
  writeKeyFile,
  type Column,
  type KeyFile,
} from '#libs/vault';

type Print = (line: string) => void;

interface Given {
  DATABASE_URL: string;
  VAULT_KEY_FILE?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}

interface Tools {
  path: string;
  units: UnitOfWork;
  rotation: Rotation;
  lookups: KeyedLookups;
}

/**
 * Makes a new current root key and moves to it what lies under older ones, while everything runs; or, with
 * `--retire <id>`, takes an old one out of the file once nothing needs it. `--record` changes the key that signs the
 * record. Raises with a sentence for the operator.
 */
export async function rotateKeys(env: Given, words: readonly string[], print: Print): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { retire: { type: 'string' }, record: { type: 'boolean', default: false } },
  });
  if (values.record && values.retire !== undefined)
    throw new Error('Keys of the record retire by themselves: a new one leaves only their public halves.');
  const path = values.record ? env.LEDGER_KEY_FILE : env.VAULT_KEY_FILE;
  if (!path)
    throw new Error(
      `Keys are changed in a file: put the key into one and name it with ${values.record ? 'LEDGER' : 'VAULT'}_KEY_FILE.`,
    );
  const database = createDatabase({ url: env.DATABASE_URL, application: 'aldis-keys', poolSize: 3 });
  await database.initialize();
  const lock = database.createQueryRunner();
  try {
    const [got] = (await lock.query(`SELECT pg_try_advisory_lock(hashtext('aldis-keys')) AS got`)) as {
      got: boolean;
    }[];
    if (!got?.got) throw new Error('Another command is changing the keys of this database. Wait for it.');
    const units = new UnitOfWork(database);
    if (values.record) return await rotateSigningKey(path, units, print);
    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY_FILE: path }));
    const tools = {
      ...{ path, units },
      ...{ rotation: new Rotation(units, vault), lookups: new KeyedLookups(units, vault) },
    };
    await (values.retire === undefined ? rotate(tools, print) : retire(tools, values.retire, print));
  } finally {
    await lock.release();
    await database.destroy();
  }
}

/** A new key for the record. The one before names it as the next with its last signature, and only its public half stays. */
async function rotateSigningKey(path: string, units: UnitOfWork, print: Print): Promise<void> {
  const file = withNewSigningKey(readKeyFile(path));
  writeKeyFile(path, file);
  await untilNoticed();
  await recordOperatorsAct(units, 'record-key-changed');
  const [now, before] = publishedIn(file);
  print(`${now?.kid} signs the record from now on; ${before?.kid} named it as the next, and signs no more.`);
  print('Old copies of the file can be destroyed; backups made before hold the earlier key.');
}

/** Until the processes that serve have taken up a changed file. */
const untilNoticed = () => pause(2 * keysNoticedAfter);

async function rotate({ path, units, rotation, lookups }: Tools, print: Print): Promise<void> {
  const before = readKeyFile(path);
  if (await isUnfinished(before, rotation, lookups)) {
    print(
      `An earlier change to ${before.current} had not come to its end: it is finished, and no key is made.`,
    );
  } else {
    const file = withNewKey(before);
    writeKeyFile(path, file);
    failpoint('key-made');
    print(`${file.current} is the current key. What was sealed before is moved to it.`);
  }
  await untilNoticed();
  const total = new Map<string, number>();
  let unopened: Column[] = [];
  // What was written under the old key while this ran is found by the next round.
  for (let isDone = false; !isDone;) {
    const { moved, unopened: failed } = await rotation.move();
    const remade = await lookups.remake();
    for (const { table, column, count } of [...moved, ...remade])
      total.set(`${table}.${column}`, (total.get(`${table}.${column}`) ?? 0) + count);
    unopened = failed;
    isDone = moved.length === 0 && remade.length === 0;
  }
  for (const [name, count] of total) print(`  ${name.padEnd(32)} ${count}`);
  await recordOperatorsAct(units, 'keys-rotated');
  if (unopened.length > 0)
    throw new Error(`These could not be opened, and stay as they are:\n${lines(unopened)}`);
  const { current, keys } = readKeyFile(path);
  for (const id of Object.keys(keys).filter((key) => key !== current))
    print(
      `Nothing is sealed under ${id} any more. When links, calls and recovery codes of its time are over: --retire ${id}`,
    );
}

/** Whether something sealed is still under another key than the current one: an earlier run was broken off. */
async function isUnfinished(file: KeyFile, rotation: Rotation, lookups: KeyedLookups): Promise<boolean> {
  for (const id of Object.keys(file.keys).filter((key) => key !== file.current))
    if (sealed(await rotation.needing(id)).length > 0) return true;
  return (await lookups.notCurrent()).length > 0;
}

/** Links, hashes of calls and of recovery codes cannot be moved: they wait until they are over. */
const waiting = ['key_id', 'fingerprint', 'code_hash'];
const sealed = (columns: readonly Column[]): Column[] =>
  columns.filter(({ column }) => !waiting.includes(column));

async function retire({ path, units, rotation, lookups }: Tools, id: string, print: Print): Promise<void> {
  const before = readKeyFile(path);
  const after = withoutKey(before, id);
  await lookups.forgetWhatIsOver(id);
  const needing = [...(await rotation.needing(id)), ...(await lookups.notCurrent())];
  if (needing.length > 0)
    throw new Error(
      `${id} is still needed:\n${lines(needing)}\n` +
        'Sealed values are moved by `rotate-keys` without --retire. Links that are in force are over after 7 days; ' +
        `calls may be repeated for ${repeatableDays} days. Recovery codes are good until they are used, or their owner ` +
        'asks for new ones.',
    );
  writeKeyFile(path, after);
  await untilNoticed();
  const late = await rotation.needing(id);
  if (late.length > 0) {
    writeKeyFile(path, before);
    throw new Error(`${id} was put back, for it was used meanwhile:\n${lines(late)}`);
  }
  await recordOperatorsAct(units, 'key-retired');
  print(`${id} is gone from ${path}. Destroy its copies too: backups that were made before need it.`);
}

const lines = (columns: readonly Column[]): string =>
  columns.map(({ table, column, count }) => `  ${`${table}.${column}`.padEnd(32)} ${count}`).join('\n');
