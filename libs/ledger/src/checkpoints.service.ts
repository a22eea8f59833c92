import { randomBytes, randomInt } from 'node:crypto';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { SigningKeys } from '#libs/vault';
import {
  checkpointHash,
  checkpointTag,
  leafOf,
  paddingOf,
  treeSize,
  type Checkpoint,
  type Leaf,
} from './checkpoint.js';
import { latestCheckpoint } from './checkpoint.queries.js';
import { merkleRoot } from './merkle.js';
import { signedBytes } from './signature.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** Seconds from one checkpoint to the next, whether or not anything happened. */
export const checkpointSeconds = 300;

/** Makes the checkpoints of an instance, one at each beat, however many workers ask for it. */
export class Checkpoints {
  constructor(
    private readonly units: UnitOfWork,
    private readonly keys: SigningKeys,
  ) {}

  /** Makes the next checkpoint if it is due. Answers its number; undefined when it is not due, or another is at it. */
  async make(): Promise<number | undefined> {
    return this.units.run(worker, async (tx) => {
      const [mine] = await tx.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtext('aldis-checkpoint')) AS mine`,
      );
      if (!mine?.mine) return undefined;
      const [due] = await tx.query<{ at: string; network: string; due: boolean }>(
        `SELECT app.utc(now.at) AS at, n.code AS network, coalesce(
           (SELECT c.at FROM checkpoints c ORDER BY c.number DESC LIMIT 1) <= now.at - make_interval(secs => $1), true) AS due
         FROM (SELECT app.now() AS at) AS now, instance i JOIN networks n ON n.id = i.network_id`,
        [checkpointSeconds],
      );
      return due?.due ? this.write(tx, due) : undefined;
    });
  }

  private async write(tx: Tx, { at, network }: { at: string; network: string }): Promise<number> {
    const before = await latestCheckpoint(tx);
    // What moved since; all chains before are vouched for by the checkpoints before.
    const moved = await tx.query<Leaf>(
      `SELECT h.chain, h.seq, h.hash, h.salt FROM ledger_heads h
       WHERE h.seq > coalesce((SELECT max(p.seq) FROM checkpoint_places p WHERE p.chain = h.chain), 0)`,
    );
    const padding = randomBytes(32).toString('hex');
    const places = shuffled(treeSize(moved.length));
    const leaves = places.map((_, position) => paddingOf(padding, position));
    const placed = moved.map((leaf, index) => ({ leaf, position: places[index] ?? 0 }));
    for (const { leaf, position } of placed) leaves[position] = leafOf(leaf);
    const checkpoint: Checkpoint = {
      ...{ type: 'aldis-checkpoint', version: 1, network, at },
      number: (before?.checkpoint.number ?? 0) + 1,
      root: merkleRoot(leaves).toString('hex'),
      previous: before ? checkpointHash(before.checkpoint) : null,
    };
    const { number, root, previous } = checkpoint;
    const { keyId } = this.keys;
    const signature = this.keys.sign(signedBytes(checkpointTag, checkpoint));
    await tx.query(
      `INSERT INTO checkpoints (number, network, at, root, previous, key_id, signature, leaves, padding)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[number, network, at, root, previous, keyId, signature],
        ...[leaves.map((leaf) => leaf.toString('hex')), padding],
      ],
    );
    await tx.query(
      `INSERT INTO checkpoint_places (checkpoint, position, chain, seq)
       SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::integer[])`,
      [
        number,
        placed.map(({ position }) => position),
        ...[placed.map(({ leaf }) => leaf.chain), placed.map(({ leaf }) => leaf.seq)],
      ],
    );
    return number;
  }
}

/** The numbers below a size in random order: where a chain stands tells nothing. */
function shuffled(size: number): number[] {
  const places = Array.from({ length: size }, (_, position) => position);
  for (let last = size - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
  }
  return places;
}
