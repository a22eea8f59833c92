import { Problem, type Tx } from '#libs/runtime';
import type { Checkpoint, SignedCheckpoint } from './checkpoint.js';

/** A checkpoint with all that it rests on, as whoever verifies needs it. */
export interface StoredCheckpoint {
  signed: SignedCheckpoint;
  leaves: string[];
  padding: string;
  /** The chains in it; without hash or salt where entry or head are gone. */
  places: { position: number; chain: string; seq: number; hash: string | null; salt: string | null }[];
}

/** What of a row is published. */
export interface CheckpointRowView {
  network: string;
  number: number;
  at: string;
  root: string;
  previous: string | null;
  kid: string;
  signature: string;
}

const columns = `c.network, c.number, app.utc(c.at) AS at, c.root, c.previous, c.key_id AS kid, c.signature`;

/** The same of a checkpoint `c`, as members of a JSON object. */
export const checkpointColumns = `'network', c.network, 'number', c.number, 'at', app.utc(c.at), 'root', c.root,
  'previous', c.previous, 'kid', c.key_id, 'signature', c.signature`;

/** A checkpoint in its published form. */
export const signedCheckpoint = ({
  network,
  number,
  at,
  root,
  previous,
  kid,
  signature,
}: CheckpointRowView): SignedCheckpoint => {
  const checkpoint: Checkpoint = {
    ...{ type: 'aldis-checkpoint', version: 1, network, number, at, root, previous },
  };
  return { checkpoint, kid, signature };
};

/** The newest checkpoint; undefined as long as there is none. */
export async function latestCheckpoint(tx: Tx): Promise<SignedCheckpoint | undefined> {
  const [row] = await tx.query<CheckpointRowView>(
    `SELECT ${columns} FROM checkpoints c ORDER BY c.number DESC LIMIT 1`,
  );
  return row && signedCheckpoint(row);
}

/** Reads of checkpoints: they are public. */
export class CheckpointQueries {
  /** Raises `not-found` as long as there is none. */
  async latest(tx: Tx): Promise<SignedCheckpoint> {
    const found = await latestCheckpoint(tx);
    if (!found) throw new Problem('not-found', 'There is no checkpoint yet. The first comes within minutes.');
    return found;
  }

  /** A page, the newest first, and the number to go on before, if there are more. */
  async page(
    tx: Tx,
    { before, limit }: { before?: number | undefined; limit: number },
  ): Promise<{ items: SignedCheckpoint[]; next: number | null }> {
    const rows = await tx.query<CheckpointRowView>(
      `SELECT ${columns} FROM checkpoints c WHERE $1::integer IS NULL OR c.number < $1 ORDER BY c.number DESC LIMIT $2`,
      [before ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      items: shown.map(signedCheckpoint),
      next: rows.length > limit ? (shown.at(-1)?.number ?? null) : null,
    };
  }

  /** Numbers of checkpoints that are not there, and of which places are left; for `aldis_ledger`. */
  async missing(tx: Tx): Promise<number[]> {
    const rows = await tx.query<{ number: number }>(
      `SELECT DISTINCT p.checkpoint AS number FROM checkpoint_places p
       WHERE NOT EXISTS (SELECT 1 FROM checkpoints c WHERE c.number = p.checkpoint) ORDER BY 1`,
    );
    return rows.map(({ number }) => number);
  }

  /** Checkpoints with all that they rest on, from after one on; for `aldis_ledger`. */
  async stored(tx: Tx, after: number, limit: number): Promise<StoredCheckpoint[]> {
    const rows = await tx.query<CheckpointRowView & Omit<StoredCheckpoint, 'signed'>>(
      `SELECT ${columns}, c.leaves, c.padding, coalesce((
         SELECT jsonb_agg(jsonb_build_object('position', p.position, 'chain', p.chain, 'seq', p.seq, 'hash', l.hash, 'salt', h.salt))
         FROM checkpoint_places p LEFT JOIN ledger_entries l ON l.chain = p.chain AND l.seq = p.seq
           LEFT JOIN ledger_heads h ON h.chain = p.chain WHERE p.checkpoint = c.number), '[]') AS places
       FROM checkpoints c WHERE c.number > $1 ORDER BY c.number LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ leaves, padding, places, ...row }) => ({
      signed: signedCheckpoint(row),
      leaves,
      padding,
      places,
    }));
  }
}
