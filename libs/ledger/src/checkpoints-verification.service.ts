import type { Tx } from '#libs/runtime';
import {
  checkpointHash,
  isSigned,
  leafOf,
  paddingOf,
  treeSize,
  type Checkpoint,
  type SignedCheckpoint,
} from './checkpoint.js';
import type { CheckpointQueries, StoredCheckpoint } from './checkpoint.queries.js';
import { allPages, type Findings } from './findings.js';
import { merkleRoot } from './merkle.js';
import type { PublicKey } from './signature.js';

/** What somebody outside has kept: published keys, and a checkpoint. */
export interface FromOutside {
  keys?: readonly PublicKey[] | undefined;
  checkpoint?: SignedCheckpoint | undefined;
}

/** Walks the checkpoints from the first: each follows the one before, and every chain still is where each one had it. */
export async function verifyCheckpoints(
  tx: Tx,
  queries: CheckpointQueries,
  findings: Findings,
  { keys, checkpoint: given }: FromOutside,
): Promise<void> {
  let before: Checkpoint | undefined;
  let isThere = given === undefined;
  const page = (after: StoredCheckpoint | undefined, limit: number) =>
    queries.stored(tx, after?.signed.checkpoint.number ?? 0, limit);
  for await (const stored of allPages(page, 100)) {
    const { checkpoint } = stored.signed;
    findings.checkpoints += 1;
    const what =
      faultOfSequence(checkpoint, before) ??
      (keys && !isSigned(stored.signed, keys) ? 'is not signed by the published key' : undefined) ??
      faultOfTree(stored);
    if (what) findings.faults.push({ table: 'checkpoints', row: String(checkpoint.number), what });
    isThere ||=
      given?.checkpoint.number === checkpoint.number && sameCheckpoint(given.checkpoint, checkpoint);
    before = checkpoint;
  }
  for (const number of await queries.missing(tx))
    findings.faults.push({
      ...{ table: 'checkpoints', row: String(number), what: 'is not there, and chains have places in it' },
    });
  if (given && !isThere)
    findings.faults.push({
      ...{ table: 'checkpoints', row: String(given.checkpoint.number) },
      what: 'is not the checkpoint that was given: the record was rewritten, or its newest part cut off',
    });
}

const sameCheckpoint = (one: Checkpoint, other: Checkpoint): boolean =>
  checkpointHash(one) === checkpointHash(other);

function faultOfSequence(checkpoint: Checkpoint, before: Checkpoint | undefined): string | undefined {
  const number = (before?.number ?? 0) + 1;
  if (checkpoint.number !== number) return `comes where ${number} should`;
  return checkpoint.previous === (before ? checkpointHash(before) : null)
    ? undefined
    : 'does not follow from the checkpoint before it';
}

function faultOfTree({ signed, leaves, padding, places }: StoredCheckpoint): string | undefined {
  if (leaves.length !== treeSize(places.length)) return 'has leaves that are not its own';
  const expected = leaves.map((_, position) => paddingOf(padding, position).toString('hex'));
  for (const { chain, hash, position, salt, seq } of places) {
    if (hash === null || salt === null) return `knows ${chain} ${seq}, which is not there any more`;
    expected[position] = leafOf({ chain, hash, salt, seq }).toString('hex');
  }
  const other = expected.findIndex((leaf, position) => leaf !== leaves[position]);
  const changed = places.find(({ position }) => position === other);
  if (changed) return `knows ${changed.chain} ${changed.seq} otherwise than it is now`;
  if (other !== -1 || expected.length !== leaves.length)
    return `knows another chain than it is said to, at ${other}`;
  const root = merkleRoot(leaves.map((leaf) => Buffer.from(leaf, 'hex'))).toString('hex');
  return root === signed.checkpoint.root ? undefined : 'does not have the root of its leaves';
}
