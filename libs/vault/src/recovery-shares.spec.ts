import { randomBytes } from 'node:crypto';
import { readShare, recoverKeys, shareKeys, withNewKey, type KeyFile } from './index.js';

const one: KeyFile = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
const two = withNewKey(one);
const read = (lines: string[]) => lines.map(readShare);

/** Every choice of so many out of a list. */
function choices<T>(list: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return list.flatMap((item, at) => choices(list.slice(at + 1), count - 1).map((rest) => [item, ...rest]));
}

describe('shares of the vault key', () => {
  it('make the file again, whichever three of five there are, and in any order', async () => {
    const shares = read(await shareKeys(two, { of: 5, need: 3 }));
    const chosen = choices(shares, 3);
    expect(chosen).toHaveLength(10);
    for (const three of chosen) expect(await recoverKeys(three.toReversed())).toEqual(two);
    expect(await recoverKeys(shares)).toEqual(two);
  });

  it('tell nothing when one is missing, and a share that comes twice is one', async () => {
    const shares = read(await shareKeys(one, { of: 5, need: 3 }));
    for (const pair of choices(shares, 2))
      await expect(recoverKeys([...pair, pair[0]!])).rejects.toThrow(
        '3 different shares are needed, and there are 2',
      );
    await expect(recoverKeys([])).rejects.toThrow('no shares');
    // Even one who claims that two are enough does not get the keys.
    const forged = shares.slice(0, 2).map((share) => ({ ...share, need: 2 }));
    await expect(recoverKeys(forged)).rejects.toThrow('do not make the keys');
  });

  it('are told apart from those of another division', async () => {
    const [first, second] = [
      await shareKeys(one, { of: 3, need: 2 }),
      await shareKeys(one, { of: 3, need: 2 }),
    ];
    await expect(recoverKeys(read([first[0]!, second[1]!]))).rejects.toThrow('not made together');
    expect(first[0]).not.toBe(second[0]);
  });

  it('are read as people type them', async () => {
    const [line = ''] = await shareKeys(one, { of: 2, need: 2 });
    expect(line).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-)+[0-9A-HJKMNP-TV-Z]{1,5}$/);
    const typed = `  ${line.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(readShare(typed)).toEqual(readShare(line));
    expect(readShare(line)).toMatchObject({ number: 1, of: 2, need: 2 });
  });

  it('show that they were mistyped: each character, and a missing end', async () => {
    const [line = ''] = await shareKeys(one, { of: 2, need: 2 });
    for (let at = 0; at < line.length - 1; at++) {
      if (line[at] === '-') continue;
      const wrong = line.slice(0, at) + (line[at] === '7' ? '8' : '7') + line.slice(at + 1);
      expect(() => readShare(wrong)).toThrow('checksum');
    }
    expect(() => readShare(line.slice(0, -6))).toThrow('checksum');
    expect(() => readShare('')).toThrow('checksum');
    expect(() => readShare(`${line.slice(0, -1)}U`)).toThrow('no share has');
  });

  it.each([
    [1, 1],
    [5, 1],
    [2, 3],
    [256, 3],
    [5, 2.5],
    [NaN, 2],
  ])('are not made in numbers that make no sense: %d, of which %d', async (of, need) => {
    await expect(shareKeys(one, { of, need })).rejects.toThrow('At least 2 shares');
  });
});
