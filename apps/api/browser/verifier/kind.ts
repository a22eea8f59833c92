import type { SignedCheckpoint, SignedReceipt } from './receipt-forms.js';

/** What does not hold; texts are found under these words. */
export interface Fault {
  fault: string;
  member?: string;
}

/** What a receipt of a known kind states. */
export interface Stated {
  network: string;
  reference: string;
  requester: string;
  addressee: string | null;
  traffic: string;
  at: string;
  assurance: string;
  /** Who acted, of an act. */
  party?: string;
  /** What it rests on, of an observation. */
  evidence?: string;
}

/** One kind of receipt. */
export interface Kind {
  /** Whether a receipt is of this kind, with all its signed members and no others. */
  knows(given: SignedReceipt): boolean;
  state(given: SignedReceipt): Stated;
  /** The checkpoint to which its proof leads; undefined where it has none, or none that can be followed. */
  checkpoint(given: SignedReceipt): SignedCheckpoint | undefined;
  /** What does not hold in the receipt itself. */
  fault(given: SignedReceipt): Promise<Fault | undefined>;
  /** What does not hold in the way from its place to the checkpoint. Asked only where there is one. */
  wayFault(given: SignedReceipt): Promise<Fault | undefined>;
}
