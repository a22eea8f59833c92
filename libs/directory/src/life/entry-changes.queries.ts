import { nameOf, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { NewChannel } from '../channels.service.js';
import { addressOf } from '../directory.queries.js';
import type { ChannelKind, ChannelState, ContactState, Level } from '../entry-words.js';
import {
  allowedChangeActs,
  standing,
  type EntryChangeAct,
  type EntryChangeFacts,
  type EntryChangeKind,
  type EntryChangeState,
  type VoidReason,
} from './entry-change.js';

/** What is sealed of a change. */
export interface ChangeContent {
  newChannel: NewChannel | null;
  /** Why, in the words of who proposes it. */
  reason: { text: string; language: string } | null;
}

interface Person {
  account: string;
  /** Null: the account was erased. */
  name: string | null;
}

/** A change exactly as the second person confirms it. */
export interface EntryChangeView extends ChangeContent {
  id: string;
  kind: EntryChangeKind;
  state: EntryChangeState;
  /** Why it is void. */
  because: VoidReason | null;
  pointOfContact: { id: string; level: Level; state: ContactState; roleNames: Record<string, string> };
  /** The channel that ends. */
  channel: { id: string; kind: ChannelKind; address: string; state: ChannelState } | null;
  /** What the new channel is called once the change is confirmed. */
  newChannelId: string | null;
  noteVerbale: string | null;
  proposedBy: Person;
  proposedAt: string;
  expiresAt: string;
  decidedBy: Person | null;
  decidedAt: string | null;
  doneAt: string | null;
  allowedActs: EntryChangeAct[];
}

type Kept = EntryChangeFacts &
  Pick<EntryChangeView, 'id' | 'pointOfContact' | 'newChannelId' | 'noteVerbale'> & {
    content: Sealed;
    channelRow: { id: string; kind: ChannelKind; address: Sealed; state: ChannelState } | null;
    proposer: { id: string; person: Sealed };
    decider: { id: string; person: Sealed } | null;
    proposedAt: Date;
    expiresAt: Date;
    decidedAt: Date | null;
    doneAt: Date | null;
  };

export const contentOfChange = (id: string) => ({ table: 'entry_changes', row: id, field: 'content' });
/** So many are listed, the newest. */
const mostListed = 200;

/** Changes that two people of a party make, as its administrators read them. */
export class EntryChangeQueries {
  constructor(private readonly vault: Vault) {}

  /** One change. Raises `not-found`, also for those of other parties. */
  async one(tx: Tx, caller: Caller, id: string): Promise<EntryChangeView> {
    const [change] = await this.some(tx, caller, { id });
    if (!change) throw new Problem('not-found', 'There is no such change.');
    return change;
  }

  /** The newest 200 of the caller's party, or of one point of contact. */
  async all(tx: Tx, caller: Caller, entry: string | undefined): Promise<EntryChangeView[]> {
    return this.some(tx, caller, { entry });
  }

  private async some(tx: Tx, caller: Caller, by: { id?: string; entry?: string | undefined }) {
    const rows = await tx.query<Kept>(
      `SELECT c.id, c.kind, c.state AS decided, c.content, c.new_channel_id AS "newChannelId", c.note_id AS "noteVerbale",
         c.done_at IS NOT NULL AS "isDone", c.expires_at <= app.now() AS "isOver", p.state AS entry,
         p.version = c.entry_version AS "isSameEntry", a.deactivated_at IS NOT NULL AS "proposerLeft",
         o.state AS channel, n.state AS "newChannel",
         jsonb_build_object('id', p.id, 'level', p.level, 'state', p.state, 'roleNames', p.role_names) AS "pointOfContact",
         CASE WHEN o.id IS NOT NULL THEN
           jsonb_build_object('id', o.id, 'kind', o.kind, 'state', o.state, 'address', o.address) END AS "channelRow",
         jsonb_build_object('id', a.id, 'person', a.person) AS proposer,
         CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('id', d.id, 'person', d.person) END AS decider,
         c.proposed_at AS "proposedAt", c.expires_at AS "expiresAt", c.decided_at AS "decidedAt", c.done_at AS "doneAt"
       FROM entry_changes c JOIN points_of_contact p ON p.id = c.point_of_contact_id
         JOIN accounts a ON a.id = c.proposed_by LEFT JOIN accounts d ON d.id = c.decided_by
         LEFT JOIN channels o ON o.id = c.channel_id LEFT JOIN channels n ON n.id = c.new_channel_id
       WHERE c.party_code = $1 AND ($2::uuid IS NULL OR c.id = $2) AND ($3::uuid IS NULL OR c.point_of_contact_id = $3)
       ORDER BY c.proposed_at DESC, c.id DESC LIMIT ${mostListed}`,
      [caller.party, by.id ?? null, by.entry ?? null],
    );
    return Promise.all(rows.map((row) => this.opened(row, caller)));
  }

  private async opened(row: Kept, caller: Caller): Promise<EntryChangeView> {
    const { id, kind, pointOfContact, newChannelId, noteVerbale, channelRow, proposer, decider } = row;
    const { newChannel, reason } = await this.vault.openPartys<ChangeContent>(
      contentOfChange(id),
      row.content,
    );
    const { state, because } = standing(row);
    return {
      ...{ id, kind, state, because, pointOfContact, newChannel, newChannelId, noteVerbale, reason },
      channel: channelRow && {
        ...channelRow,
        address: await this.vault.openPartys<string>(addressOf(channelRow.id), channelRow.address),
      },
      proposedBy: await this.named(proposer),
      proposedAt: row.proposedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      decidedBy: decider && (await this.named(decider)),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      doneAt: row.doneAt?.toISOString() ?? null,
      allowedActs: allowedChangeActs(state, proposer.id === caller.actor),
    };
  }

  private async named({ id, person }: { id: string; person: Sealed }): Promise<Person> {
    return { account: id, name: await nameOf(this.vault, id, person) };
  }
}
