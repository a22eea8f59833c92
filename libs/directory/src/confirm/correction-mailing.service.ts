import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { correctionMail, type Language } from '#libs/wording';
import { addressOf } from '../directory.queries.js';
import { ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import {
  administratorsToTell,
  channelAbout,
  eachOnce,
  mailboxesOf,
  type Reader,
} from '../readers.queries.js';
import { CorrectionRow } from './confirmation.entity.js';
import { maskedAddress } from './masked-address.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
const atOnce = 50;

/**
 * Tells a party what is said to be wrong with an entry of its own: its administrators and, where a channel is in doubt,
 * the other mailboxes of the entry. Who was told moves in the transaction that writes the mails, so nobody is told twice.
 */
export class CorrectionMailing {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Answers how many corrections were told of. One that could not be raises after the others. */
  async run(): Promise<number> {
    const waiting = await this.units.run(worker, (tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM corrections WHERE told_at IS NULL ORDER BY reported_at LIMIT ${atOnce}`,
      ),
    );
    return this.units.each(worker, waiting, (tx, { id }) => this.tell(tx, id));
  }

  private async tell(tx: Tx, id: string): Promise<boolean> {
    const locked = await tx.query(
      'SELECT 1 FROM corrections WHERE id = $1 AND told_at IS NULL FOR UPDATE SKIP LOCKED',
      [id],
    );
    if (locked.length === 0) return false;
    const row = await tx.manager.findOneByOrFail(CorrectionRow, { id });
    const entry = await tx.manager.findOneByOrFail(PointOfContactRow, { id: row.pointOfContactId });
    const channelId = await channelAbout(tx, entry, row.channelId);
    const about = channelId === undefined ? null : await tx.manager.findOneBy(ChannelRow, { id: channelId });
    const readers = row.state === 'open' ? await this.readers(tx, row, entry) : [];
    if (about)
      for (const { address, language } of readers)
        await this.outbox.enqueueToChannel(tx, {
          ...{ kind: 'correction', waitedFor: false, channelId: about.id, partyCode: row.partyCode, address },
          ...{ wantedFor: `correction:${id}`, text: await this.text(tx, row, entry, about, language) },
        });
    await tx.manager.update(CorrectionRow, id, { toldAt: await tx.now() });
    return true;
  }

  private async readers(tx: Tx, row: CorrectionRow, entry: PointOfContactRow): Promise<Reader[]> {
    const doubted = row.via === 'system' && row.channelId !== null;
    return eachOnce([
      ...(doubted ? await mailboxesOf(tx, this.vault, entry) : []),
      ...(await administratorsToTell(tx, this.vault, row.id)),
    ]);
  }

  private async text(
    tx: Tx,
    row: CorrectionRow,
    entry: PointOfContactRow,
    about: ChannelRow,
    language: Language,
  ) {
    const { kind: instance } = await this.parties.instance(tx);
    const named = await this.parties.known(tx, [
      row.partyCode,
      ...(row.reporterCode ? [row.reporterCode] : []),
    ]);
    const name = (code: string) => named.get(code)?.[language] ?? named.get(code)?.en ?? code;
    const { roleNames } = entry;
    const address = await this.vault.openPartys<string>(addressOf(about.id), about.address);
    return correctionMail({
      ...{ language, instance, what: row.what, level: entry.level, party: name(row.partyCode) },
      role: roleNames[language] ?? roleNames.en ?? Object.values(roleNames)[0] ?? '',
      ...(row.channelId ? { channel: { kind: about.kind, masked: maskedAddress(about.kind, address) } } : {}),
      ...(row.via === 'account' && row.reporterCode ? { reporter: name(row.reporterCode) } : {}),
      ...{ byLink: row.via === 'link', reportedAt: row.reportedAt },
      link: `${this.publicUrl}/api/v1/corrections`,
    });
  }
}
