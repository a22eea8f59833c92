import type { Tx } from '#libs/runtime';
import type { Tried } from './channel-doubt.js';

/** What was tried last on a channel, the newest first. */
export const lastTried = (tx: Tx, channelId: string): Promise<Tried[]> =>
  tx.query<Tried>(
    `SELECT k.kind, k.outcome, t.wanted_by AS by
     FROM channel_checks k LEFT JOIN call_tasks t ON k.kind = 'call' AND t.id = k.evidence_id
     WHERE k.channel_id = $1 ORDER BY k.at DESC, k.id DESC LIMIT 20`,
    [channelId],
  );
