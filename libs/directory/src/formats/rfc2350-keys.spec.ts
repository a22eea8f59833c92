import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';
import { generateKey } from 'openpgp';
import { newDraft, newPointOfContact, type DraftKey } from './draft-entry.js';
import { readRfc2350 } from './read-rfc2350.js';
import { writeRfc2350 } from './write-rfc2350.js';

const at = new Date('2026-03-14T09:00:00Z');
const back = async (...keys: DraftKey[]): Promise<DraftKey[]> => {
  const draft = newDraft('XA');
  const team = {
    ...{ ...draft, party: 'XA', body: { ...draft.body, names: { en: 'CERT XA' }, kind: 'cert' as const } },
    pointsOfContact: [{ ...newPointOfContact('technical'), keys }],
  };
  const document = writeRfc2350([team], { at });
  const { drafts } = await readRfc2350(new TextEncoder().encode(document), { at, party: 'XA' });
  expect(drafts[0]?.unread).toEqual([]);
  return drafts[0]?.pointsOfContact[0]?.keys ?? [];
};

describe('keys in a document about a team', () => {
  const fingerprint = '0123456789ABCDEF'.repeat(4);

  it.each(['openpgp', 'smime'] as const)(
    'of %s come back by a fingerprint of 64 digits as what they are',
    async (standard) => {
      const key = { standard, fingerprint, expiresOn: '2027-01-01' };
      expect(await back(key)).toMatchObject([key]);
    },
  );

  it('come back whole: armored, and as PEM', async () => {
    const { publicKey } = await generateKey({ userIDs: [{ email: 'cert@xa.example' }], format: 'object' });
    const keys = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, [
      ...(['sign', 'verify'] as const),
    ]);
    if (!('privateKey' in keys)) throw new Error('no pair of keys');
    const certificate = await X509CertificateGenerator.createSelfSigned({
      ...{ name: 'CN=CERT XA', serialNumber: '01', signingAlgorithm: { name: 'Ed25519' } },
      ...{ keys, notBefore: at, notAfter: new Date('2027-06-01T00:00:00Z') },
    });
    const [pem, armor] = [certificate.toString('pem').trim(), publicKey.armor().trim()];
    const found = await back(
      { standard: 'openpgp', fingerprint: publicKey.getFingerprint().toUpperCase(), material: armor },
      { standard: 'smime', material: pem },
    );
    expect(found).toMatchObject([
      { standard: 'openpgp', fingerprint: publicKey.getFingerprint().toUpperCase() },
      { standard: 'smime', expiresOn: '2027-06-01', fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/) },
    ]);
    expect(found.map(({ material }) => material?.replace(/\s/g, ''))).toEqual(
      [armor, pem].map((text) => text.replace(/\s/g, '')),
    );
  });
});
