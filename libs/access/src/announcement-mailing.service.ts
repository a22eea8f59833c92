import { afterRequests, isMailAddress, type Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { announcementMail, chooseLanguage, type AnnouncementFacts } from '#libs/wording';
import { AnnouncementRow } from './announcement.entity.js';
import { textFor } from './announcement-view.js';
import { contentOf, type AnnouncementContent } from './announcements.service.js';
import { personOf, type Person } from './person.service.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** Mails that are written at once. As long as as many have not been tried yet, no more are written. */
export const chunk = 100;

interface Addressee {
  id: string;
  party_code: string | null;
  language: string;
  person: Sealed;
}

const wantedFor = (announcementId: string): string => `announcement:${announcementId}`;

/**
 * Writes the mails of announcements, a chunk at a time and behind every request. Where it stands is a column of the
 * announcement that moves in the transaction that writes the mails: killed at any point it goes on there, and no
 * account is written to twice.
 */
export class AnnouncementMailing {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /**
   * Takes back mails of what was withdrawn, whatever comes of the rest, then writes the next chunk. Answers how many
   * mails were written, and the ids of accounts that cannot be written to: they do not stop the others.
   */
  async run(): Promise<{ written: number; skipped: string[] }> {
    await this.units.run(worker, (tx) => this.recallWithdrawn(tx));
    return this.units.run(worker, async (tx) => {
      const [waiting] = await tx.query<{ untried: number }>(
        `SELECT count(*)::int AS untried FROM notices
         WHERE announcement_id IS NOT NULL AND settled_at IS NULL AND attempt = 0`,
      );
      if ((waiting?.untried ?? 0) >= chunk) return { written: 0, skipped: [] };
      const [next] = await tx.query<{ id: string }>(
        `SELECT id FROM announcements WHERE by_mail AND mailed_at IS NULL AND withdrawn_at IS NULL
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      );
      return next ? this.write(tx, next.id) : { written: 0, skipped: [] };
    });
  }

  private async recallWithdrawn(tx: Tx): Promise<void> {
    await tx.query(
      `SELECT app.recall(w.wanted_for) FROM (
         SELECT DISTINCT n.wanted_for FROM notices n JOIN announcements a ON a.id = n.announcement_id
         WHERE n.settled_at IS NULL AND n.recalled_at IS NULL AND a.withdrawn_at IS NOT NULL) w`,
    );
  }

  private async write(tx: Tx, id: string): Promise<{ written: number; skipped: string[] }> {
    const row = await tx.manager.findOneByOrFail(AnnouncementRow, { id });
    const content = await this.vault.openPartys<AnnouncementContent>(contentOf(id), row.content);
    const accounts = await tx.query<Addressee>('SELECT * FROM app.accounts_to_mail($1, $2)', [id, chunk]);
    const readers = (await Promise.all(accounts.map((account) => this.reader(account)))).flat();
    for (const language of new Set(readers.map((reader) => reader.language))) {
      const url = `${this.publicUrl}/api/v1/announcements/${id}`;
      await this.outbox.enqueueOwn(tx, {
        ...{ about: { announcementId: id }, kind: 'announcement', partyCode: null, wantedFor: wantedFor(id) },
        text: announcementMail(await this.facts(tx, row, content, language), url),
        recipients: readers.filter((reader) => reader.language === language),
        priority: afterRequests,
      });
    }
    const last = accounts.at(-1);
    await tx.manager.update(AnnouncementRow, id, {
      ...(last ? { mailedUpTo: last.id } : {}),
      ...(accounts.length < chunk ? { mailedAt: await tx.now() } : {}),
    });
    const skipped = accounts
      .map((account) => account.id)
      .filter((one) => !readers.some((to) => to.id === one));
    return { written: readers.length, skipped };
  }

  private async facts(
    tx: Tx,
    row: AnnouncementRow,
    { title, text }: AnnouncementContent,
    reader: string,
  ): Promise<AnnouncementFacts> {
    const language = chooseLanguage([reader]);
    const { kind } = await this.parties.instance(tx);
    const { names } = await this.parties.network(tx);
    const corrected = row.corrects && (await tx.manager.findOneBy(AnnouncementRow, { id: row.corrects }));
    return {
      ...{ language, instance: kind, title, announcedAt: row.announcedAt, text: textFor(text, reader) },
      network: names[language] ?? names.en ?? Object.values(names)[0] ?? '',
      ...(corrected ? { corrects: corrected.announcedAt } : {}),
    };
  }

  /** Nobody, where the person does not open or has no address that mail goes to. */
  private async reader({ id, language, party_code: partyCode, person }: Addressee) {
    const opened = await this.vault.openPartys<Person>(personOf(id), person).catch(() => undefined);
    return opened && isMailAddress(opened.email) ? [{ id, language, partyCode, address: opened.email }] : [];
  }
}
