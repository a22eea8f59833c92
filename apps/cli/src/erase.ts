import { parseArgs } from 'node:util';
import { Erasing, erasingOperator, type OrderedSide } from '#libs/requests';
import { createDatabase, UnitOfWork, type DatabaseUrls, type Tx } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';

const options = {
  due: { type: 'boolean', default: false },
  request: { type: 'string' },
  account: { type: 'string' },
  party: { type: 'string' },
  reason: { type: 'string' },
  confirm: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;

interface Given {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}
type Print = (line: string) => void;

/**
 * Erases: with `--due` what is due, as the worker does; with `--request` or `--account`, under an order before the term.
 * Raises with a sentence for the operator, who is shown counts and times and no content.
 */
export async function erase(
  env: Given,
  urls: Pick<DatabaseUrls, 'owner' | 'worker'>,
  words: readonly string[],
  print: Print,
): Promise<void> {
  const { values } = parseArgs({ args: [...words], options });
  const { due, request, account } = values;
  if ([due || undefined, request, account].filter((what) => what !== undefined).length !== 1)
    throw new Error('Say what: erase --due, erase --request <reference>, or erase --account <id>');
  if (due && (values.party ?? values.reason ?? values.confirm) !== undefined)
    throw new Error('What is due needs neither party, reason nor confirmation: erase --due [--dry-run]');
  const vault = new Vault(LocalKeys.fromEnvironment(env));
  const isDry = values['dry-run'];
  if (due) return withUnits(urls.worker, vault, (units, erasing) => eraseDue(erasing, isDry, print));
  return withUnits(urls.owner, vault, async (units, erasing) => {
    // Said once it is committed.
    const lines = await units.run(erasingOperator, (tx) =>
      request === undefined
        ? eraseAccount(tx, { id: account ?? '', confirm: values.confirm, isDry })
        : eraseRequest(tx, erasing, { ...values, reference: request, isDry }),
    );
    for (const line of lines) print(line);
  });
}

async function withUnits(
  url: string,
  vault: Vault,
  work: (units: UnitOfWork, erasing: Erasing) => Promise<void>,
): Promise<void> {
  const database = createDatabase({ url, application: 'aldis-erase', poolSize: 2 });
  await database.initialize();
  try {
    const units = new UnitOfWork(database);
    await work(units, new Erasing(units, vault));
  } finally {
    await database.destroy();
  }
}

async function eraseDue(erasing: Erasing, isDry: boolean, print: Print): Promise<void> {
  const { sides, accounts } = await (isDry ? erasing.count() : erasing.run(Infinity));
  const verb = isDry ? 'would be' : 'were';
  print(
    `The keys of ${sides} sides of requests ${verb} destroyed, and ${accounts} accounts that had ended erased.`,
  );
}

interface Order {
  reference: string;
  party?: string | undefined;
  reason?: string | undefined;
  confirm?: string | undefined;
  isDry: boolean;
}

async function eraseRequest(tx: Tx, erasing: Erasing, order: Order): Promise<string[]> {
  const { reference, party, reason, isDry } = order;
  const sides = (await erasing.sidesOf(tx, reference)).filter(
    ({ partyCode }) => party === undefined || partyCode === party,
  );
  if (sides.length === 0)
    throw new Error(`There is no request ${reference} with contents that could be erased.`);
  const found = sides.map((side) => `${side.partyCode}: ${stateOf(side)}`);
  const held = sides.filter((side) => side.held).map(({ partyCode }) => partyCode);
  if (held.length > 0)
    throw new Error(
      `Held by ${held.join(', ')}: no order goes past a hold. Whoever holds it releases it first.`,
    );
  if (isDry) return [...found, 'Nothing was erased (--dry-run).'];
  if (!reason?.trim()) throw new Error('Say why, for the record: --reason "<text>"');
  demandConfirmed(order.confirm, reference);
  await erasing.eraseOrdered(tx, sides, reason.trim());
  return [
    ...found,
    `Erased: the keys of ${sides.length} sides of ${reference} are destroyed, and that is on the record.`,
    'Backups hold them until they expire: see OPERATIONS.md.',
  ];
}

const stateOf = ({ restsSince, held }: OrderedSide): string =>
  `${restsSince ? `over since ${restsSince.toISOString()}` : 'not over'}${held ? ', held' : ''}`;

async function eraseAccount(
  tx: Tx,
  { id, confirm, isDry }: { id: string; confirm: string | undefined; isDry: boolean },
): Promise<string[]> {
  const [found] = await tx.query<{ endedAt: Date | null; erasedAt: Date | null }>(
    'SELECT deactivated_at AS "endedAt", erased_at AS "erasedAt" FROM accounts WHERE id::text = $1',
    [id],
  );
  if (!found) throw new Error(`There is no account ${id}.`);
  if (found.erasedAt) throw new Error(`It was erased at ${found.erasedAt.toISOString()}.`);
  if (!found.endedAt) throw new Error('It has not ended: whoever answers for the account ends it first.');
  if (isDry) return [`Ended at ${found.endedAt.toISOString()}. Nothing was erased (--dry-run).`];
  demandConfirmed(confirm, id);
  const [row] = await tx.query<{ erased: boolean }>('SELECT app.erase_account($1) AS erased', [id]);
  if (!row?.erased) throw new Error('It has not been over for seven days. Nothing was erased.');
  return ['Erased: nothing tells any more who it was. What was done under it stays, under its id.'];
}

function demandConfirmed(given: string | undefined, wanted: string): void {
  if (given !== wanted) throw new Error(`This cannot be taken back. To do it, add: --confirm ${wanted}`);
}
