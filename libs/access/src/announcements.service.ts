import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import { recordAccess } from './access-record.service.js';
import { AnnouncementRow } from './announcement.entity.js';
import type { AnnouncementView, Audience } from './announcement-view.js';
import type { Caller } from './caller.js';
import { demandPermission } from './demand-permission.js';
import { includes } from './permissions.js';
import type { Work } from './work.service.js';

/** What is announced, to whom, and whether by mail as well. */
export interface AnnouncementInput {
  title: string;
  /** At least one; the first is shown where there is none in a reader's language. */
  text: readonly WrittenText[];
  audience: Audience;
  byMail: boolean;
  corrects?: string | undefined;
}

/** What people wrote of it, as it is sealed. */
export type AnnouncementContent = Pick<AnnouncementInput, 'title' | 'text'>;

export const contentOf = (id: string) => ({ table: 'announcements', row: id, field: 'content' });
const withdrawalOf = (id: string) => ({ table: 'announcements', row: id, field: 'withdrawal' });

interface Found extends Pick<AnnouncementRow, 'id' | 'audience' | 'byMail' | 'corrects'> {
  content: Sealed;
  withdrawal: Sealed | null;
  announcedAt: Date;
  withdrawnAt: Date | null;
  correctedBy: string | null;
  readAt: Date | null;
  readBy: AnnouncementView['readBy'];
}

// Row level security decides which there are for the reader; the count is there for the secretariat alone.
const columns = `a.id, a.audience, a.content, a.by_mail AS "byMail", a.corrects, a.announced_at AS "announcedAt",
  a.withdrawal, a.withdrawn_at AS "withdrawnAt", r.read_at AS "readAt",
  (SELECT c.id FROM announcements c WHERE c.corrects = a.id ORDER BY c.id DESC LIMIT 1) AS "correctedBy",
  CASE WHEN $1 THEN (SELECT jsonb_build_object('accounts', n.accounts, 'parties', n.parties)
    FROM app.announcement_readers(a.id) n) END AS "readBy"
  FROM announcements a LEFT JOIN announcement_reads r ON r.announcement_id = a.id AND r.account_id::text = app.actor()`;

