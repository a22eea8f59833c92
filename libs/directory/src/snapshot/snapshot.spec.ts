import { generateKeyPairSync, sign } from 'node:crypto';
import { signedBytes, type PublicKey } from '#libs/ledger';
import {
  digestOfParties,
  faultOfSnapshot,
  isOver,
  snapshotTag,
  type Snapshot,
  type SnapshotParty,
} from './snapshot.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' } as PublicKey];
const party: SnapshotParty = {
  ...{ code: 'XA', alpha3: 'XAA', numeric: null, kind: 'fictional-state', regionalGroup: null },
  ...{ names: { en: 'Fictional State A' }, consent: 'whole', bodies: [], pointsOfContact: [] },
  plans: [],
};
const snapshot: Snapshot = {
  ...{ type: 'aldis-directory-snapshot', version: 1, network: 'sample', instance: 'sample', for: 'XB' },
  ...{ tlp: 'AMBER', takenAt: '2026-07-01T00:00:00.000Z', expiresAt: '2026-07-31T00:00:00.000Z' },
  ...{ digest: digestOfParties([party]), parties: [party] },
};
const signed = (what: Snapshot) => ({
  snapshot: what,
  kid: 'k1',
  signature: sign(null, signedBytes(snapshotTag, what), privateKey).toString('base64url'),
});

describe('a signed snapshot', () => {
  it('holds with the key that signed it, also once it was written down and read again', () => {
    expect(faultOfSnapshot(signed(snapshot), keys)).toBeUndefined();
    const read = JSON.parse(JSON.stringify(signed(snapshot))) as ReturnType<typeof signed>;
    expect(faultOfSnapshot(read, keys)).toBeUndefined();
  });

  it('does not hold when anything was changed after it was signed', () => {
    const changed = { ...signed(snapshot), snapshot: { ...snapshot, expiresAt: '2099-01-01T00:00:00.000Z' } };
    expect(faultOfSnapshot(changed, keys)).toBe('it is not signed by the published key');
  });

  it('does not hold when its digest is of other parties, though it is signed', () => {
    const other = { ...snapshot, parties: [{ ...party, names: { en: 'Another' } }] };
    expect(faultOfSnapshot(signed(other), keys)).toBe('its digest is not that of its parties');
  });

  it('is over from its last moment on', () => {
    expect(isOver(snapshot, new Date('2026-07-30T23:59:59.999Z'))).toBe(false);
    expect(isOver(snapshot, new Date('2026-07-31T00:00:00.000Z'))).toBe(true);
  });
});
