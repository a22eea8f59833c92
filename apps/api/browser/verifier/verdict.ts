import { canonicalJson } from './canonical-json.js';
import { chainReceipt } from './chain-receipt.js';
import { fits } from './forms.js';
import { journalReceipt } from './journal-receipt.js';
import type { Fault, Kind, Stated } from './kind.js';
import { anyReceiptForm, receiptTypes, type SignedCheckpoint, type SignedReceipt } from './receipt-forms.js';
import { isSignedBy, type PublishedKey } from './signatures.js';

/** A new kind of receipt is one more of these. */
const kinds: readonly Kind[] = [chainReceipt, journalReceipt];

/** What is to be said of one receipt. */
export type Verdict =
  | ({ verdict: 'holds' | 'fails' } & Partial<Fault> & {
        given: SignedReceipt;
        stated: Stated;
        checkpoint: SignedCheckpoint | undefined;
        /** Whether the reader gave the same checkpoint. */
        asGiven: boolean;
      })
  | { verdict: 'fails'; fault: string; given?: undefined }
  /** Signed, and not of a kind that is known here: nothing more can be said. */
  | { verdict: 'unknown'; what: string };

/** Whether one of the keys signed the checkpoint. */
export const isSignedCheckpoint = async (
  { checkpoint, kid, signature }: SignedCheckpoint,
  keys: readonly PublishedKey[],
): Promise<boolean> => isSignedBy(keys, 'aldis-ledger-checkpoint-v1', checkpoint, { kid, signature });

/** What is to be said of a receipt, with nothing but published keys and checkpoints that the reader has kept. */
export async function verdictOn(
  given: unknown,
  keys: readonly PublishedKey[],
  kept: readonly SignedCheckpoint[] = [],
): Promise<Verdict> {
  if (!isReceipt(given)) return { verdict: 'fails', fault: 'form' };
  const signed = await isSignedBy(keys, tagOf(given), given.receipt, given);
  const kind = kinds.find((one) => one.knows(given));
  if (!kind)
    return signed
      ? { verdict: 'unknown', what: given.receipt.what }
      : { verdict: 'fails', fault: 'signature' };
  const checkpoint = kind.checkpoint(given);
  const stated = kind.state(given);
  const fault = signed
    ? ((await kind.fault(given)) ??
      (hasProof(given) ? await faultOfProof(kind, given, stated, keys, kept) : undefined))
    : { fault: 'signature' };
  const asGiven = checkpoint !== undefined && kept.some((one) => isSame(one, checkpoint));
  return { verdict: fault ? 'fails' : 'holds', ...fault, given, stated, checkpoint, asGiven };
}

/** Whether it can be looked at as a receipt at all, of whatever kind. */
function isReceipt(given: unknown): given is SignedReceipt {
  if (typeof given !== 'object' || given === null || !('receipt' in given)) return false;
  const { receipt } = given;
  if (!fits(receipt, anyReceiptForm, 'more-allowed')) return false;
  const known = receiptTypes.get((receipt as SignedReceipt['receipt']).type);
  return known !== undefined && fits(given, known.around);
}

const tagOf = ({ receipt }: SignedReceipt): string => receiptTypes.get(receipt.type)?.tag ?? '';

const hasProof = ({ proof }: SignedReceipt): boolean => proof !== null && proof !== undefined;

const isSame = (one: SignedCheckpoint, other: SignedCheckpoint): boolean =>
  canonicalJson(one.checkpoint) === canonicalJson(other.checkpoint);

async function faultOfProof(
  kind: Kind,
  given: SignedReceipt,
  { network }: Stated,
  keys: readonly PublishedKey[],
  kept: readonly SignedCheckpoint[],
): Promise<Fault | undefined> {
  const signed = kind.checkpoint(given);
  if (!signed) return { fault: 'way' };
  const { checkpoint } = signed;
  if (!(await isSignedCheckpoint(signed, keys))) return { fault: 'checkpoint-signature' };
  if (checkpoint.network !== network) return { fault: 'checkpoint-network' };
  const way = await kind.wayFault(given);
  if (way) return way;
  const another = kept.some(
    (one) =>
      one.checkpoint.network === network &&
      one.checkpoint.number === checkpoint.number &&
      !isSame(one, signed),
  );
  return another ? { fault: 'other-checkpoint' } : undefined;
}
