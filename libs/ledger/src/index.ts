export { digestOf, faultOfHead, faultOfLink, genesis, linkOf, type Entry, type EntryBody } from './chain.js';
export { commitmentTo, type Committed } from './commitment.js';
export { type Findings, type LedgerFault } from './findings.js';
export { Journal } from './journal.service.js';
export { JournalBatchRow, JournalEntryRow, LedgerEntryRow, LedgerHeadRow } from './ledger.entity.js';
export { LedgerQueries } from './ledger.queries.js';
export { Verification } from './verification.service.js';
