import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { digestOf, linkOf } from './chain.js';
import { leafOf } from './checkpoint.js';
import { entryOfBatch, leafOfEntry } from './journal.js';
import { journalReceiptTag, type JournalProof, type SignedJournalReceipt } from './journal-receipt.js';
import { rootByAuditPath, rootByPath } from './merkle.js';
import { entryOfObservation } from './observed.js';
import { faultOfReceipt } from './receipt.js';
import { signedBytes, type PublicKey } from './signature.js';

const whole = readFileSync(new URL('../../../SPECIFICATION.md', import.meta.url), 'utf8');
const [before = '', specification = ''] = whole.split('### A receipt from the journal');
const jsonIn = (text: string): unknown => JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? '');
const { keys } = jsonIn(before) as { keys: PublicKey[] };
const file = jsonIn(specification) as SignedJournalReceipt & { proof: JournalProof };
const { receipt, proof } = file;
const hashes = (hex: string[]) => hex.map((hash) => Buffer.from(hash, 'hex'));

describe('the test vectors of the specification', () => {
  it('are a receipt from the journal that holds', () => expect(faultOfReceipt(file, keys)).toBeUndefined());

  it('give what is computed on the way', () => {
    const { batch, place, way } = proof;
    const leaf = leafOfEntry(receipt.entry);
    const inChain = entryOfBatch(batch);
    const digest = digestOf(inChain);
    const head = linkOf({ digest: way.after[0] ?? '', prev: place.hash, seq: place.seq + 1 });
    const ofChain = leafOf({ chain: 'journal', hash: head, salt: way.salt, seq: place.seq + 1 });
    const steps = {
      'commitment of the observation': entryOfObservation(receipt.event).commitment,
      'leaf of the entry': leaf.toString('hex'),
      'root of the batch': rootByAuditPath(leaf, proof.position, batch.size, hashes(proof.path))?.toString(
        'hex',
      ),
      'commitment of the batch': inChain.commitment,
      'digest of its entry': digest,
      'hash of its entry': linkOf({ digest, prev: place.prev, seq: place.seq }),
      'hash of the head': head,
      'leaf of the chain': ofChain.toString('hex'),
      'root of the checkpoint': rootByPath(ofChain, way.position, hashes(way.path)).toString('hex'),
      'signed bytes, SHA-256': createHash('sha256')
        .update(signedBytes(journalReceiptTag, receipt))
        .digest('hex'),
    };
    const told = [...specification.matchAll(/^\| (.+?) +\| `([0-9a-f]{64})` \|$/gm)].map(
      ([, step = '', value = '']) => [step, value],
    );
    expect(Object.fromEntries(told)).toEqual(steps);
  });
});

/** The value with one of its innermost values changed, for each of them. */
function* changes(value: unknown, path: string[] = []): Generator<{ path: string; changed: unknown }> {
  if (typeof value !== 'object' || value === null) {
    const other = typeof value === 'number' ? value + 1 : value === null ? 'x' : `${JSON.stringify(value)}0`;
    yield { path: path.join('.'), changed: other };
    return;
  }
  for (const [name, inner] of Object.entries(value))
    for (const { path: at, changed } of changes(inner, [...path, name])) {
      const copy: unknown = Array.isArray(value)
        ? value.map((one: unknown, index) => (String(index) === name ? changed : one))
        : { ...value, [name]: changed };
      yield { path: at, changed: copy };
    }
}

describe('a receipt from the journal', () => {
  it('does not hold when any value in it was changed', () => {
    const all = [...changes(file)];
    expect(all.length).toBeGreaterThan(40);
    const unnoticed = all.filter(
      ({ changed }) => faultOfReceipt(changed as SignedJournalReceipt, keys) === undefined,
    );
    expect(unnoticed.map(({ path }) => path)).toEqual([]);
  });

  it('holds without its proof, and not without the key or by a shorter way', () => {
    expect(faultOfReceipt({ ...file, proof: null }, keys)).toBeUndefined();
    expect(faultOfReceipt(file, [])).toMatch(/not signed/);
    const withProof = (change: object) => ({ ...file, proof: { ...proof, ...change } });
    expect(faultOfReceipt(withProof({ path: proof.path.slice(1) }), keys)).toMatch(/root of its batch/);
    expect(faultOfReceipt(withProof({ batch: { ...proof.batch, size: 6 } }), keys)).toMatch(/batch/);
    expect(faultOfReceipt(withProof({ way: { ...proof.way, after: [] } }), keys)).toMatch(/checkpoint/);
  });
});
