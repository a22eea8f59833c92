import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { chooseLanguage, confirmationMail } from '#libs/wording';
import { inEarnest } from '../channel-expiry.js';
import { addressOf } from '../directory.queries.js';
import { withConfirmation } from '../entry-life.js';
import type { ContactState } from '../entry-words.js';
import { ChannelCheckRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { firstMailboxOf, provenMailbox } from '../readers.queries.js';
import { daysOfAll, usualDays } from './confirmation-days.queries.js';
import { ConfirmationRow } from './confirmation.entity.js';
import {
  dueDates,
  isFresh,
  linkDays,
  mailDue,
  type ConfirmationDays,
  type Confirmed,
} from './confirmation-schedule.js';
import { noteBySystem } from './correction-notes.service.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
const page = 200;
/** Mails that are written in one go: the next go follows within seconds. */
const mailsAtOnce = 100;

/** What mails that ask to confirm an entry are wanted for. */
export const confirmationOf = (entryId: string): string => `confirmation:${entryId}`;

/** The token of an ask, the same in every mail of it. */
export const confirmationToken = async (vault: Vault, id: string, keyId: string): Promise<string> =>
  (await vault.secret('confirmation-token', id, keyId)).toString('base64url');

interface Due extends Confirmed, ConfirmationDays {
  id: string;
  state: ContactState;
  zone: string;
  /** Whether there is a mailbox to ask at, a proven channel at all, and a note that it was not gone through. */
  askable: boolean;
  reachable: boolean;
  noted: boolean;
  askedAt: Date | null;
  mailedAt: Date | null;
}

/**
 * Entries that nobody has confirmed, or gone through, for as long as the strictest of the networks says: called stale, and asked about. Each in a
 * transaction of its own that locks it and looks again, so that several workers, or one that was away, do nothing twice.
 */
export class Confirming {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Answers how many entries were looked after. One that could not be raises after the others. */
  async run(): Promise<number> {
    const failures: unknown[] = [];
    let done = 0;
    for (let last = ''; done < mailsAtOnce;) {
      const { rows, at } = await this.units.run(worker, async (tx) => ({
        rows: await overdue(tx, last),
        at: await tx.now(),
      }));
      for (const { id } of rows.filter((row) => needsCare(row, at)).slice(0, mailsAtOnce - done))
        await this.units
          .run(worker, (tx) => this.care(tx, id))
          .then((cared) => (done += Number(cared)))
          .catch((error: unknown) => failures.push(error));
      last = rows.at(-1)?.id ?? '';
      if (rows.length < page) break;
    }
    if (failures.length > 0) throw new Error(failures.map(String).join('; '));
    return done;
  }

  private async care(tx: Tx, id: string): Promise<boolean> {
    const locked = await tx.query('SELECT 1 FROM points_of_contact WHERE id = $1 FOR UPDATE SKIP LOCKED', [
      id,
    ]);
    const [facts] = locked.length > 0 ? await overdue(tx, '', id) : [];
    const at = await tx.now();
    if (!facts || !needsCare(facts, at)) return false;
    const entry = await tx.manager.findOneByOrFail(PointOfContactRow, { id });
    const state = stateOf(facts, at);
    if (state !== entry.state)
      await tx.manager.update(PointOfContactRow, id, { state, version: entry.version + 1 });
    const { soft, hard } = dueDates(facts, facts);
    if (at >= hard && !facts.noted) await noteBySystem(tx, entry, null, 'not-gone-through');
    const mail = facts.askable ? mailDue(soft, entry.zone, askOf(facts), at) : null;
    if (mail) await this.mail(tx, entry, mail, facts, at);
    return true;
  }

  private async mail(
    tx: Tx,
    entry: PointOfContactRow,
    what: 'ask' | 'remind',
    facts: Due,
    at: Date,
  ): Promise<void> {
    const { id, partyCode } = entry;
    const channel = await firstMailboxOf(tx, id);
    if (!channel) return;
    const ask = await this.ask(tx, entry, channel.id, what, at);
    const token = await confirmationToken(this.vault, ask.id, ask.keyId);
    const language = chooseLanguage(entry.languages);
    const { names } = await this.parties.one(tx, partyCode);
    const { kind: instance } = await this.parties.instance(tx);
    await this.outbox.cancel(tx, confirmationOf(id));
    await this.outbox.enqueueToChannel(tx, {
      ...{ kind: 'confirmation', waitedFor: false, channelId: channel.id, partyCode },
      address: await this.vault.openPartys<string>(addressOf(channel.id), channel.address),
      wantedFor: confirmationOf(id),
      text: confirmationMail({
        ...{ language, instance, party: names[language] ?? names.en ?? partyCode },
        role: entry.roleNames[language] ?? entry.roleNames.en ?? Object.values(entry.roleNames)[0] ?? '',
        ...{ level: entry.level, reminder: what === 'remind' },
        lastAt: entry.confirmedAt ?? facts.verifiedAt ?? facts.createdAt,
        ...{ link: `${this.publicUrl}/confirm/${token}`, expiresAt: ask.expiresAt },
      }),
    });
  }

  /** The ask that a reminder repeats, where it went to the same mailbox and still holds; else a new one. */
  private async ask(tx: Tx, entry: PointOfContactRow, channelId: string, what: 'ask' | 'remind', at: Date) {
    const [newest] = await tx.manager.find(ConfirmationRow, {
      ...{ where: { pointOfContactId: entry.id }, order: { askedAt: 'DESC' }, take: 1 },
    });
    if (what === 'remind' && newest?.channelId === channelId && !newest.usedAt && newest.expiresAt > at) {
      await tx.manager.update(ConfirmationRow, newest.id, { mailedAt: at });
      return newest;
    }
    if (newest) await wasInVain(tx, entry, newest, at);
    const id = newId();
    const keyId = this.vault.currentKey;
    const row: ConfirmationRow = {
      ...{ id, pointOfContactId: entry.id, channelId, partyCode: entry.partyCode, traffic: 'actual', keyId },
      tokenHash: hashToken(await confirmationToken(this.vault, id, keyId)),
      // A new link between two asks is no new round.
      ...{ askedAt: what === 'remind' && newest ? newest.askedAt : at, mailedAt: at },
      expiresAt: new Date(at.getTime() + linkDays * 86_400_000),
      ...{ usedAt: null, outcome: null },
    };
    await tx.manager.insert(ConfirmationRow, row);
    return row;
  }
}

/** A mailbox that was asked, and at which nobody answered until it is asked anew. It says nothing of the mailbox but that. */
async function wasInVain(
  tx: Tx,
  { partyCode, confirmedAt }: PointOfContactRow,
  { id, channelId, askedAt, usedAt }: ConfirmationRow,
  at: Date,
): Promise<void> {
  if (usedAt !== null || (confirmedAt !== null && confirmedAt > askedAt)) return;
  await tx.manager.insert(ChannelCheckRow, {
    ...{ id: newId(), channelId, partyCode, traffic: 'actual', evidenceId: id, at },
    ...{ kind: 'confirmation', outcome: 'no-answer' },
  });
}

const stateOf = (due: Due, at: Date) => withConfirmation(due.state, isFresh(due, due, at), due.reachable);

const askOf = ({ askedAt, mailedAt }: Due) => (askedAt && mailedAt ? { askedAt, mailedAt } : null);

function needsCare(due: Due, at: Date): boolean {
  const { soft, hard } = dueDates(due, due);
  return (
    stateOf(due, at) !== due.state ||
    (at >= hard && !due.noted) ||
    (due.askable && mailDue(soft, due.zone, askOf(due), at) !== null)
  );
}

/** A page of the entries whose time is over, by id; or the one that is named. */
const overdue = (tx: Tx, afterId: string, id: string | null = null): Promise<Due[]> =>
  tx.query<Due>(
    `WITH d AS MATERIALIZED (SELECT * FROM ${daysOfAll(3, 4)})
     SELECT p.id, p.state, p.zone, d.soft, d.hard, p.created_at AS "createdAt", p.verified_at AS "verifiedAt",
       p.confirmed_at AS "confirmedAt", p.confirmed_hard_at AS "confirmedHardAt",
       f.asked_at AS "askedAt", f.mailed_at AS "mailedAt",
       EXISTS (SELECT 1 FROM channels c WHERE c.point_of_contact_id = p.id AND ${provenMailbox('c')}) AS askable,
       EXISTS (SELECT 1 FROM channels c WHERE c.point_of_contact_id = p.id AND c.state = 'proven' AND ${inEarnest('c')}) AS reachable,
       EXISTS (SELECT 1 FROM corrections r WHERE r.point_of_contact_id = p.id AND r.state = 'open'
         AND r.what = 'not-gone-through') AS noted
     FROM points_of_contact p JOIN d ON d.party_code = p.party_code LEFT JOIN LATERAL (SELECT a.asked_at, a.mailed_at FROM confirmations a
       WHERE a.point_of_contact_id = p.id ORDER BY a.asked_at DESC, a.mailed_at DESC LIMIT 1) f ON true
     WHERE p.state IN ('verified', 'active', 'stale') AND ($2::uuid IS NULL OR p.id = $2) AND ($1 = '' OR p.id::text > $1)
       -- The least of all first: an index answers that.
       AND (greatest(p.confirmed_at, p.verified_at, p.created_at) <= app.now() - make_interval(hours => (SELECT min(soft) * 24 FROM d))
         OR greatest(p.confirmed_hard_at, p.verified_at, p.created_at) <= app.now() - make_interval(hours => (SELECT min(hard) * 24 FROM d)))
       AND (greatest(p.confirmed_at, p.verified_at, p.created_at) <= app.now() - make_interval(hours => d.soft * 24)
         OR greatest(p.confirmed_hard_at, p.verified_at, p.created_at) <= app.now() - make_interval(hours => d.hard * 24))
     ORDER BY p.id::text LIMIT ${page}`,
    [afterId, id, ...usualDays],
  );
