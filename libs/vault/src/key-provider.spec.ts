import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './envelope.js';
import { LocalKeys, Vault, type KeyProvider } from './index.js';

const own = new LocalKeys('k1', new Map([['k1', randomBytes(32)]]));

/** The far end: XB holds the key that its copies are wrapped with, and is asked each time. */
function heldByXb(): { keys: KeyProvider; asked: string[] } {
  const held = randomBytes(32);
  const asked: string[] = [];
  const keys: KeyProvider = {
    current: own.current,
    ids: own.ids,
    keyFor: (name, keyId) => own.keyFor(name, keyId),
    wrap: async (name, place, key) =>
      name === 'party:XB' ? sealBytes(held, 'xb-2026/party:XB', place, key) : own.wrap(name, place, key),
    unwrap: async (place, wrapped) => {
      if (!wrapped.key_id.startsWith('xb-2026/')) return own.unwrap(place, wrapped);
      asked.push(place.row);
      return openBytes(held, place, wrapped);
    },
  };
  return { keys, asked };
}

describe('a provider of keys', () => {
  it('can stand for a party that holds its own: only what was wrapped for it asks for it', async () => {
    const { keys, asked } = heldByXb();
    const vault = new Vault(keys);
    const dataKey = vault.newDataKey('r1');
    const [forA, forB] = [await vault.wrap(dataKey, 'XA'), await vault.wrap(dataKey, 'XB')];
    expect([forA.key_id, forB.key_id]).toEqual(['k1/party:XA', 'xb-2026/party:XB']);
    expect((await vault.unwrap('r1', 'XA', forA)).key).toEqual(dataKey.key);
    expect(asked).toEqual([]);
    expect((await vault.unwrap('r1', 'XB', forB)).key).toEqual(dataKey.key);
    expect(asked).toEqual(['r1/XB']);
    await expect(new Vault(own).unwrap('r1', 'XB', forB)).rejects.toThrow('"xb-2026" is not at hand');
  });

  it('lists the keys at hand with the current one first, for look-ups under each', async () => {
    const roots = new Map(['k1', 'k2', 'k3'].map((id) => [id, randomBytes(32)]));
    const vault = new Vault(new LocalKeys('k2', roots));
    expect(new LocalKeys('k2', roots).ids).toEqual(['k2', 'k1', 'k3']);
    const all = await vault.secrets('sign-in', 'a@xa.example');
    expect(all[0]).toEqual(await vault.secret('sign-in', 'a@xa.example'));
    expect(new Set(all.map(String)).size).toBe(3);
  });

  it('moves what was sealed under an older key to the current one, in its place and nowhere else', async () => {
    const roots = new Map(['k1', 'k2'].map((id) => [id, randomBytes(32)]));
    const [before, after] = [new Vault(new LocalKeys('k1', roots)), new Vault(new LocalKeys('k2', roots))];
    const place = { table: 'channels', row: 'c1', field: 'address' };
    const sealed = before.seal(await before.partyKey('XA'), place, 'cert@xa.example');
    const moved = await after.moved(place, sealed);
    expect([moved.key_id, await after.openPartys(place, moved)]).toEqual(['k2/party:XA', 'cert@xa.example']);
    await expect(after.moved({ ...place, row: 'c2' }, sealed)).rejects.toThrow();
    const wrapped = await before.wrap({ id: 'r1', key: roots.get('k1')! }, 'XB');
    const place2 = { table: 'request_keys', row: 'r1/XB', field: 'wrapped' };
    expect((await after.unwrap('r1', 'XB', await after.moved(place2, wrapped))).key).toEqual(roots.get('k1'));
  });
});
