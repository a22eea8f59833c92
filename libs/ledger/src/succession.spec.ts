import { publishedIn, withNewSigningKey, type KeyFile } from '#libs/vault';
import { unvouched } from './succession.js';

const seed = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const first: KeyFile = { current: 's1', keys: { s1: seed(1) } };

describe('keys that were changed', () => {
  const second = withNewSigningKey(first);
  const third = withNewSigningKey(second);
  const [kept, published] = [publishedIn(first), publishedIn(third)];

  it('stay published, the newest first, without their private halves', () => {
    expect(Object.keys(third.keys)).toEqual(['s3']);
    expect(published.map(({ kid }) => kid)).toEqual([
      publishedIn(third)[0]?.kid,
      publishedIn(second)[0]?.kid,
      kept[0]?.kid,
    ]);
    expect(JSON.stringify(third)).not.toContain(seed(1));
  });

  it('follow from any that was kept earlier', () => {
    expect(unvouched(kept, published)).toEqual([]);
    expect(unvouched(publishedIn(second), publishedIn(second))).toEqual([]);
  });

  it('do not follow from a later one backwards, nor from those of another instance', () => {
    expect(unvouched(publishedIn({ current: 's9', keys: { s9: seed(9) } }), published)).toHaveLength(3);
    const [newest] = published;
    expect(unvouched(newest ? [newest] : [], published)).toHaveLength(2);
  });

  it('do not follow where a signature was changed, taken away, or another key put in its place', () => {
    const [newest, middle, oldest] = published;
    if (!newest || !middle?.successor || !oldest) throw new Error('There should be three keys');
    const strangers = (keys: typeof published) => unvouched(kept, keys).map(({ kid }) => kid);
    const { successor, ...bare } = middle;
    expect(strangers([newest, bare, oldest])).toEqual([newest.kid]);
    const forged = { ...successor, signature: `A${successor.signature.slice(1)}` };
    expect(strangers([newest, { ...middle, successor: forged }, oldest])).toEqual([newest.kid]);
    const [other] = publishedIn({ current: 's9', keys: { s9: seed(9) } });
    expect(strangers([{ ...newest, x: other?.x ?? '' }, middle, { ...oldest, x: other?.x ?? '' }])).toEqual([
      newest.kid,
      oldest.kid,
    ]);
  });
});
