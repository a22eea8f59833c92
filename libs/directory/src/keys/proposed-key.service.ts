import type { DataKey, Vault } from '#libs/vault';
import type { ContactKeyRow } from './contact-key.entity.js';
import { materialOf, userIdsOf } from './contact-keys.queries.js';
import type { ReadKey } from './read-key.js';

type About = Pick<ContactKeyRow, 'id' | 'channelId' | 'partyCode' | 'addedBy' | 'addedAt'>;

/** The row of a key that waits for a second person. Who added it, and when, the database writes itself for an administrator. */
export function proposedKey(
  vault: Vault,
  sealing: DataKey,
  about: About,
  key: Omit<ReadKey, 'findings'> & { findings: readonly { code: string }[] },
) {
  const { kind, fingerprint, algorithm, bits, curve, namesAddress, canEncrypt, validFrom, expiresAt } = key;
  return {
    ...{ ...about, traffic: 'actual', state: 'proposed' as const },
    ...{ kind, fingerprint, algorithm, bits, curve, namesAddress, canEncrypt, validFrom, expiresAt },
    madeAt: key.createdAt,
    findings: key.findings.map(({ code }) => code),
    userIds: vault.seal(sealing, userIdsOf(about.id), key.userIds),
    material: vault.seal(sealing, materialOf(about.id), key.material),
  };
}
