import { fits } from './forms.js';
import { checkpointForm, type SignedCheckpoint } from './receipt-forms.js';
import { keysIn } from './signatures.js';
import { snapshotForm, type SignedSnapshot } from './snapshot.js';

/** What a file turned out to hold. Whether a receipt has the form of one is said of each. */
export type FileContents =
  | { is: 'receipts'; receipts: unknown[] }
  | { is: 'checkpoint'; checkpoint: SignedCheckpoint }
  | { is: 'snapshot'; snapshot: SignedSnapshot }
  | { is: 'keys'; text: string }
  | { is: 'nothing' };

/** Finds out what a text holds: one receipt, several as `{items}`, a checkpoint, a snapshot, or keys. */
export function contentsOf(text: string): FileContents {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { is: 'nothing' };
  }
  if (keysIn(given)) return { is: 'keys', text };
  if (typeof given !== 'object' || given === null) return { is: 'nothing' };
  if ('checkpoint' in given && fits(given, checkpointForm))
    return { is: 'checkpoint', checkpoint: given as unknown as SignedCheckpoint };
  if ('snapshot' in given && fits(given, snapshotForm))
    return { is: 'snapshot', snapshot: given as unknown as SignedSnapshot };
  if ('receipt' in given) return { is: 'receipts', receipts: [given] };
  const others = Object.keys(given).length > 1;
  if (others || !('items' in given) || !Array.isArray(given.items) || given.items.length === 0)
    return { is: 'nothing' };
  return { is: 'receipts', receipts: given.items };
}
