import { channelKinds } from '../entry-words.js';
import { maskedAddress } from './masked-address.js';

describe('a masked address', () => {
  it.each([
    ['mail', 'night-desk@xb.example', 'n•••k@xb.example'],
    ['mail', 'ab@xb.example', 'a•••@xb.example'],
    ['telephone', '+41221234567', '+41•••67'],
    ['fax', '+41221234567', '+41•••67'],
    ['webhook', 'https://hooks.xb.example/secret?key=1', 'https://hooks.xb.example/•••'],
    ['messenger', '@duty.xb', '@d•••b'],
  ] as const)('of %s %s is %s', (kind, address, masked) => {
    expect(maskedAddress(kind, address)).toBe(masked);
  });

  it('never is the whole of what can be used', () => {
    for (const kind of channelKinds)
      for (const address of ['a@b.example', '@abc', '+1', 'https://a.example/x', 'x'])
        expect([kind, maskedAddress(kind, address).includes('•••')]).toEqual([kind, true]);
  });
});
