import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  keyFileFrom,
  keysNoticedAfter,
  ledgerKeyFileFrom,
  publishedIn,
  readKeyFile,
  writeKeyFile,
  type KeyFile,
} from '#libs/vault';
import type { Manifest } from './manifest.js';

/** Where the environment has the keys of the vault and of the ledger. */
export interface KeyVariables {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
  LEDGER_KEY?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}

interface Place {
  name: 'vault' | 'ledger';
  /** The file in which the keys are, or shall be. */
  path: string | undefined;
  /** The keys that are there; undefined when there are none, or they are to be replaced. */
  given: KeyFile | undefined;
}

interface Places {
  vault: Place;
  ledger: Place;
}

const isThere = (path: string | undefined, key: string | undefined): boolean =>
  path === undefined ? key !== undefined : existsSync(path);

/** The keys that are at hand before anything is restored. */
export function placesOf(env: KeyVariables, replaces: boolean): Places {
  const { VAULT_KEY, VAULT_KEY_FILE, LEDGER_KEY, LEDGER_KEY_FILE } = env;
  const vault = !replaces && isThere(VAULT_KEY_FILE, VAULT_KEY) ? keyFileFrom(env) : undefined;
  const ledger = !replaces && isThere(LEDGER_KEY_FILE, LEDGER_KEY) ? ledgerKeyFileFrom(env) : undefined;
  return {
    vault: { name: 'vault', path: VAULT_KEY_FILE, given: vault },
    ledger: { name: 'ledger', path: LEDGER_KEY_FILE, given: ledger },
  };
}

/**
 * The keys that are given, else those of the backup; where there are both, they must be the same. Without the vault's
 * nothing is restored; without the ledger's it is, and `note` says what that means.
 */
export function chooseKeys(
  places: Places,
  { keyIds, signedBy }: Manifest,
  kept: { vault: KeyFile | undefined; ledger: KeyFile | undefined },
  replaces: boolean,
): { vault: KeyFile; ledger: KeyFile | undefined; note?: string } {
  if (replaces && !kept.vault)
    throw new Error('There are no keys in this backup to put in the place of others.');
  const vault = oneOf(places.vault, kept.vault);
  if (!vault)
    throw new Error(
      'The vault keys are not in this backup. Name a copy of the key file with VAULT_KEY_FILE.',
    );
  for (const id of keyIds) if (!(id in vault.keys)) throw anotherKey('vault', id);
  const ledger = oneOf(places.ledger, kept.ledger);
  const published = ledger ? publishedIn(ledger).map(({ kid }) => kid) : [];
  if (signedBy.every((kid) => published.includes(kid))) return { vault, ledger };
  const note =
    'WARNING: the keys that signed the record are not here. Bring a copy of their file (LEDGER_KEY_FILE) before ' +
    'anything is served, or the record goes on under another key.';
  return { vault, ledger, note };
}

function oneOf({ name, path, given }: Place, kept: KeyFile | undefined): KeyFile | undefined {
  const variable = `${name.toUpperCase()}_KEY_FILE`;
  if (!given && kept && path === undefined)
    throw new Error(`Say where the key file shall be: ${variable}=<path>. It is written there.`);
  for (const [id, key] of Object.entries(kept?.keys ?? {}))
    if (given && given.keys[id] !== key && !isSucceeded(given, key)) throw anotherKey(name, id);
  return given ?? kept;
}

/** Whether a file holds the public half of a key that signs no more: another took its place since. */
const isSucceeded = ({ retired = [] }: KeyFile, key: string): boolean => {
  const [jwk] = retired.length > 0 ? publishedIn({ current: 'key', keys: { key } }) : [];
  return retired.some(({ x }) => x === jwk?.x);
};

const anotherKey = (name: string, id: string): Error =>
  new Error(
    `The ${name} keys that are given are not those of this backup: ${id} is another or missing. On a machine that ` +
      'has only just been set up, --replace-keys puts those of the backup in their place.',
  );

/** The key files of what is restored: they are there before any process can see the rows that need them. */
export class PlacedKeys {
  /** Where keys were put that were not there before. */
  readonly paths: string[] = [];
  private readonly before = new Map<string, KeyFile>();

  constructor(
    private readonly replaces: boolean,
    private readonly files: readonly (readonly [path: string | undefined, keys: KeyFile | undefined])[],
  ) {}

  async put(): Promise<void> {
    for (const [path, keys] of this.files) {
      if (!path || !keys || (existsSync(path) && !this.replaces)) continue;
      if (existsSync(path)) {
        this.before.set(path, readKeyFile(path));
        copyFileSync(path, `${path}.before-restore`);
      }
      writeKeyFile(path, keys);
      this.paths.push(path);
    }
    // Until processes that run have taken them up.
    if (this.paths.length > 0) await pause(2 * keysNoticedAfter);
  }

  takeBack(): void {
    for (const path of this.paths) {
      const before = this.before.get(path);
      if (before) writeKeyFile(path, before);
      else rmSync(path, { force: true });
    }
  }
}
