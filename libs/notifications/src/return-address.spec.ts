import fc from 'fast-check';
import { LocalKeys, Vault } from '#libs/vault';
import { isMailAddress } from './mail-address.js';
import { ReturnAddresses } from './return-address.js';

const roots = new Map([
  ['k1', Buffer.alloc(32, 1)],
  ['k2', Buffer.alloc(32, 2)],
]);
const vault = new Vault(new LocalKeys('k2', roots));
const addresses = new ReturnAddresses(vault, 'returns@aldis.example');
const id = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('the address that a mail comes back to', () => {
  it('tells its notice, in whatever case it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.boolean(), async (notice, shouted) => {
        const address = await addresses.of(notice);
        expect(isMailAddress(address)).toBe(true);
        expect(await addresses.noticeOf(shouted ? address.toUpperCase() : address)).toBe(notice);
      }),
    );
  });

  it('is refused when one sign of it is another', async () => {
    const address = await addresses.of(id);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(address.length - 1),
        fc.constantFrom(...'0123456789abcdefg+@'),
        async (at, sign) => {
          fc.pre(address[at] !== sign);
          const forged = `${address.slice(0, at)}${sign}${address.slice(at + 1)}`;
          expect(await addresses.noticeOf(forged)).toBeUndefined();
        },
      ),
    );
  });

  it('has a local part of 64 octets at most, with the longest name there may be', async () => {
    const longest = new ReturnAddresses(vault, `${'r'.repeat(11)}@aldis.example`);
    expect((await longest.of(id)).indexOf('@')).toBe(64);
  });

  it('is known after the key was changed, and to no other instance', async () => {
    const [before, other] = [
      new LocalKeys('k1', roots),
      new LocalKeys('k1', new Map([['k1', Buffer.alloc(32, 3)]])),
    ];
    const ofKeys = async (keys: LocalKeys) =>
      new ReturnAddresses(new Vault(keys), 'returns@aldis.example').of(id);
    expect(await addresses.noticeOf(await ofKeys(before))).toBe(id);
    expect(await addresses.noticeOf(await ofKeys(other))).toBeUndefined();
  });

  it.each(['returns@aldis.example', 'returns+@aldis.example', 'aldis@aldis.example', ''])(
    'is not "%s"',
    async (address) => {
      expect(await addresses.noticeOf(address)).toBeUndefined();
    },
  );
});
