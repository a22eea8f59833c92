export { digestOf, faultOfHead, faultOfLink, genesis, linkOf, type Entry, type EntryBody } from './chain.js';
export { checkpointHash, isSigned, type Checkpoint, type SignedCheckpoint } from './checkpoint.js';
export { CheckpointQueries, latestCheckpoint } from './checkpoint.queries.js';
export { Checkpoints, checkpointSeconds } from './checkpoints.service.js';
export { commitmentTo, type Committed } from './commitment.js';
export { type Findings, type LedgerFault } from './findings.js';
export { Journal } from './journal.service.js';
export {
  CheckpointPlaceRow,
  CheckpointRow,
  JournalBatchRow,
  JournalEntryRow,
  LedgerEntryRow,
  LedgerHeadRow,
} from './ledger.entity.js';
export {
  observedWords,
  type JournalProof,
  type JournalReceipt,
  type SignedJournalReceipt,
} from './journal-receipt.js';
export { type Proof } from './proof.js';
export {
  eventWords,
  faultOfReceipt,
  isOfJournal,
  type AnyReceipt,
  type Receipt,
  type SignedReceipt,
} from './receipt.js';
export { ReceiptDocuments } from './receipt-documents.service.js';
export { Receipts } from './receipts.service.js';
export { isSignedBy, signedBytes, type PublicKey } from './signature.js';
export { unvouched, type PublishedKey } from './succession.js';
export { taggedHash } from './tagged-hash.js';
export { Verification } from './verification.service.js';