/** Announcements of the secretariat: made, withdrawn, read. They are not requests and carry none. */
export class Announcements {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
  ) {}

  /** Announces; mails are written by the worker. Raises `forbidden` by role, `invalid-input` for what it corrects. */
  async announce(caller: Caller, input: AnnouncementInput): Promise<AnnouncementView> {
    demandPermission(caller, 'announce');
    return this.work.change(caller, 'announce', async (tx) => {
      const { title, text, audience, byMail, corrects = null } = input;
      if (corrects !== null) await this.demandKnown(tx, corrects);
      const id = newId();
      const announcedAt = await tx.now();
      const key = await this.vault.partyKey(null);
      const content: AnnouncementContent = { title, text };
      await tx.manager.insert(AnnouncementRow, {
        ...{
          id,
          networkId: (await this.parties.network(tx)).id,
          traffic: 'actual',
          audience,
          byMail,
          corrects,
        },
        ...{ announcedBy: caller.actor, announcedAt, mailedUpTo: null, mailedAt: null },
        ...{ withdrawal: null, withdrawnBy: null, withdrawnAt: null },
        content: this.vault.seal(key, contentOf(id), content),
      });
      await this.record(tx, caller, 'announced', id, announcedAt);
      return this.found(tx, caller, id);
    });
  }

  /** Withdraws it; it stays, with the reason. What has not left by mail does not leave. Raises `conflict` when it was. */
  async withdraw(caller: Caller, id: string, reason: WrittenText): Promise<AnnouncementView> {
    demandPermission(caller, 'announce');
    return this.work.change(caller, 'announce', async (tx) => {
      // Locked first, and by those that still stand: of two at once the second finds it withdrawn.
      const [standing] = await tx.query('SELECT 1 FROM announcements WHERE id = $1 FOR UPDATE', [id]);
      const before = await this.found(tx, caller, id);
      if (!standing || before.withdrawn)
        throw new Problem('conflict', 'This announcement is withdrawn already.');
      const at = await tx.now();
      const withdrawal = this.vault.seal(await this.vault.partyKey(null), withdrawalOf(id), reason);
      await tx.manager.update(AnnouncementRow, id, {
        ...{ withdrawal, withdrawnBy: caller.actor, withdrawnAt: at },
      });
      await this.record(tx, caller, 'announcement-withdrawn', id, at);
      return this.found(tx, caller, id);
    });
  }

  /** Marks it as read by the caller; alike when repeated. Raises `not-found` for what is not for them. */
  async read(caller: Caller, id: string): Promise<AnnouncementView> {
    return this.work.change(caller, 'announce', async (tx) => {
      await this.found(tx, caller, id);
      await tx.query(
        `INSERT INTO announcement_reads (announcement_id, account_id, party_code, traffic, read_at)
         VALUES ($1, $2, $3, 'actual', app.now()) ON CONFLICT (announcement_id, account_id) DO NOTHING`,
        [id, caller.actor, caller.party],
      );
      return this.found(tx, caller, id);
    });
  }

  /** One of those for the caller. Raises `not-found` for any other. */
  async one(caller: Caller, id: string): Promise<AnnouncementView> {
    return this.work.read(caller, (tx) => this.found(tx, caller, id));
  }

  /** A page of those for the caller, newest first, withdrawn ones among them, and the id to go on after. */
  async page(
    caller: Caller,
    { after, limit }: { after?: string | undefined; limit: number },
  ): Promise<{ items: AnnouncementView[]; next: string | null }> {
    return this.work.read(caller, async (tx) => {
      const rows = await tx.query<Found>(
        `SELECT ${columns} WHERE $2::uuid IS NULL OR a.id < $2 ORDER BY a.id DESC LIMIT $3`,
        [includes(caller, 'announce'), after ?? null, limit + 1],
      );
      const shown = rows.slice(0, limit);
      const items = await Promise.all(shown.map((row) => this.view(row)));
      return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
    });
  }

  private async found(tx: Tx, caller: Caller, id: string): Promise<AnnouncementView> {
    const [row] = await tx.query<Found>(`SELECT ${columns} WHERE a.id = $2`, [
      includes(caller, 'announce'),
      id,
    ]);
    if (!row) throw new Problem('not-found', 'There is no such announcement.');
    return this.view(row);
  }

  private async view(row: Found): Promise<AnnouncementView> {
    const { id, audience, byMail, corrects, correctedBy, readBy, withdrawal, withdrawnAt } = row;
    const { title, text } = await this.vault.openPartys<AnnouncementContent>(contentOf(id), row.content);
    return {
      ...{ id, title, text, audience, byMail, corrects, correctedBy, readBy },
      announcedAt: row.announcedAt.toISOString(),
      withdrawn:
        withdrawal && withdrawnAt
          ? {
              at: withdrawnAt.toISOString(),
              reason: await this.vault.openPartys<WrittenText>(withdrawalOf(id), withdrawal),
            }
          : null,
      readAt: row.readAt?.toISOString() ?? null,
    };
  }

  private async demandKnown(tx: Tx, corrects: string): Promise<void> {
    if (await tx.manager.findOneBy(AnnouncementRow, { id: corrects })) return;
    throw new Problem('invalid-input', 'Nothing can be announced so.', {
      errors: [{ pointer: '#/corrects', detail: 'is no announcement of this network' }],
    });
  }

  private async record(
    tx: Tx,
    { actor, party, assurance }: Caller,
    act: 'announced' | 'announcement-withdrawn',
    about: string,
    at: Date,
  ): Promise<void> {
    await recordAccess(tx, { id: actor, partyCode: party }, { act, assurance, at, about });
  }
}
