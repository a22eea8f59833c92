import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import {
  keyFileFrom,
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

/** `keys share`, `keys recover` and `keys recovery`. Raises with a sentence for the operator. */
export async function keys(
  env: Given,
  [what, ...words]: readonly string[],
  input: NodeJS.ReadableStream,
  print: Print,
): Promise<void> {
  if (what === 'share') return share(env, words, print);
  if (what === 'recover') return recover(words, input, print);
  if (what === 'recovery') return pair(words, print);
  throw new Error(
    'Say what to do with the keys: keys share --of 5 --need 3, keys recover --to <file>, or keys recovery --identity <file>',
  );
}

async function share(env: Given, words: readonly string[], print: Print): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { of: { type: 'string' }, need: { type: 'string' } },
  });
  const numbers = { of: Number(values.of), need: Number(values.need) };
  for (const line of await sharesToHandOut(keyFileFrom(env), numbers)) print(line);
}

/** What is to be handed out, line by line. Raises when the numbers do not fit. */
export async function sharesToHandOut(
  file: KeyFile,
  numbers: { of: number; need: number },
): Promise<string[]> {
  const shares = await shareKeys(file, numbers);
  return [
    `\nThe vault keys ${Object.keys(file.keys).join(', ')}, divided among ${numbers.of} people.`,
    `Any ${numbers.need} of these lines make them again; fewer tell nothing. Give each to another person, on paper.`,
    ...shares.map((line, at) => `\nShare ${at + 1} of ${numbers.of}\n${line}`),
    '\nThey are shown this once. After the next `rotate-keys` they are out of date: `keys share` makes new ones.',
  ];
}

/** A pair of keys (age, X25519) for backups: they are made with the one and restored with the other. */
async function pair(words: readonly string[], print: Print): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { identity: { type: 'string' } } });
  if (!values.identity) throw new Error('Say where the identity shall be: keys recovery --identity <file>');
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(values.identity, `# Opens backups that are made for ${recipient}\n${identity}\n`, {
    flag: 'wx',
    mode: 0o600,
  });
  print(
    `${values.identity} opens backups: keep it away from this machine, and a copy of it. The recovery key is:`,
  );
  print(recipient);
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
