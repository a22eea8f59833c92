import { unvouched, type PublishedKey } from '#libs/ledger';
import { publishedIn, withNewSigningKey, type KeyFile } from '#libs/vault';
import { keysIn } from './signatures.js';
import { strangersAmong } from './succession.js';

const seed = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const first: KeyFile = { current: 's1', keys: { s1: seed(1) } };
const second = withNewSigningKey(first);
const kept = publishedIn(first);
const published = publishedIn(withNewSigningKey(second));
const [newest, middle, oldest] = published;
const [other] = publishedIn({ current: 's9', keys: { s9: seed(9) } });
if (!newest || !middle?.successor || !oldest || !other) throw new Error('there are three keys and another');
const { successor, ...bare } = middle;
const forged = { ...successor, signature: `A${successor.signature.slice(1)}` };

describe('the keys that were kept', () => {
  it('are read with their successors and whatever else stands with them', () => {
    expect(keysIn({ keys: published })).toEqual(published);
    expect(keysIn({ keys: [{ ...newest, successor: 1, more: true }] })).toHaveLength(1);
  });

  it.each<[string, PublishedKey[], PublishedKey[]]>([
    ['the first of three', kept, published],
    ['all of them', published, published],
    ['the newest alone', [newest], published],
    ['those of another instance', [other], published],
    ['a key whose next one has no signature', kept, [newest, bare, oldest]],
    ['a key whose next one has a forged signature', kept, [newest, { ...middle, successor: forged }, oldest]],
    [
      'a key under whose id another is published',
      kept,
      [{ ...newest, x: other.x }, middle, { ...oldest, x: other.x }],
    ],
    ['a key that names itself', kept, [{ ...oldest, successor: { kid: oldest.kid, signature: 'x' } }]],
  ])('vouch for the same ones as on the command line: %s', async (_, known, given) => {
    const expected = unvouched(known, given).map(({ kid }) => kid);
    expect((await strangersAmong(given, known)).map(({ kid }) => kid)).toEqual(expected);
  });

  it('vouch for nothing by what has not the form of a successor', async () => {
    const odd = [newest, { ...middle, successor: 'next' }, { ...oldest, successor: null }];
    expect((await strangersAmong(odd, kept)).map(({ kid }) => kid)).toEqual([newest.kid, middle.kid]);
  });
});
