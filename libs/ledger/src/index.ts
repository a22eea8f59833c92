export { digestOf, faultOfHead, faultOfLink, genesis, linkOf, type Entry, type EntryBody } from './chain.js';
export { commitmentTo, type Committed } from './commitment.js';
export { LedgerEntryRow, LedgerHeadRow } from './ledger.entity.js';
export { LedgerQueries } from './ledger.queries.js';
export { Verification, type Findings, type LedgerFault } from './verification.service.js';
