import { parseArgs } from 'node:util';
import { faultOfReceipt, type SignedReceipt } from '#libs/ledger';
import { readFile, readKeys } from './read-file.js';
import { receiptFile } from './receipt-file.js';

const usage =
  'npm run cli -- verify <file…> --key <file> [--kept <file>], with what /api/v1/ledger/key answered, and answered earlier';

/**
 * Verifies receipts in files with nothing but the published keys, and prints what each says. Raises with the first that
 * does not hold.
 */
export function verifyReceipts(words: readonly string[], print: (line: string) => void): void {
  const { values, positionals } = parseArgs({
    ...{
      args: [...words],
      allowPositionals: true,
      options: { key: { type: 'string' }, kept: { type: 'string' } },
    },
  });
  if (values.key === undefined || positionals.length === 0) throw new Error(`Usage: ${usage}`);
  const keys = readKeys(values.key, values.kept);
  for (const path of positionals)
    for (const given of readFile(
      path,
      receiptFile,
      'receipts as /api/v1/requests/{id}/receipts answers them',
    )) {
      const fault = faultOfReceipt(given, keys);
      if (fault) throw new Error(`The receipt ${given.receipt.event.id} in ${path} does not hold: ${fault}.`);
      print(told(given));
    }
}

function told({ receipt, proof, opening }: SignedReceipt): string {
  const { what, reference, network, event } = receipt;
  const { requester, addressee, party, assurance, at, traffic } = event;
  const proven = proof ? `in checkpoint ${proof.checkpoint.checkpoint.number}` : 'in no checkpoint yet';
  const content = opening ? 'with what was said' : 'without what was said';
  return (
    `${reference} (${traffic}, network ${network}) from ${requester} to ${addressee}: ${what}, ` +
    `by ${party} (${assurance}), at ${at}; ${proven}; ${content}. It holds.`
  );
}
