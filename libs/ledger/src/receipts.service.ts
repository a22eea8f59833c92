import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, SigningKeys, Vault } from '#libs/vault';
import { checkpointColumns, signedCheckpoint, type CheckpointRowView } from './checkpoint.queries.js';
import type { Entry } from './chain.js';
import type { Committed } from './commitment.js';
import { entryColumns, requestEventColumns } from './ledger.queries.js';
import { batchColumns, journalColumns, observationColumns } from './journal.queries.js';
import {
  journalReceiptTag,
  type JournalProof,
  type JournalReceipt,
  type ObservedWord,
  type SignedJournalReceipt,
} from './journal-receipt.js';
import type { JournalEntry } from './journal.js';
import { merklePath } from './merkle.js';
import type { ObservationFacts } from './observed.js';
import type { Proof } from './proof.js';
import { receiptTag, wordOf, type AnyReceipt, type Receipt, type SignedReceipt } from './receipt.js';
import type { RequestEventFacts } from './recorded.js';
import { signedBytes } from './signature.js';

type ProofRow =
  (Pick<Proof, 'after' | 'salt' | 'position'> & { leaves: string[]; checkpoint: CheckpointRowView }) | null;

interface JournalRow extends Omit<JournalProof, 'way'> {
  network: string;
  reference: string;
  event: ObservationFacts;
  entry: JournalEntry;
  proof: ProofRow;
}

interface Row {
  network: string;
  reference: string;
  event: RequestEventFacts;
  entry: Entry;
  sealed: Sealed | null;
  wrapped: Sealed | null;
  proof: ProofRow;
}

// The first checkpoint that has the chain at this entry or later; what stands between is told by its digests alone.
const proofColumn = `(SELECT jsonb_build_object('position', p.position, 'salt', h.salt, 'leaves', c.leaves,
    'checkpoint', jsonb_build_object(${checkpointColumns}),
    'after', coalesce((SELECT jsonb_agg(f.digest ORDER BY f.seq) FROM ledger_entries f
      WHERE f.chain = l.chain AND f.seq > l.seq AND f.seq <= p.seq), '[]'))
  FROM checkpoint_places p JOIN checkpoints c ON c.number = p.checkpoint JOIN ledger_heads h ON h.chain = p.chain
  WHERE p.chain = l.chain AND p.seq >= l.seq ORDER BY p.checkpoint LIMIT 1) AS proof`;

// Row level security leaves each side the events of its own lines.
const select = `SELECT n.code AS network, r.reference, ${requestEventColumns} AS event, ${entryColumns},
    s.content AS sealed, k.wrapped, ${proofColumn}
  FROM request_events e JOIN requests r ON r.id = e.request_id JOIN networks n ON n.id = r.network_id
    JOIN ledger_entries l ON l.subject_id = e.id LEFT JOIN request_event_contents s ON s.event_id = e.id
    LEFT JOIN request_keys k ON k.request_id = e.request_id AND k.party_code = $1`;

const selectObserved = `SELECT n.code AS network, r.reference, ${observationColumns} AS event, ${journalColumns} AS entry,
    ${batchColumns} AS batch, j.position, j.path, jsonb_build_object('seq', l.seq, 'prev', l.prev_hash, 'hash', l.hash) AS place,
    ${proofColumn}
  FROM observations t JOIN requests r ON r.id = t.request_id JOIN networks n ON n.id = r.network_id
    JOIN journal_entries j ON j.subject_id = t.id LEFT JOIN journal_batches b ON b.id = j.batch_id
    LEFT JOIN ledger_entries l ON l.subject_id = b.id`;

/** Signed receipts of what happened on the lines that a party may see. */
export class Receipts {
  constructor(
    private readonly vault: Vault,
    private readonly keys: SigningKeys,
  ) {}

  /** All receipts of a request, the oldest first. Raises `not-found` when it does not concern the caller. */
  async of(tx: Tx, party: string, requestId: string): Promise<AnyReceipt[]> {
    const [request] = await tx.query('SELECT 1 FROM requests WHERE id = $1', [requestId]);
    if (!request) throw new Problem('not-found', 'There is no such request.');
    const rows = await tx.query<Row>(
      `${select} WHERE e.request_id = $2 AND e.audience = 'both' ORDER BY e.at, e.id`,
      [party, requestId],
    );
    const receipts = await Promise.all(rows.map((row) => this.signed(row, party)));
    const observed = await tx.query<JournalRow>(`${selectObserved} WHERE t.request_id = $1`, [requestId]);
    return [
      ...receipts.filter((receipt) => receipt !== undefined),
      ...observed.map((row) => this.told(row)),
    ].sort(byTime);
  }

  /** The receipt of one event or observation. Raises `not-found` also where it does not concern the caller or has no receipt. */
  async one(tx: Tx, party: string, id: string): Promise<AnyReceipt> {
    const [row] = await tx.query<Row>(`${select} WHERE e.id = $2`, [party, id]);
    const [observed] = row ? [] : await tx.query<JournalRow>(`${selectObserved} WHERE t.id = $1`, [id]);
    const receipt = observed ? this.told(observed) : row && (await this.signed(row, party));
    if (!receipt) throw new Problem('not-found', 'There is no such receipt.');
    return receipt;
  }

  private async signed(row: Row, party: string): Promise<SignedReceipt | undefined> {
    const what = wordOf(row.event);
    if (!what) return undefined;
    const { digest: _digest, seq, prev, hash, ...entry } = row.entry;
    const receipt: Receipt = {
      ...{ type: 'aldis-receipt', version: 1, network: row.network, what, reference: row.reference },
      ...{ event: row.event, entry, place: { seq, prev, hash } },
    };
    return {
      receipt,
      kid: this.keys.keyId,
      signature: this.keys.sign(signedBytes(receiptTag, receipt)),
      proof: proofOf(row),
      opening: await this.opening(row, party),
    };
  }

  private told({ network, reference, event, entry, proof, ...place }: JournalRow): SignedJournalReceipt {
    const what = event.what as ObservedWord;
    const receipt: JournalReceipt = {
      ...{ type: 'aldis-journal-receipt', version: 1, network, what, reference, event, entry },
    };
    const way = proofOf({ proof });
    return {
      receipt,
      kid: this.keys.keyId,
      signature: this.keys.sign(signedBytes(journalReceiptTag, receipt)),
      proof: way && { ...place, way },
    };
  }

  private async opening({ event, sealed, wrapped }: Row, party: string): Promise<Committed | null> {
    if (!sealed || !wrapped) return null;
    const key = await this.vault.unwrap(event.request, party, wrapped);
    const place = { table: 'request_event_contents', row: event.id, field: 'content' };
    return this.vault.open<Committed>(key, place, sealed);
  }
}

function proofOf({ proof }: { proof: ProofRow }): Proof | null {
  if (!proof) return null;
  const { after, salt, position, leaves, checkpoint } = proof;
  const hashes = leaves.map((leaf) => Buffer.from(leaf, 'hex'));
  const path = merklePath(hashes, position).map((hash) => hash.toString('hex'));
  return { after, salt, position, path, checkpoint: signedCheckpoint(checkpoint) };
}

const byTime = ({ receipt: one }: AnyReceipt, { receipt: other }: AnyReceipt): number =>
  one.event.at === other.event.at ? 0 : one.event.at < other.event.at ? -1 : 1;
