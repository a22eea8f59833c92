import { MailSeal } from './mail-seal.js';

const keys = (name: string, byte: number) => ({
  current: name,
  keys: { [name]: Buffer.alloc(32, byte).toString('base64') },
});
const clear = Buffer.from('Subject: power station\r\n\r\nA text.');

describe('a sealed mail', () => {
  const seal = new MailSeal(keys('k1', 1));

  it('opens to what it was and shows nothing of it', () => {
    const sealed = seal.seal('000001', clear);
    expect(seal.open('000001', sealed)).toEqual(clear);
    expect(sealed.includes('power')).toBe(false);
    expect(seal.seal('000001', clear)).not.toEqual(sealed);
  });

  it('still opens after the vault has got a newer key', () => {
    const sealed = seal.seal('000001', clear);
    const rotated = { current: 'k2', keys: { ...keys('k1', 1).keys, ...keys('k2', 2).keys } };
    expect(new MailSeal(rotated).open('000001', sealed)).toEqual(clear);
  });

  it('does not open under another name, with another key, or changed or cut anywhere', () => {
    const sealed = seal.seal('000001', clear);
    expect(seal.open('000002', sealed)).toBeUndefined();
    expect(new MailSeal(keys('k1', 9)).open('000001', sealed)).toBeUndefined();
    expect(new MailSeal(keys('k2', 1)).open('000001', sealed)).toBeUndefined();
    for (let at = 1; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seal.open('000001', changed)).toBeUndefined();
      expect(seal.open('000001', sealed.subarray(0, at))).toBeUndefined();
    }
  });
});
