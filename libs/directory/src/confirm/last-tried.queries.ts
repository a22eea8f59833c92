import type { Tx } from '#libs/runtime';
import type { Tried } from './channel-doubt.js';

/** What was tried last on a channel, the newest first. */
export const lastTried = (tx: Tx, channelId: string): Promise<Tried[]> =>
  tx.query<Tried>(
    'SELECT kind, outcome FROM channel_checks WHERE channel_id = $1 ORDER BY at DESC, id DESC LIMIT 20',
    [channelId],
  );
