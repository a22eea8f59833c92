import { recordByLink, type Caller } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Identity, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { chooseLanguage, type ConfirmedEntry, type Language } from '#libs/wording';
import { isOver } from '../channel-expiry.js';
import type { EntryQueries } from '../entries.queries.js';
import { withConfirmation } from '../entry-life.js';
import { ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { confirmationDaysOf } from './confirmation-days.queries.js';
import { isFresh } from './confirmation-schedule.js';
import { ConfirmationRow } from './confirmation.entity.js';
import type { SaidWrong } from './correction-words.js';
import { maskedAddress } from './masked-address.js';
import { reportByLink } from './reported-by-link.service.js';

/** What stands behind a link. */
export interface OpenedConfirmation {
  instance: 'sample' | 'real';
  entry: ConfirmedEntry;
  version: number;
  /** Whether it can be used still; `ended`: the mailbox or the entry is no longer one. */
  state: 'open' | 'used' | 'expired' | 'ended';
  usedAt: Date | null;
  confirmedAt: Date | undefined;
}

/** What the reader of the mail says is wrong. */
export interface LinkReport {
  what: SaidWrong;
  text: string | undefined;
  language: Language;
}

/** Confirming without a login: whoever reads the mail looks, and presses one button. */
export class ConfirmationLinks {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly entries: EntryQueries,
  ) {}

  /** Looks a link up and changes nothing; undefined where there is no such link. */
  async look(token: string, reader: Language): Promise<OpenedConfirmation | undefined> {
    const link = await this.find(token);
    return link ? this.units.run(identityOf(link), (tx) => this.opened(tx, link, reader)) : undefined;
  }

  /**
   * Confirms the entry as it was shown, once; the channel has answered by that. `changed` where the entry is at another
   * version, `over` where the link was used, has expired, or leads from a channel that has ended or is past its last day.
   */
  async confirm(
    token: string,
    version: number,
  ): Promise<'confirmed' | 'confirmed-stale' | 'changed' | 'over'> {
    const link = await this.find(token);
    if (!link) return 'over';
    return this.units.run(identityOf(link), async (tx) => {
      const row = await tx.manager.findOneBy(PointOfContactRow, { id: link.pointOfContactId });
      if (!row) return 'over';
      if (row.version !== version) return 'changed';
      const at = await tx.now();
      const asked = await tx.manager.findOneBy(ChannelRow, { id: link.channelId });
      if (!asked || isOver(asked.expiresOn, at)) return 'over';
      const days = await confirmationDaysOf(tx, link.partyCode);
      // The channel that the link came by is proven by it.
      const next = withConfirmation(row.state, isFresh({ ...row, confirmedAt: at }, days, at), true);
      const [done] = await tx.query<{ at: Date | null }>('SELECT app.confirm_by_link($1, $2, $3) AS at', [
        ...[newId(), version, next],
      ]);
      if (!done?.at) return 'over';
      await recordByLink(tx, link.partyCode, 'entry-confirmed', row.id);
      return next === 'stale' ? 'confirmed-stale' : 'confirmed';
    });
  }

  /** Keeps what the reader says is wrong, once; its party is told, and decides. False where the link is over. */
  async report(token: string, { what, text, language }: LinkReport): Promise<boolean> {
    const link = await this.find(token);
    if (!link) return false;
    return this.units.run(identityOf(link), async (tx) => {
      const at = await tx.now();
      // The walls lock and change only what has not been used.
      const open = await tx.query(
        'SELECT 1 FROM confirmations WHERE id = $1 AND used_at IS NULL AND expires_at > $2 FOR UPDATE',
        [link.id, at],
      );
      if (open.length === 0) return false;
      await reportByLink(
        ...([tx, this.vault, link] as const),
        { what, text: text === undefined ? null : { text, language } },
        (usedAt) => tx.manager.update(ConfirmationRow, link.id, { usedAt, outcome: 'reported' }),
      );
      return true;
    });
  }

  private async find(token: string): Promise<ConfirmationRow | null> {
    const presented = hashToken(token);
    const bearer = { actor: 'link', party: null, body: null, purpose: 'link', presented };
    return this.units.run(bearer, (tx) => tx.manager.findOneBy(ConfirmationRow, { tokenHash: presented }));
  }

  private async opened(
    tx: Tx,
    link: ConfirmationRow,
    reader: Language,
  ): Promise<OpenedConfirmation | undefined> {
    const caller = bearerOf(link, reader);
    const entry = await this.entries.one(tx, caller, link.pointOfContactId).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'not-found') return undefined;
      throw error;
    });
    const row = await tx.manager.findOneBy(PointOfContactRow, { id: link.pointOfContactId });
    if (!entry || !row) return undefined;
    const { names } = await this.parties.one(tx, link.partyCode);
    const { kind: instance } = await this.parties.instance(tx);
    const asked = await tx.manager.findOneBy(ChannelRow, { id: link.channelId });
    const at = await tx.now();
    // As the database decides when it is used: what came into doubt since then is not cleared by it.
    const holds =
      !isOver(asked?.expiresOn ?? null, at) &&
      (asked?.state === 'proven' ||
        (asked?.state === 'suspect' && asked.suspectSince !== null && asked.suspectSince < link.mailedAt)) &&
      ['verified', 'active', 'stale'].includes(entry.state);
    const said = (texts: Readonly<Record<string, string>>) =>
      texts[chooseLanguage([reader])] ?? texts.en ?? Object.values(texts)[0] ?? '';
    return {
      ...{ instance, version: entry.version, usedAt: link.usedAt },
      state: stateOf(link, holds, at),
      confirmedAt: row.confirmedAt && row.confirmedAt >= link.askedAt ? row.confirmedAt : undefined,
      entry: {
        ...{ party: said(names), body: said(entry.body.names), role: said(entry.roleNames) },
        ...{ level: entry.level, languages: entry.languages, zone: entry.zone },
        person: entry.person ? [entry.person.name, entry.person.title].filter(Boolean).join(', ') : undefined,
        hours: row.duty.aroundTheClock ? 'around-the-clock' : (row.duty.weekly ?? []),
        channels: entry.channels
          .filter(({ state }) => state !== 'ended')
          .map(({ kind, state, address }) => ({ kind, state, masked: maskedAddress(kind, address) })),
      },
    };
  }
}

function stateOf(link: ConfirmationRow, holds: boolean, at: Date): OpenedConfirmation['state'] {
  if (link.usedAt) return 'used';
  if (link.expiresAt <= at) return 'expired';
  return holds ? 'open' : 'ended';
}

const identityOf = ({ id, partyCode, tokenHash }: ConfirmationRow): Identity => ({
  ...{ actor: `link:${id}`, party: partyCode, body: null, purpose: 'confirm', presented: tokenHash },
});

const bearerOf = ({ id, partyCode }: ConfirmationRow, language: Language): Caller => ({
  ...{ kind: 'link', actor: `link:${id}`, party: partyCode, body: null, role: 'link-bearer' },
  ...{ assurance: 'link-and-code', name: '', language },
});
