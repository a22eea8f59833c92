import type { Refusal, RefusalObserver } from '#libs/notifications';
import { newId, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { addressOf } from '../directory.queries.js';
import { ChannelCheckRow, ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { followChannels } from '../points-of-contact.service.js';
import { isDoubtedByOthers, isDoubtful, type Tried } from './channel-doubt.js';
import { noteBySystem } from './correction-notes.service.js';
import { lastTried } from './last-tried.queries.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
/** Channels that are read at a time, and how far back checks are read. */
const page = 200;
const lookBackDays = 30;

/**
 * Watches channels: what is refused for good makes one suspect at once, in the transaction that records the refusal;
 * unanswered calls and reports follow within seconds. A suspect channel is used last, and ends being suspect by an
 * answer or a new proof.
 */
export class ChannelWatch implements RefusalObserver {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Where a notice went has refused it for good. Says so of every channel of the entry with that kind and address. */
  async observe(tx: Tx, refusal: Refusal): Promise<void> {
    const [found] = await tx.query<{ id: string }>(
      `SELECT coalesce($1::uuid, (SELECT point_of_contact_id FROM channels WHERE id = $2)) AS id`,
      [refusal.pointOfContactId, refusal.channelId],
    );
    if (!found?.id) return;
    const entry = await lockedEntry(tx, found.id);
    if (!entry) return;
    for (const channel of await tx.manager.findBy(ChannelRow, {
      pointOfContactId: entry.id,
      kind: refusal.kind,
    })) {
      if (channel.state === 'ended') continue;
      const address = await this.vault.openPartys<string>(addressOf(channel.id), channel.address);
      if (address !== refusal.address) continue;
      await check(tx, channel, { kind: 'delivery', outcome: 'failed' }, refusal.noticeId);
      await doubt(tx, entry, channel, 'refused');
    }
  }

  /** Doubts what calls and reports give reason to doubt, and closes notes that are over. Answers how many it doubted. What failed raises after the rest. */
  async run(): Promise<number> {
    await this.units.run(worker, settleNotes);
    const failures: unknown[] = [];
    let doubted = 0;
    for (let last: string | null = null; ;) {
      const found: Watched[] = await this.units.run(worker, (tx) => watched(tx, last));
      for (const { id, entry } of found)
        await this.units
          .run(worker, (tx) => look(tx, entry, id))
          .then((done) => (doubted += Number(done)))
          .catch((error: unknown) => failures.push(error));
      last = found.at(-1)?.id ?? null;
      if (found.length < page) break;
    }
    if (failures.length > 0) throw new Error(failures.map(String).join('; '));
    return doubted;
  }
}

interface Watched {
  id: string;
  entry: string;
}

/** A page, by id, of the proven channels that somebody has said something of, or of which something was tried in vain. */
const watched = (tx: Tx, afterId: string | null): Promise<Watched[]> =>
  tx.query<Watched>(
    `SELECT c.id, c.point_of_contact_id AS entry FROM channels c
     WHERE c.state = 'proven' AND ($1::uuid IS NULL OR c.id > $1) AND c.id IN (
       SELECT k.channel_id FROM channel_checks k
       WHERE k.outcome <> 'answered' AND k.at > app.now() - make_interval(days => ${lookBackDays})
       UNION SELECT r.channel_id FROM corrections r WHERE r.state = 'open' AND r.what = 'wrong-channel' AND r.via = 'account')
     ORDER BY c.id LIMIT ${page}`,
    [afterId],
  );

async function look(tx: Tx, entryId: string, id: string): Promise<boolean> {
  const entry = await lockedEntry(tx, entryId);
  const channel = entry && (await tx.manager.findOneBy(ChannelRow, { id, state: 'proven' }));
  if (!entry || !channel) return false;
  const tried = await lastTried(tx, id);
  if (isDoubtful(tried, entry.partyCode)) {
    await doubt(
      tx,
      entry,
      channel,
      tried.some(({ kind, outcome }) => kind !== 'call' && outcome === 'failed') ? 'refused' : 'unanswered',
    );
    return true;
  }
  const reports = await tx.query<{ id: string; party: string }>(
    `SELECT id, reporter_code AS party FROM corrections
     WHERE channel_id = $1 AND state = 'open' AND via = 'account' AND what = 'wrong-channel'
       AND reported_at > coalesce($2, '-infinity'::timestamptz) ORDER BY reported_at`,
    [id, channel.answeredAt],
  );
  if (
    !isDoubtedByOthers(
      reports.map(({ party }) => party),
      entry.partyCode,
    )
  )
    return false;
  await check(tx, channel, { kind: 'report', outcome: 'wrong-contact' }, reports.at(-1)?.id ?? null);
  await doubt(tx, entry, channel, 'unanswered');
  return true;
}

async function lockedEntry(tx: Tx, id: string): Promise<PointOfContactRow | null> {
  const locked = await tx.query('SELECT 1 FROM points_of_contact WHERE id = $1 FOR UPDATE', [id]);
  return locked.length > 0 ? tx.manager.findOneBy(PointOfContactRow, { id }) : null;
}

/** A proven channel becomes suspect, its party is told, and the entry follows. */
async function doubt(
  tx: Tx,
  entry: PointOfContactRow,
  channel: ChannelRow,
  why: 'refused' | 'unanswered',
): Promise<void> {
  if (channel.state !== 'proven') return;
  await tx.manager.update(ChannelRow, channel.id, {
    ...{ state: 'suspect', suspectSince: await tx.now(), version: channel.version + 1 },
  });
  await noteBySystem(tx, entry, channel.id, why);
  await followChannels(tx, entry);
}

async function check(
  tx: Tx,
  channel: ChannelRow,
  seen: Omit<Tried, 'by'>,
  evidenceId: string | null,
): Promise<void> {
  const { id: channelId, partyCode, traffic } = channel;
  await tx.manager.insert(ChannelCheckRow, {
    ...{ id: newId(), channelId, partyCode, traffic, ...seen, evidenceId, at: await tx.now() },
  });
}

/** What was noted is over when the channel answers or ends, and when the entry was gone through or has ended. */
async function settleNotes(tx: Tx): Promise<void> {
  await tx.query(
    `UPDATE corrections r SET state = 'settled', decided_at = app.now(), version = version + 1 WHERE r.state = 'open' AND (
       EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = r.point_of_contact_id AND p.state = 'retired')
       OR EXISTS (SELECT 1 FROM channels c WHERE c.id = r.channel_id
         AND (c.state = 'ended' OR (r.via = 'system' AND c.state = 'proven')))
       OR (r.what = 'not-gone-through' AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = r.point_of_contact_id
         AND greatest(p.confirmed_hard_at, p.verified_at) > r.reported_at)))`,
  );
}
