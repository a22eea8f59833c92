import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { faultOfReceipt, type SignedReceipt as OfLedger } from '#libs/ledger';
import { textsIn } from '#libs/wording';
import { contentsOf } from './file-contents.js';
import { keysIn } from './signatures.js';
import { verdictOn } from './verdict.js';

const specification = readFileSync(new URL('../../../../SPECIFICATION.md', import.meta.url), 'utf8');
const [keySet = '', vector = ''] = [...specification.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
);
const receipt = JSON.parse(vector) as OfLedger;
const published = keysIn(JSON.parse(keySet)) ?? [];

/** A key of this test's own, for receipts that nobody gives out. */
const own = generateKeyPairSync('ed25519');
const { x = '' } = own.publicKey.export({ format: 'jwk' });
const ownKeys = [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'own' }];
const signedByOwn = (tag: string, value: object) => ({
  kid: 'own',
  signature: sign(null, Buffer.from(`${tag}\n${canonicalize(value)}`), own.privateKey).toString('base64url'),
});

/** The vector with one member changed and everything signed anew, so that only what was changed can be found. */
function resigned(path: readonly string[], value: unknown): OfLedger {
  const changed = structuredClone(receipt) as unknown as Record<string, object>;
  let at = changed as Record<string, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[path.at(-1) ?? ''] = value;
  const proof = changed.proof as { checkpoint: { checkpoint: object } };
  if (path[0] !== 'signature') Object.assign(changed, signedByOwn('aldis-receipt-v1', changed.receipt ?? {}));
  if (path[2] !== 'signature')
    Object.assign(proof.checkpoint, signedByOwn('aldis-ledger-checkpoint-v1', proof.checkpoint.checkpoint));
  return changed as unknown as OfLedger;
}

describe('the verifier of the browser', () => {
  it('finds that the receipt of the specification holds, with proof and without', async () => {
    expect(await verdictOn(receipt, published)).toMatchObject({ verdict: 'holds', asGiven: false });
    expect(await verdictOn({ ...receipt, proof: null, opening: null }, published)).toMatchObject({
      verdict: 'holds',
      stated: { reference: 'AR-2026-7K3M9Q', network: 'sample' },
    });
    const { proof: _, opening: __, ...bare } = receipt;
    expect(await verdictOn(bare, published)).toMatchObject({ verdict: 'holds' });
  });

  const f = 'f'.repeat(64);
  it.each([
    [['signature'], 'x'.repeat(86)],
    [['receipt', 'what'], 'answered'],
    [['receipt', 'event', 'act'], 'send'],
    [['receipt', 'event', 'audience'], 'addressee'],
    [['receipt', 'event', 'at'], '2026-11-21T23:43:02.500001Z'],
    [['receipt', 'event', 'content'], f],
    [['receipt', 'entry', 'commitment'], f],
    [['receipt', 'entry', 'kind'], 'request.send'],
    [['receipt', 'entry', 'chain'], 'line:other'],
    [['receipt', 'place', 'seq'], 3],
    [['receipt', 'place', 'hash'], f],
    [['receipt', 'network'], 'other'],
    [['opening', 'salt'], '00'],
    [['proof', 'checkpoint', 'signature'], 'x'.repeat(86)],
    [['proof', 'checkpoint', 'checkpoint', 'root'], f],
    [['proof', 'after'], []],
    [['proof', 'salt'], f],
    [['proof', 'position'], 4],
    [['proof', 'position'], 21],
    [['proof', 'path'], ['zz']],
  ] as const)('finds %s changed, and says of it what the command line says', async (path, value) => {
    const changed = resigned(path, value);
    const found = await verdictOn(changed, ownKeys);
    expect(found.verdict).toBe('fails');
    const texts = textsIn('en').verify.fault;
    const { fault = '', member = '' } = found as { fault?: keyof typeof texts; member?: string };
    const text = texts[fault as keyof typeof texts];
    expect(typeof text === 'function' ? text(member) : text).toBe(faultOfReceipt(changed, ownKeys));
  });

  it('refuses another key, an unknown one, and one of another kind', async () => {
    const others = [
      published.map((key) => ({ ...key, x })),
      published.map((key) => ({ ...key, kid: 'another' })),
      published.map((key) => ({ ...key, crv: 'X25519' })),
      published.map((key) => ({ ...key, x: 'short' })),
      [],
    ];
    for (const keys of others)
      expect(await verdictOn(receipt, keys)).toMatchObject({ verdict: 'fails', fault: 'signature' });
  });

  it('finds a checkpoint that is another than the one that was kept', async () => {
    const kept = receipt.proof?.checkpoint;
    if (!kept) throw new Error('the vector has a proof');
    expect(await verdictOn(receipt, published, [kept])).toMatchObject({ verdict: 'holds', asGiven: true });
    const other = { ...kept, checkpoint: { ...kept.checkpoint, root: f } };
    expect(await verdictOn(receipt, published, [other])).toMatchObject({
      ...{ verdict: 'fails', fault: 'other-checkpoint' },
    });
    const later = { ...kept, checkpoint: { ...kept.checkpoint, number: 3 } };
    expect(await verdictOn(receipt, published, [later])).toMatchObject({ verdict: 'holds', asGiven: false });
  });

  it('says plainly of a kind that it does not know that it does not, when it is signed', async () => {
    const strange = resigned(['receipt', 'what'], 'delivered');
    expect(await verdictOn(strange, ownKeys)).toEqual({ verdict: 'unknown', what: 'delivered' });
    const elsewhere = resigned(['receipt', 'place'], { batch: f, position: 1 });
    expect(await verdictOn(elsewhere, ownKeys)).toMatchObject({ verdict: 'unknown' });
    const more = resigned(['receipt', 'more'], 1);
    expect(await verdictOn(more, ownKeys)).toMatchObject({ verdict: 'unknown' });
    expect(await verdictOn(more, published)).toMatchObject({ verdict: 'fails', fault: 'signature' });
  });

  it('says of what is no receipt that it has not the form of one', async () => {
    for (const given of [
      null,
      1,
      [],
      {},
      { ...receipt, more: 1 },
      { ...receipt, receipt: null },
      { ...receipt, kid: 1 },
    ])
      expect(await verdictOn(given, published)).toEqual({ verdict: 'fails', fault: 'form' });
  });
});

describe('what a file holds', () => {
  it('is found out: one receipt, several, a checkpoint, keys, or nothing of these', () => {
    expect(contentsOf(vector)).toEqual({ is: 'receipts', receipts: [receipt] });
    expect(contentsOf(JSON.stringify({ items: [receipt, receipt] }))).toMatchObject({
      receipts: [receipt, receipt],
    });
    expect(contentsOf(JSON.stringify(receipt.proof?.checkpoint))).toMatchObject({ is: 'checkpoint' });
    expect(contentsOf(keySet)).toEqual({ is: 'keys', text: keySet });
    for (const text of ['', '{', 'null', '[]', '{"items":[]}', '{"keys":[]}', '{"items":[1],"next":2}'])
      expect(contentsOf(text)).toEqual({ is: 'nothing' });
  });
});
