import { taggedHash } from './digests.js';
import { fits, hash, just, listOf, text, textOrNull, type Form } from './forms.js';
import type { Fault } from './kind.js';
import { isSignedBy, type PublishedKey } from './signatures.js';

const isParty = (value: unknown): boolean =>
  fits(value, { code: text, pointsOfContact: Array.isArray }, 'more-allowed');

/** A snapshot of the directory as it is given out (SPECIFICATION.md, snapshots). */
export const snapshotForm = {
  snapshot: {
    ...{ type: just('aldis-directory-snapshot'), version: just(1), network: text, instance: text },
    ...{ for: textOrNull, tlp: text, takenAt: text, expiresAt: text, digest: hash },
    parties: listOf(isParty),
  },
  ...{ kid: text, signature: text },
} satisfies Form;

export interface SignedSnapshot {
  snapshot: {
    network: string;
    for: string | null;
    takenAt: string;
    expiresAt: string;
    digest: string;
    parties: { code: string; pointsOfContact: unknown[] }[];
  };
  kid: string;
  signature: string;
}

/** What does not hold in a snapshot, with nothing but published keys; undefined when all of it does. */
export async function faultOfSnapshot(
  { snapshot, kid, signature }: SignedSnapshot,
  keys: readonly PublishedKey[],
): Promise<Fault | undefined> {
  if (!(await isSignedBy(keys, 'aldis-directory-snapshot-v1', snapshot, { kid, signature })))
    return { fault: 'signature' };
  const { digest, parties } = snapshot;
  return digest === (await taggedHash('aldis-directory-contents-v1', { parties }))
    ? undefined
    : { fault: 'digest' };
}
