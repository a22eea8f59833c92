import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { aheadMail } from '#libs/wording';
import { aheadDays } from '../channel-expiry.js';
import { addressOf } from '../directory.queries.js';
import { ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { followChannels } from '../points-of-contact.service.js';
import {
  administratorsToWarn,
  channelAbout,
  eachOnce,
  mailboxesOf,
  provenMailbox,
} from '../readers.queries.js';
import { AheadWarningRow } from './ahead-warning.entity.js';
import { confirmationOf } from './confirming.service.js';
import { confirmationDaysOf, daysOfAll, usualDays } from './confirmation-days.queries.js';
import { dueDates } from './confirmation-schedule.js';
import { maskedAddress } from './masked-address.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
/** Warnings that are written at once; the rest follow. */
const chunk = 100;

/** What a warning is wanted for: until the channel is changed, or the entry gone through. */
export const wantedAhead = (entryOrChannel: string): string => `ahead:${entryOrChannel}`;

interface Due {
  entry: string;
  /** Whose last day it is; null: the entry is to be gone through. */
  channel: string | null;
}

/**
 * Tells the owner of an entry 30 and 7 days before it is to be gone through, and before the last day of a channel, and once
 * that is over: its mailboxes and the administrators of its party. Where no mailbox could be asked to confirm the entry, its
 * owner is told 7 days before that is due, and when it is. Where the last channel that could be used is over, the entry follows. Each time once, by a row of the transaction that
 * writes the mails; of what was missed meanwhile only the nearest. Another date begins anew.
 */
export class AheadWarnings {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Answers how many warnings were written. One that could not be raises after the others. */
  async run(): Promise<number> {
    const waiting = await this.units.run(worker, (tx) => tx.query<Due>(`${due} LIMIT ${chunk}`, dueValues()));
    return this.units.each(worker, waiting, (tx, one) => this.warn(tx, one));
  }

  private async warn(tx: Tx, { entry: entryId, channel }: Due): Promise<boolean> {
    const id = newId();
    // Another worker waits here for this one, and then finds it written.
    const mine = await tx.query(
      `INSERT INTO ahead_warnings (id, point_of_contact_id, channel_id, party_code, traffic, due_at, days)
       SELECT $7::uuid, d.entry, d.channel, d.party, d.traffic, d."dueAt", d.days FROM (${due}) d ON CONFLICT DO NOTHING RETURNING 1`,
      [...dueValues({ entry: entryId, channel }), id],
    );
    if (mine.length === 0) return false;
    const warning = await tx.manager.findOneByOrFail(AheadWarningRow, { id });
    if (channel !== null && warning.days === 0)
      await tx.query('SELECT 1 FROM points_of_contact WHERE id = $1 FOR UPDATE', [entryId]);
    const entry = await tx.manager.findOneByOrFail(PointOfContactRow, { id: entryId });
    // A channel that is over is no way to reach the entry.
    if (channel !== null && warning.days === 0) await followChannels(tx, entry);
    const readers = eachOnce([
      ...(await mailboxesOf(tx, this.vault, entry)),
      ...(await administratorsToWarn(tx, this.vault, id)),
    ]);
    const channelId = await channelAbout(tx, entry, channel);
    const facts = await this.facts(tx, entry, warning);
    // Whoever confirms the entry takes back that it was to be confirmed.
    const wantedFor = facts.unasked ? confirmationOf(entryId) : wantedAhead(channel ?? entryId);
    await this.outbox.cancel(tx, wantedFor);
    if (channelId !== undefined)
      for (const { address, language } of readers)
        await this.outbox.enqueueToChannel(tx, {
          ...{ kind: 'ahead', waitedFor: false, channelId, partyCode: entry.partyCode, address, wantedFor },
          text: aheadMail({
            ...{ ...facts, language, party: facts.names[language] ?? facts.names.en ?? entry.partyCode },
            role: entry.roleNames[language] ?? entry.roleNames.en ?? Object.values(entry.roleNames)[0] ?? '',
          }),
        });
    await tx.manager.update(AheadWarningRow, id, { toldAt: await tx.now() });
    return true;
  }

  private async facts(tx: Tx, entry: PointOfContactRow, warning: AheadWarningRow) {
    const { id, partyCode, level } = entry;
    const { channelId, dueAt, days } = warning;
    const { hard } = dueDates(entry, await confirmationDaysOf(tx, partyCode));
    const row = channelId === null ? null : await tx.manager.findOneByOrFail(ChannelRow, { id: channelId });
    const path = row ? `points-of-contact/${id}` : 'confirmations';
    return {
      names: (await this.parties.one(tx, partyCode)).names,
      instance: (await this.parties.instance(tx)).kind,
      unasked: channelId === null && dueAt.getTime() !== hard.getTime(),
      ...{ level, dueAt, over: days === 0, link: `${this.publicUrl}/api/v1/${path}` },
      channel: row && {
        kind: row.kind,
        masked: maskedAddress(row.kind, await this.vault.openPartys<string>(addressOf(row.id), row.address)),
        lastDay: row.expiresOn ?? '',
      },
    };
  }
}

/** Of all entries, or of what is named. */
const dueValues = (one?: Due): unknown[] => [
  ...usualDays,
  ...aheadDays,
  ...[one?.entry ?? null, one?.channel ?? null],
];

/**
 * What is to be warned of and has not been: entries that are to be gone through, which is told of ahead alone, entries to be
 * confirmed that nobody could be asked about, and channels.
 */
const due = `
  WITH d AS MATERIALIZED (SELECT * FROM ${daysOfAll(1, 2)}),
    near AS (
      SELECT p.id AS entry, NULL::uuid AS channel, p.party_code AS party, p.traffic,
        greatest(p.confirmed_hard_at, p.verified_at, p.created_at) + make_interval(hours => d.hard * 24) AS due_at
      FROM points_of_contact p JOIN d ON d.party_code = p.party_code
      WHERE p.state IN ('verified', 'active', 'stale')
        -- The least of all first: an index answers that.
        AND greatest(p.confirmed_hard_at, p.verified_at, p.created_at)
          <= app.now() - make_interval(hours => (SELECT min(hard) * 24 FROM d) - $3::int * 24)
        AND greatest(p.confirmed_hard_at, p.verified_at, p.created_at) > app.now() - make_interval(hours => d.hard * 24)
      UNION ALL
      SELECT p.id, NULL, p.party_code, p.traffic, s.due_at
      FROM points_of_contact p JOIN d ON d.party_code = p.party_code CROSS JOIN LATERAL (SELECT
        greatest(p.confirmed_hard_at, p.confirmed_at, p.verified_at, p.created_at) + make_interval(hours => d.soft * 24)) s (due_at)
      WHERE p.state IN ('verified', 'active', 'stale') AND s.due_at <= app.now() + make_interval(days => $4::int)
        -- An index answers that.
        AND greatest(p.confirmed_at, p.verified_at, p.created_at)
          <= app.now() - make_interval(hours => (SELECT min(soft) * 24 FROM d) - $4::int * 24)
        AND NOT EXISTS (SELECT 1 FROM channels c WHERE c.point_of_contact_id = p.id AND ${provenMailbox('c')})
      UNION ALL
      SELECT p.id, c.id, p.party_code, p.traffic, (c.expires_on + 1)::timestamp AT TIME ZONE 'UTC'
      FROM channels c JOIN points_of_contact p ON p.id = c.point_of_contact_id
      WHERE c.expires_on IS NOT NULL AND c.state IN ('proven', 'suspect') AND p.state IN ('verified', 'active', 'stale')),
    told AS (
      SELECT n.*, CASE WHEN n.due_at <= app.now() THEN 0 WHEN n.due_at <= app.now() + make_interval(days => $4::int) THEN $4::int
        ELSE $3::int END AS days
      FROM near n WHERE n.due_at <= app.now() + make_interval(days => $3::int))
  SELECT t.entry, t.channel, t.party, t.traffic, t.due_at AS "dueAt", t.days FROM told t
  WHERE ($5::uuid IS NULL OR t.entry = $5 AND t.channel IS NOT DISTINCT FROM $6::uuid)
    AND NOT EXISTS (SELECT 1 FROM ahead_warnings w WHERE w.point_of_contact_id = t.entry
      AND w.channel_id IS NOT DISTINCT FROM t.channel AND w.due_at = t.due_at AND w.days <= t.days)
  ORDER BY t.due_at, t.entry, t.channel`;
