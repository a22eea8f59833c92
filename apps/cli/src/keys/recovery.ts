import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  readKeyFile,
  readShare,
  recoverKeys,
  shareKeys,
  writeKeyFile,
  type KeyFile,
  type Share,
} from '#libs/vault';

type Print = (line: string) => void;

interface Given {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}

/** `keys share` and `keys recover`. Raises with a sentence for the operator. */
export async function keys(
  env: Given,
  [what, ...words]: readonly string[],
  input: NodeJS.ReadableStream,
  print: Print,
): Promise<void> {
  if (what === 'share') return share(env, words, print);
  if (what === 'recover') return recover(words, input, print);
  throw new Error('Say what to do with the keys: keys share --of 5 --need 3, or keys recover --to <file>');
}

async function share(env: Given, words: readonly string[], print: Print): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { of: { type: 'string' }, need: { type: 'string' } },
  });
  const numbers = { of: Number(values.of), need: Number(values.need) };
  const file = keysOf(env);
  const lines = await shareKeys(file, numbers);
  print(`The vault keys ${Object.keys(file.keys).join(', ')}, divided among ${numbers.of} people.`);
  print(
    `Any ${numbers.need} of these lines make them again; fewer tell nothing. Give each to another person, on paper.`,
  );
  for (const [at, line] of lines.entries()) print(`\nShare ${at + 1} of ${numbers.of}\n${line}`);
  print('\nAfter the next `rotate-keys` these lines are out of date: make new ones.');
}

function keysOf(env: Given): KeyFile {
  if (env.VAULT_KEY_FILE) return readKeyFile(env.VAULT_KEY_FILE);
  const [current = '', key = ''] = env.VAULT_KEY?.split(':') ?? [];
  if (!key) throw new Error('Neither VAULT_KEY_FILE nor VAULT_KEY is set: there are no keys to divide.');
  return { current, keys: { [current]: key } };
}

async function recover(words: readonly string[], input: NodeJS.ReadableStream, print: Print): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { to: { type: 'string' } } });
  if (!values.to) throw new Error('Say where the key file shall be: keys recover --to <file>');
  if (existsSync(values.to)) throw new Error(`${values.to} is there already. Move it away first.`);
  print('Type one share a line. Nothing is written until there are enough.');
  const shares: Share[] = [];
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    try {
      shares.push(readShare(line));
    } catch (error) {
      // A person can type the line again; what came before it stays.
      print(error instanceof Error ? error.message : String(error));
      continue;
    }
    const [first] = shares;
    const there = new Set(shares.map(({ number }) => number)).size;
    print(`Share ${shares.at(-1)?.number} is whole: ${there} of ${first?.need}.`);
    if (there === first?.need) break;
  }
  const file = await recoverKeys(shares);
  writeKeyFile(values.to, file);
  print(`${values.to} is there, with ${Object.keys(file.keys).join(', ')}; current is ${file.current}.`);
}
