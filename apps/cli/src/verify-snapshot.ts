import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { faultOfSnapshot, isOver, type SignedSnapshot } from '#libs/directory';
import type { PublicKey } from '#libs/ledger';
import { clock } from '#libs/runtime';

const text = z.string();
/** What is said of a snapshot; its parties are kept as they are, for the signature is over all of them. */
const file = z.strictObject({
  snapshot: z.strictObject({
    ...{ type: z.literal('aldis-directory-snapshot'), version: z.literal(1), network: text },
    ...{ instance: z.enum(['sample', 'real']), for: text.nullable(), tlp: text },
    ...{ takenAt: z.iso.datetime(), expiresAt: z.iso.datetime(), digest: text },
    parties: z.array(z.looseObject({ pointsOfContact: z.array(z.unknown()) })),
  }),
  ...{ kid: text, signature: text },
});

/** The snapshot in a file; undefined for a file that says to be something else. Raises for one that is damaged. */
export function snapshotIn(path: string): SignedSnapshot | undefined {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof given !== 'object' || given === null || !('snapshot' in given)) return undefined;
  const read = file.safeParse(given);
  if (!read.success) throw new Error(`${path} does not hold a snapshot as /api/v1/snapshot answers it.`);
  return read.data as unknown as SignedSnapshot;
}

/** Prints what a snapshot says of itself. Raises when it does not hold; one that is over holds, and that is said. */
export function verifySnapshot(
  path: string,
  given: SignedSnapshot,
  keys: readonly PublicKey[],
  print: (line: string) => void,
): void {
  const fault = faultOfSnapshot(given, keys);
  if (fault) throw new Error(`The snapshot in ${path} does not hold: ${fault}.`);
  const { network, takenAt, expiresAt, digest, parties, for: reader } = given.snapshot;
  const contacts = parties.reduce((sum, { pointsOfContact }) => sum + pointsOfContact.length, 0);
  print(
    `The directory of the network ${network} as seen by ${reader ?? 'its staff'} at ${takenAt}: ${contacts} points of ` +
      `contact of ${parties.length} parties, digest ${digest}. It holds.`,
  );
  if (isOver(given.snapshot, clock.now()))
    print(`It was to be relied on until ${expiresAt} only: take a new one where you can.`);
}
