import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { digestOf, linkOf } from './chain.js';
import { checkpointHash, leafOf } from './checkpoint.js';
import { commitmentTo, type Committed } from './commitment.js';
import { rootByPath } from './merkle.js';
import { faultOfReceipt, eventWords, receiptTag, wordOf, type SignedReceipt } from './receipt.js';
import { observedWords } from './journal-receipt.js';
import type { Proof } from './proof.js';
import { entryOfRequestEvent } from './recorded.js';
import { signedBytes, type PublicKey } from './signature.js';

const whole = readFileSync(new URL('../../../SPECIFICATION.md', import.meta.url), 'utf8');
const [specification = ''] = whole.split('### A receipt from the journal');
const [keySet, file] = [...specification.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
  ([, block = '']) => JSON.parse(block) as unknown,
) as [{ keys: PublicKey[] }, SignedReceipt & { proof: Proof; opening: Committed }];
const { keys } = keySet;
const { receipt, proof, opening } = file;
const { event, entry, place } = receipt;

describe('the test vectors of the specification', () => {
  it('are a receipt that holds', () => expect(faultOfReceipt(file, keys)).toBeUndefined());

  it('give what is computed on the way', () => {
    const digest = digestOf(entry);
    const hash = linkOf({ digest, prev: place.prev, seq: place.seq });
    const head = linkOf({ digest: proof.after[0] ?? '', prev: hash, seq: place.seq + 1 });
    const leaf = leafOf({ chain: entry.chain, hash: head, salt: proof.salt, seq: place.seq + 1 });
    const path = proof.path.map((beside) => Buffer.from(beside, 'hex'));
    const steps = {
      'content (the digest of opening)': commitmentTo(opening),
      commitment: entryOfRequestEvent(event).commitment,
      digest,
      hash,
      'hash of the head': head,
      leaf: leaf.toString('hex'),
      root: rootByPath(leaf, proof.position, path).toString('hex'),
      'hash of the checkpoint': checkpointHash(proof.checkpoint.checkpoint),
      'signed bytes of the receipt, SHA-256': createHash('sha256')
        .update(signedBytes(receiptTag, receipt))
        .digest('hex'),
    };
    const told = [...specification.matchAll(/^\| (.+?) +\| `([0-9a-f]{64})` \|$/gm)].map(
      ([, step = '', value = '']) => [step, value],
    );
    expect(Object.fromEntries(told)).toEqual(steps);
  });
});

/** The receipt with one of its innermost values changed, for each of them. */
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

describe('a receipt', () => {
  it('does not hold when any value in it was changed', () => {
    const all = [...changes(file)];
    expect(all.length).toBeGreaterThan(50);
    const unnoticed = all.filter(
      ({ changed }) => faultOfReceipt(changed as SignedReceipt, keys) === undefined,
    );
    expect(unnoticed.map(({ path }) => path)).toEqual([]);
  });

  it('holds without its proof, and without what was said', () => {
    expect(faultOfReceipt({ ...file, proof: null }, keys)).toBeUndefined();
    expect(faultOfReceipt({ ...file, opening: null }, keys)).toBeUndefined();
  });

  it('does not hold without the key, with another one, or with a shorter way', () => {
    expect(faultOfReceipt(file, [])).toMatch(/not signed/);
    const other = keys.map((key) => ({ ...key, x: Buffer.alloc(32, 5).toString('base64url') }));
    expect(faultOfReceipt(file, other)).toMatch(/not signed/);
    const withProof = (change: object) => ({ ...file, proof: { ...proof, ...change } });
    expect(faultOfReceipt(withProof({ path: proof.path.slice(1) }), keys)).toMatch(/root|malformed/);
    expect(faultOfReceipt(withProof({ after: [] }), keys)).toMatch(/root/);
    expect(faultOfReceipt(withProof({ position: 16 + proof.position }), keys)).toMatch(/malformed/);
  });
});

describe('the words of receipts', () => {
  it('are these and no others', () => {
    expect(eventWords).toEqual(['filed', 'accepted by relay', 'acknowledged', 'answered']);
    expect(observedWords).toEqual(['delivered', 'viewed']);
    for (const word of [...eventWords, ...observedWords]) expect(specification).toContain(`| \`${word}\` `);
  });

  it.each([
    ['send', 'sent', 'filed'],
    ['accepted-by-relay', 'sent', 'accepted by relay'],
    ['acknowledge', 'acknowledged', 'acknowledged'],
    ['determine', 'answered', 'answered'],
    ['determine', 'assessing', undefined],
    ['note', 'sent', undefined],
    ['toString', 'sent', undefined],
  ])('for %s to %s: %s', (act, to, word) => {
    expect(wordOf({ act, to, audience: 'both' })).toBe(word);
    expect(wordOf({ act, to, audience: 'requester' })).toBeUndefined();
  });
});
