import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import {
  faultOfReceipt,
  type AnyReceipt,
  type SignedJournalReceipt,
  type SignedReceipt as OfLedger,
} from '#libs/ledger';
import { textsIn } from '#libs/wording';
import { contentsOf } from './file-contents.js';
import { keysIn } from './signatures.js';
import { verdictOn } from './verdict.js';

const specification = readFileSync(new URL('../../../../SPECIFICATION.md', import.meta.url), 'utf8');
const [keySet = '', vector = '', journalVector = ''] = [
  ...specification.matchAll(/```json\n([\s\S]*?)```/g),
].map(([, text = '']) => text);
const receipt = JSON.parse(vector) as OfLedger;
const observed = JSON.parse(journalVector) as SignedJournalReceipt;
const published = keysIn(JSON.parse(keySet)) ?? [];

/** A key of this test's own, for receipts that nobody gives out. */
const own = generateKeyPairSync('ed25519');
const { x = '' } = own.publicKey.export({ format: 'jwk' });
const ownKeys = [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'own' }];
const signedByOwn = (tag: string, value: object) => ({
  kid: 'own',
  signature: sign(null, Buffer.from(`${tag}\n${canonicalize(value)}`), own.privateKey).toString('base64url'),
});

/** A vector with one member changed and everything signed anew, so that only what was changed can be found. */
function resigned<Of extends AnyReceipt>(vector: Of, path: readonly string[], value: unknown): Of {
  const changed = structuredClone(vector);
  let at = changed as unknown as Record<string, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[path.at(-1) ?? ''] = value;
  const tag = 'opening' in vector ? 'aldis-receipt-v1' : 'aldis-journal-receipt-v1';
  if (path[0] !== 'signature') Object.assign(changed, signedByOwn(tag, changed.receipt));
  const { proof } = changed;
  const way = proof && 'way' in proof ? proof.way : proof;
  if (way && path.at(-1) !== 'signature')
    Object.assign(way.checkpoint, signedByOwn('aldis-ledger-checkpoint-v1', way.checkpoint.checkpoint));
  return changed;
}

/** What the page says of a receipt, in the words of the command line; undefined when it holds. */
async function faultOf(given: AnyReceipt): Promise<string | undefined> {
  const found = await verdictOn(given, ownKeys);
  const texts = textsIn('en').verify.fault;
  const { fault = '', member = '' } = found as { fault?: string; member?: string };
  const text = texts[fault as keyof typeof texts] as string | ((member: string) => string) | undefined;
  return typeof text === 'function' ? text(member) : text;
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
    const changed = resigned(receipt, path, value);
    expect(faultOfReceipt(changed, ownKeys)).toBeDefined();
    expect(await faultOf(changed)).toBe(faultOfReceipt(changed, ownKeys));
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
    for (const vector of [receipt, observed]) {
      const strange = resigned(vector, ['receipt', 'what'], 'forwarded');
      expect(await verdictOn(strange, ownKeys)).toEqual({ verdict: 'unknown', what: 'forwarded' });
    }
    const [delivered, filed] = [
      resigned(receipt, ['receipt', 'what'], 'delivered'),
      resigned(observed, ['receipt', 'what'], 'filed'),
    ];
    expect(await verdictOn(delivered, ownKeys)).toEqual({ verdict: 'unknown', what: 'delivered' });
    expect(await verdictOn(filed, ownKeys)).toEqual({ verdict: 'unknown', what: 'filed' });
    const elsewhere = resigned(receipt, ['receipt', 'place'], { batch: f, position: 1 });
    expect(await verdictOn(elsewhere, ownKeys)).toMatchObject({ verdict: 'unknown' });
    const more = resigned(receipt, ['receipt', 'more'], 1);
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
      { ...receipt, receipt: { ...receipt.receipt, type: 'aldis-memento' } },
      { ...observed, opening: null },
      { ...observed, opening: { salt: '00', content: {} } },
      { ...receipt, kid: 1 },
    ])
      expect(await verdictOn(given, published)).toEqual({ verdict: 'fails', fault: 'form' });
  });
});

describe('receipts from the journal', () => {
  it('hold as the specification has one, with proof and without', async () => {
    const stated = {
      ...{ reference: 'AR-2026-7K3M9Q', network: 'sample', requester: 'XA', addressee: 'XB' },
      ...{ traffic: 'actual', evidence: 'link-fetched', assurance: 'system' },
      at: '2026-11-21T23:42:40.250000Z',
    };
    const checkpoint = observed.proof?.way.checkpoint;
    expect(await verdictOn(observed, published)).toMatchObject({ verdict: 'holds', stated, checkpoint });
    expect(await verdictOn({ ...observed, proof: null }, published)).toMatchObject({ verdict: 'holds' });
    const { proof: _, ...bare } = observed;
    expect(await verdictOn(bare, published)).toMatchObject({ verdict: 'holds' });
  });

  const f = 'f'.repeat(64);
  it.each([
    [['signature'], 'x'.repeat(86)],
    [['receipt', 'what'], 'viewed'],
    [['receipt', 'event', 'what'], 'viewed'],
    [['receipt', 'event', 'evidence'], 'code-typed'],
    [['receipt', 'event', 'assurance'], 'signed-in'],
    [['receipt', 'event', 'notice'], null],
    [['receipt', 'event', 'addressee'], 'XC'],
    [['receipt', 'event', 'at'], '2026-11-21T23:42:40.250001Z'],
    [['receipt', 'event', 'salt'], f],
    [['receipt', 'entry', 'id'], 'another'],
    [['receipt', 'entry', 'party'], null],
    [['receipt', 'entry', 'kind'], 'observation.viewed'],
    [['receipt', 'entry', 'subject'], 'another'],
    [['receipt', 'entry', 'commitment'], f],
    [['receipt', 'network'], 'other'],
    [['proof', 'batch', 'id'], 'another'],
    [['proof', 'batch', 'at'], '2026-11-21T23:42:50.000001Z'],
    [['proof', 'batch', 'size'], 1],
    [['proof', 'batch', 'size'], 6],
    [['proof', 'batch', 'size'], 9],
    [['proof', 'batch', 'root'], f],
    [['proof', 'position'], 0],
    [['proof', 'position'], 5],
    [['proof', 'path'], []],
    [['proof', 'path'], ['zz']],
    [['proof', 'path'], [f]],
    [
      ['proof', 'path'],
      [...(observed.proof?.path ?? []), f],
    ],
    [['proof', 'place', 'seq'], 8],
    [['proof', 'place', 'prev'], f],
    [['proof', 'place', 'hash'], f],
    [['proof', 'way', 'checkpoint', 'signature'], 'x'.repeat(86)],
    [['proof', 'way', 'checkpoint', 'checkpoint', 'root'], f],
    [['proof', 'way', 'checkpoint', 'checkpoint', 'network'], 'other'],
    [['proof', 'way', 'after'], []],
    [['proof', 'way', 'salt'], f],
    [['proof', 'way', 'position'], 2],
    [['proof', 'way', 'position'], 19],
    [['proof', 'way', 'path'], ['zz']],
  ] as const)('are found out with %s changed, in the words of the command line', async (path, value) => {
    const changed = resigned(observed, path, value);
    expect(faultOfReceipt(changed, ownKeys)).toBeDefined();
    expect(await faultOf(changed)).toBe(faultOfReceipt(changed, ownKeys));
  });

  it('are not believed with a proof that has another form', async () => {
    for (const proof of [{}, { ...observed.proof, more: 1 }, receipt.proof, 'proof'])
      expect(await verdictOn({ ...observed, proof }, published)).toMatchObject({ fault: 'way' });
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
