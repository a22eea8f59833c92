import { parseArgs } from 'node:util';
import { faultOfReceipt, isOfJournal, type AnyReceipt, type Proof, type PublicKey } from '#libs/ledger';
import { textsIn } from '#libs/wording';
import { readFile, readKeys } from './read-file.js';
import { receiptFile } from './receipt-file.js';
import { snapshotIn, verifySnapshot } from './verify-snapshot.js';

/** The verdicts are those of the page `/verify`, word for word. */
const verdicts = textsIn('en').verify;
const usage =
  'npm run cli -- verify <file…> --key <file> [--kept <file>], with what /api/v1/ledger/key answered, and answered earlier';

/**
 * Verifies receipts and snapshots in files with nothing but the published keys, and prints what each says. Raises with
 * the first that does not hold.
 */
export function verifyFiles(words: readonly string[], print: (line: string) => void): void {
  const { values, positionals } = parseArgs({
    ...{
      args: [...words],
      allowPositionals: true,
      options: { key: { type: 'string' }, kept: { type: 'string' } },
    },
  });
  if (values.key === undefined || positionals.length === 0) throw new Error(`Usage: ${usage}`);
  const keys = readKeys(values.key, values.kept);
  for (const path of positionals) {
    const snapshot = snapshotIn(path);
    if (snapshot) verifySnapshot(path, snapshot, keys, print);
    else verifyReceipts(path, keys, print);
  }
}

function verifyReceipts(path: string, keys: readonly PublicKey[], print: (line: string) => void): void {
  const what = 'receipts as /api/v1/requests/{id}/receipts answers them';
  for (const given of readFile(path, receiptFile, what)) {
    const fault = faultOfReceipt(given, keys);
    if (fault)
      throw new Error(`The receipt ${given.receipt.event.id} in ${path}: ${verdicts.doesNotHold(fault)}`);
    print(told(given));
  }
}

function told(given: AnyReceipt): string {
  const { what, reference, network, event } = given.receipt;
  return (
    `${reference} (${event.traffic}, network ${network}) from ${event.requester} to ${event.addressee}: ${what}, ` +
    `${rest(given)}. ${verdicts.holds}`
  );
}

/** How that is known, where it stands, and whether what was said came with it. */
function rest(given: AnyReceipt): string {
  if (isOfJournal(given)) {
    const { evidence, assurance, at } = given.receipt.event;
    return `by its evidence ${evidence} (${assurance}), at ${at}; ${inCheckpoint(given.proof?.way)}`;
  }
  const { party, assurance, at } = given.receipt.event;
  const content = given.opening ? verdicts.withSaid : verdicts.withoutSaid;
  return `by ${party} (${assurance}), at ${at}; ${inCheckpoint(given.proof)}; ${content}`;
}

const inCheckpoint = (proof: Proof | null | undefined): string =>
  proof ? verdicts.inCheckpoint(String(proof.checkpoint.checkpoint.number)) : verdicts.inNoCheckpoint;
