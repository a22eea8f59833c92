import { includes, nameOf, permits, type PartyCaller, type Role } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import type { RequestRows } from './request-rows.service.js';
import type { ByView } from './request-view.js';

export interface BodyRef {
  id: string;
  names: Record<string, string>;
}

/** Who sees a request on the caller's side, and why. */
export interface SharingView {
  /** Bodies that it concerns: since when, and how that came. */
  bodies: { body: BodyRef; since: string; because: 'filed' | 'copied' | 'asked' | 'handed-over' }[];
  /** With whom it was shared beside them, the oldest first; also what has ended. */
  shares: ShareView[];
}

export interface ShareView {
  id: string;
  body: BodyRef | null;
  /** Its name is null where it was erased. */
  account: { id: string; name: string | null; body: BodyRef } | null;
  sharedAt: string;
  sharedBy: ByView;
  reason: WrittenText;
  endedAt: string | null;
  endedBy: ByView | null;
}

/** Bodies and people of the own party to share a request with; `sees`: it is open to them already. */
export interface Candidates {
  bodies: (BodyRef & { sees: boolean })[];
  accounts: { id: string; name: string; role: Role; body: BodyRef; sees: boolean }[];
}

/** Who shared it, and why, as it is sealed. */
export interface Grounds {
  by: ByView;
  reason: WrittenText;
}

export const groundsOf = (id: string) => ({ table: 'request_shares', row: id, field: 'grounds' });
export const endingOf = (id: string) => ({ table: 'request_shares', row: id, field: 'ending' });

type ShareRow = Omit<ShareView, 'account' | 'sharedBy' | 'reason' | 'endedBy'> & {
  account: { id: string; person: Sealed; body: BodyRef } | null;
  grounds: Sealed;
  ending: Sealed | null;
};

type PersonRow = Omit<Candidates['accounts'][number], 'name'> & { person: Sealed };

const bodyJson = (table: string) => `jsonb_build_object('id', ${table}.id, 'names', ${table}.names)`;

/** Reads of the sharing list: each side has its own, and nothing of it crosses. */
export class SharingQueries {
  constructor(
    private readonly vault: Vault,
    private readonly rows: RequestRows,
  ) {}

  /** Raises `not-found` when the request does not concern the caller and was not shared with them. */
  async of(tx: Tx, caller: PartyCaller, id: string): Promise<SharingView> {
    await this.rows.concerning(tx, id);
    const key = await this.rows.keyFor(tx, id, caller.party);
    const bodies = await tx.query<SharingView['bodies'][number]>(
      `SELECT ${bodyJson('b')} AS body,
         CASE WHEN r.party_code <> $2 THEN coalesce(h.at, l.at) WHEN b.id = r.body_id THEN r.composed_at ELSE r.sent_at END AS since,
         CASE WHEN r.party_code <> $2 AND h.at IS NOT NULL THEN 'handed-over' WHEN r.party_code <> $2 THEN 'asked'
           WHEN b.id = r.body_id THEN 'filed' ELSE 'copied' END AS because
       FROM requests r JOIN bodies b ON b.id IN (SELECT app.bodies_of_side($1))
         LEFT JOIN LATERAL (SELECT min(a.sent_at) AS at FROM addressees a WHERE a.request_id = r.id AND a.party_code = $2) l ON true
         LEFT JOIN LATERAL (SELECT min(a.sent_at) AS at FROM addressees a WHERE a.request_id = r.id AND a.party_code = $2 AND a.body_id = b.id) h ON true
       WHERE r.id = $1 ORDER BY since, b.id`,
      [id, caller.party],
    );
    const shares = await tx.query<ShareRow>(
      `SELECT s.id, s.shared_at AS "sharedAt", s.ended_at AS "endedAt", s.grounds, s.ending,
         CASE WHEN b.id IS NOT NULL THEN ${bodyJson('b')} END AS body,
         CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('id', a.id, 'person', a.person, 'body', ${bodyJson('o')}) END AS account
       FROM request_shares s LEFT JOIN bodies b ON b.id = s.body_id LEFT JOIN accounts a ON a.id = s.account_id
         LEFT JOIN bodies o ON o.id = a.body_id
       WHERE s.request_id = $1 ORDER BY s.shared_at, s.id`,
      [id],
    );
    return {
      bodies: bodies.map((one) => ({ ...one, since: new Date(one.since).toISOString() })),
      shares: await Promise.all(
        shares.map(async ({ grounds, ending, account, ...row }) => {
          const { by, reason } = this.vault.open<Grounds>(key, groundsOf(row.id), grounds);
          return {
            ...{ id: row.id, body: row.body, reason, sharedBy: by },
            account: account && {
              id: account.id,
              name: await nameOf(this.vault, account.id, account.person),
              body: account.body,
            },
            sharedAt: new Date(row.sharedAt).toISOString(),
            endedAt: row.endedAt && new Date(row.endedAt).toISOString(),
            endedBy: ending && this.vault.open<ByView>(key, endingOf(row.id), ending),
          };
        }),
      ),
    };
  }

  /** Raises also `forbidden` by role: only those choose who may share. */
  async candidates(tx: Tx, caller: PartyCaller, id: string): Promise<Candidates> {
    await this.rows.concerning(tx, id);
    mayShareOrRaise(caller);
    const sees = `(%.id IN (SELECT app.bodies_of_side($1)) OR EXISTS (SELECT 1 FROM request_shares s
      WHERE s.request_id = $1 AND s.ended_at IS NULL AND s.body_id = %.id))`;
    const bodies = await tx.query<Candidates['bodies'][number]>(
      `SELECT b.id, b.names, ${sees.replaceAll('%', 'b')} AS sees FROM bodies b WHERE b.party_code = $2 ORDER BY b.id`,
      [id, caller.party],
    );
    const people = await tx.query<PersonRow>(
      `SELECT a.id, a.role, a.person, ${bodyJson('b')} AS body, ${sees.replaceAll('%', 'b')}
         OR EXISTS (SELECT 1 FROM request_shares p WHERE p.request_id = $1 AND p.ended_at IS NULL AND p.account_id = a.id) AS sees
       FROM accounts a JOIN bodies b ON b.id = a.body_id
       WHERE a.party_code = $2 AND a.deactivated_at IS NULL ORDER BY a.id`,
      [id, caller.party],
    );
    const reading = people.filter(({ role }) => permits(role, 'read-requests'));
    const accounts = reading.map(async ({ person, ...one }) => ({
      ...one,
      // Never null: these accounts have not ended.
      name: (await nameOf(this.vault, one.id, person)) ?? '',
    }));
    return { bodies, accounts: await Promise.all(accounts) };
  }
}

/** Raises `forbidden` for a role, or a token, that shares nothing. */
export function mayShareOrRaise(caller: PartyCaller): void {
  if (!includes(caller, 'share-requests'))
    throw new Problem(
      'forbidden',
      `The role "${caller.role}", or the scope of its token, does not include "share-requests".`,
    );
}
