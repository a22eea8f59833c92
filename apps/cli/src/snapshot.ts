import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordOperatorsAct } from '#libs/access';
import { bookletOf, EntryQueries, PlanQueries, Snapshots, type SignedSnapshot } from '#libs/directory';
import { PartyQueries } from '#libs/parties';
import { entities } from '#libs/requests';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { LocalKeys, SigningKeys, Vault } from '#libs/vault';
import { DocumentPdf, isLanguage, languages, type Language } from '#libs/wording';

const options = {
  to: { type: 'string' },
  party: { type: 'string' },
  lang: { type: 'string', default: 'en' },
} as const;

interface Given {
  DATABASE_URL: string;
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
  LEDGER_KEY?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}

/**
 * Writes a signed snapshot of the directory, as a party (or the network's staff) may see it, and its booklet into a
 * folder, to be kept where the network does not reach. Raises with a sentence for the operator.
 */
export async function snapshot(
  env: Given,
  words: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { to, party, lang } = parseArgs({ args: [...words], options }).values;
  if (to === undefined)
    throw new Error('Say where to: npm run cli -- snapshot --to <folder> [--party <code>] [--lang en|fr]');
  if (!isLanguage(lang)) throw new Error(`The booklet can be had in ${languages.join(' and ')}.`);
  const taken = await take(env, party ?? null);
  const pdf = await booklet(taken, lang);
  mkdirSync(to, { recursive: true });
  const name = join(to, `points-of-contact.${party ?? 'staff'}.${taken.snapshot.takenAt.slice(0, 10)}`);
  // Names and numbers of persons: for the owner of the files alone.
  writeFileSync(`${name}.json`, `${JSON.stringify(taken)}\n`, { mode: 0o600 });
  writeFileSync(`${name}.${lang}.pdf`, pdf, { mode: 0o600 });
  const { parties, digest, expiresAt } = taken.snapshot;
  const contacts = parties.reduce((sum, { pointsOfContact }) => sum + pointsOfContact.length, 0);
  print(`${contacts} points of contact of ${parties.length} parties, to be relied on until ${expiresAt}.`);
  print(`Digest: ${digest}`);
  print(`Written: ${name}.json and ${name}.${lang}.pdf`);
}

async function take(env: Given, party: string | null): Promise<SignedSnapshot> {
  const vault = new Vault(LocalKeys.fromEnvironment(env));
  const keys = SigningKeys.fromEnvironment(env);
  const database = createDatabase({
    ...{ url: env.DATABASE_URL, application: 'aldis-snapshot', entities, poolSize: 1 },
  });
  await database.initialize();
  try {
    const units = new UnitOfWork(database);
    const operator = { actor: 'operator', party, body: null, purpose: 'snapshot' };
    const parties = new PartyQueries();
    const snapshots = new Snapshots(new EntryQueries(vault), parties, new PlanQueries(vault), keys);
    const taken = await units.run(operator, async (tx) => {
      if (party !== null) await parties.one(tx, party);
      return snapshots.take(tx, { actor: 'operator', party, role: 'observer' });
    });
    await recordOperatorsAct(units, 'snapshot-taken');
    return taken;
  } finally {
    await database.destroy();
  }
}

async function booklet(taken: SignedSnapshot, language: Language): Promise<Uint8Array> {
  const pdf = new DocumentPdf({ time: 120_000, queue: 1 });
  try {
    return await pdf.render(bookletOf(taken, language));
  } finally {
    await pdf.close();
  }
}
