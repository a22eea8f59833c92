import { AccountRow, nameOf, permits, type PartyCaller, type Work } from '#libs/access';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { DataKey, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import type { Kept } from './act-content.js';
import { currentLines } from './current-lines.js';
import { AddresseeRow } from './addressee.entity.js';
import { byOf, refused, type RequestRows } from './request-rows.service.js';
import type { RequestRow } from './request.entity.js';
import { RequestShareRow } from './share.entity.js';
import { mayNotShare, type Recipient, type SharedWith } from './sharing.js';
import {
  endingOf,
  groundsOf,
  mayShareOrRaise,
  type SharingQueries,
  type SharingView,
} from './sharing.queries.js';

/** Sharing one side's view of a request within its party. The other side learns of none of it. */
export class Sharing {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly rows: RequestRows,
    private readonly queries: SharingQueries,
  ) {}

  /**
   * Shares with a body or an account of the own party, to read. Alike when repeated: there is one entry. Raises
   * `invalid-input` for whom it is not shared with, all strangers alike, and `act-not-possible` with the reason.
   */
  async share(caller: PartyCaller, id: string, who: SharedWith, reason: WrittenText): Promise<SharingView> {
    return this.work.change(caller, 'share', async (tx) => {
      const { request, key } = await this.own(tx, caller, id);
      const { recipient, name } = await this.recipient(tx, caller, id, who);
      const field = 'body' in who ? 'body' : 'account';
      const no = mayNotShare({ sent: request.sentAt !== null, tlp: request.tlp }, recipient, field);
      if (no && 'faults' in no)
        throw new Problem('invalid-input', 'It cannot be shared with whom is named.', { errors: no.faults });
      if (no) throw refused(no.refused);
      const share = newId();
      const grounds = this.vault.seal(key, groundsOf(share), { by: byOf(caller), reason });
      const [body, account] = 'body' in who ? [who.body, null] : [null, who.account];
      const added = await tx.query(
        `INSERT INTO request_shares (id, request_id, party_code, body_id, account_id, traffic, grounds, shared_at, shared_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, app.now(), $8) ON CONFLICT DO NOTHING RETURNING id`,
        [share, id, caller.party, body, account, request.traffic, JSON.stringify(grounds), caller.actor],
      );
      if (added.length > 0)
        await this.record(tx, caller, request, key, 'share-with', {
          text: reason,
          sharedWith: { ...who, ...(name === undefined ? {} : { name }) },
        });
      return this.queries.of(tx, caller, id);
    });
  }

  /** Ends an entry of the list, which then opens nothing any more; it stays in the list. Alike when repeated. */
  async unshare(caller: PartyCaller, id: string, entry: string): Promise<SharingView> {
    return this.work.change(caller, 'share', async (tx) => {
      const { request, key } = await this.own(tx, caller, id);
      const share = await tx.manager.findOneBy(RequestShareRow, { id: entry, requestId: id });
      if (!share)
        throw new Problem('not-found', 'There is no such entry in the sharing list of this request.');
      const ending = this.vault.seal(key, endingOf(entry), byOf(caller));
      const ended = await tx.query(
        `UPDATE request_shares SET ended_at = app.now(), ended_by = $2, ending = $3
         WHERE id = $1 AND ended_at IS NULL RETURNING id`,
        [entry, caller.actor, JSON.stringify(ending)],
      );
      const { bodyId, accountId } = share;
      const sharedWith = bodyId ? { body: bodyId } : { account: accountId ?? '' };
      if (ended.length > 0) await this.record(tx, caller, request, key, 'unshare', { sharedWith });
      return this.queries.of(tx, caller, id);
    });
  }

  /** The request, for officers of the bodies that it concerns. */
  private async own(tx: Tx, caller: PartyCaller, id: string): Promise<{ request: RequestRow; key: DataKey }> {
    const request = await this.rows.concerning(tx, id);
    mayShareOrRaise(caller);
    await this.rows.demandConcerned(tx, id, 'shares it further');
    return { request, key: await this.rows.keyFor(tx, id, caller.party) };
  }

  /** The walls leave accounts of the own party alone; a body of another is as unknown as one that there is not. */
  private async recipient(
    tx: Tx,
    caller: PartyCaller,
    id: string,
    who: SharedWith,
  ): Promise<{ recipient: Recipient; name?: string }> {
    const side = await tx.query<{ body: string }>('SELECT app.bodies_of_side($1) AS body', [id]);
    const sees = (body: string) => side.some((one) => one.body === body);
    if ('body' in who) {
      const [known] = await tx.query('SELECT 1 FROM bodies WHERE id = $1 AND party_code = $2', [
        who.body,
        caller.party,
      ]);
      return { recipient: known ? { kind: 'body', sees: sees(who.body) } : undefined };
    }
    const account = await tx.manager.findOneBy(AccountRow, { id: who.account, partyCode: caller.party });
    if (!account) return { recipient: undefined };
    const reads = permits(account.role, 'read-requests');
    const ended = account.deactivatedAt !== null;
    const name = ended ? null : await nameOf(this.vault, account.id, account.person);
    const recipient = { kind: 'account', sees: sees(account.bodyId ?? ''), ended, reads } as const;
    return { recipient, ...(name === null ? {} : { name }) };
  }

  /** For the own side alone: on its chain, in its timeline. */
  private async record(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    act: 'share-with' | 'unshare',
    said: Kept,
  ): Promise<void> {
    const asks = request.partyCode === caller.party;
    const lines = asks
      ? []
      : await tx.manager.find(AddresseeRow, {
          where: { requestId: request.id, partyCode: caller.party },
          order: { id: 'ASC' },
        });
    const [line = null] = currentLines(lines);
    const state = line?.state ?? request.state;
    const audience = asks ? 'requester' : 'addressee';
    const change = { act, from: state, to: state, at: await tx.now() };
    await this.rows.record(tx, key, request, line, change, caller, { audience, said });
  }
}
