import { In } from 'typeorm';
import { demandFresh, demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, violatedUnique, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { openChannel, readFor } from '../channels.service.js';
import type { EntryChannelView, EntryQueries } from '../entries.queries.js';
import { reachableStates, type ContactState } from '../entry-words.js';
import { ChannelCheckRow, ChannelRow, PointOfContactRow } from '../point-of-contact.entity.js';
import { followChannels, openEntry } from '../points-of-contact.service.js';
import type { EntryChanges } from '../life/entry-changes.service.js';
import type { EntryChangeState } from '../life/entry-change.js';
import { CorrectionRow } from './confirmation.entity.js';
import type { CorrectionState, CorrectionWhat, SaidWrong } from './correction-words.js';

/** Reports that one account makes in a day. */
const reportsADay = 20;

export const correctionHolding = (id: string) => ({ table: 'corrections', row: id, field: 'content' });

/** What is said, and what would be right. */
interface Content {
  text?: string;
  language?: string;
  address?: string;
}

export interface ReportInput {
  pointOfContact: string;
  channel: string | null;
  what: SaidWrong;
  text: { text: string; language: string } | null;
  /** The right address, of the kind that the channel has. */
  address: string | null;
}

export interface CorrectionView {
  id: string;
  pointOfContact: string;
  party: string;
  channel: string | null;
  via: 'account' | 'link' | 'system';
  /** The party of who said so; null: the system itself. */
  reporter: string | null;
  what: CorrectionWhat;
  text: { text: string; language: string } | null;
  address: string | null;
  state: CorrectionState;
  reportedAt: string;
  decidedAt: string | null;
  /** The change by two people that came of it, for its own party. */
  change: string | null;
  /** In which state that is, for those who keep its entries. */
  changeState: EntryChangeState | null;
  version: number;
  /** What the caller can decide now. */
  allowedDecisions: Decision[];
}

export const decisions = ['confirm', 'decline'] as const;
export type Decision = (typeof decisions)[number];

/**
 * What is said to be wrong with entries, by whoever reads them: kept for both parties, decided by that of the entry. A
 * report changes nothing by itself; two other parties' reports put a channel in doubt ({@link ChannelWatch}).
 */
export class Corrections {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly entries: EntryQueries,
    private readonly changes: EntryChanges,
  ) {}

  /**
   * What is said of the entries of the caller's party, and what it has said of others, at most 200 after one that is
   * named: first what it can decide, then what else is open, then the rest; the newest first.
   */
  async list(tx: Tx, caller: Caller, before?: string): Promise<CorrectionView[]> {
    if (caller.party === null) return [];
    const place = `CASE WHEN state <> 'open' THEN 0 WHEN party_code = $1 THEN 2 ELSE 1 END, reported_at, id`;
    const found = await tx.query<{ id: string }>(
      `SELECT id FROM corrections
       WHERE $2::uuid IS NULL OR (${place}) < (SELECT ${place} FROM corrections WHERE id = $2)
       ORDER BY (${place}) DESC LIMIT 200`,
      [caller.party, before ?? null],
    );
    const rows = await tx.manager.findBy(CorrectionRow, { id: In(found.map(({ id }) => id)) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const inOrder = found.flatMap(({ id }) => byId.get(id) ?? []);
    return Promise.all(inOrder.map((row) => this.viewOf(tx, row, caller)));
  }

  /**
   * Reports an entry, or a channel of it. Raises `not-found` for what the caller does not see, `invalid-input` where the
   * right address does not fit, `act-not-possible` while its party's same report is open, `too-many-tries`.
   */
  async report(caller: Caller, input: ReportInput): Promise<CorrectionView> {
    demandPermission(caller, 'report-contacts');
    const { party: reporterCode } = caller;
    if (reporterCode === null) throw new Problem('forbidden', 'Reports are made by parties.');
    return this.work.change(caller, 'report', async (tx) => {
      const entry = await this.entries.one(tx, caller, input.pointOfContact);
      if (!includesState(entry.state))
        throw new Problem('act-not-possible', `An entry that is ${entry.state} is not reported.`);
      const channel = input.channel === null ? null : channelOf(entry.channels, input.channel);
      const content = await this.contentOf(tx, input, channel);
      await refuseMore(tx, caller);
      const row: CorrectionRow = {
        ...{
          id: newId(),
          pointOfContactId: entry.id,
          channelId: channel?.id ?? null,
          partyCode: entry.party,
        },
        ...{ traffic: 'actual', via: 'account', reporterCode, reportedBy: caller.actor, what: input.what },
        ...{ content: null, state: 'open', reportedAt: await tx.now(), toldAt: null, decidedAt: null },
        ...{ decidedBy: null, changeId: null, version: 1 },
      };
      if (content)
        row.content = this.vault.seal(
          await this.vault.partyKey(entry.party),
          correctionHolding(row.id),
          content,
        );
      await tx.manager.insert(CorrectionRow, row).catch((error: unknown) => {
        if (violatedUnique(error) !== 'corrections_open') throw error;
        throw new Problem('act-not-possible', 'Your party has said so already, and it is not decided yet.');
      });
      await recordBy(tx, caller, 'contact-reported', row.id);
      return this.viewOf(tx, row, caller);
    });
  }

  /**
   * Decides, for the party of the entry. Confirming puts the channel in doubt and proposes the right address in its
   * place, for a second administrator to confirm as any change; or takes the name of the person off. Raises
   * `not-found`, `conflict` for a version that is not the newest, `act-not-possible` where it is decided,
   * `step-up-needed` where a channel is concerned.
   */
  async decide(caller: Caller, id: string, decision: Decision, version: number): Promise<CorrectionView> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      // The walls lock only what is open; what is not is read as it is.
      await tx.query('SELECT 1 FROM corrections WHERE id = $1 FOR UPDATE', [id]);
      const row = await decidable(tx, caller, id);
      // Said again with the same version after it was done: the same answer.
      if (row.version === version + 1 && row.decidedBy === caller.actor && row.state === stateAfter(decision))
        return this.viewOf(tx, row, caller);
      demandOpen(row, version);
      const at = await tx.now();
      let changeId: string | null = null;
      if (decision === 'confirm') {
        if (row.channelId !== null) demandFresh(caller, 'change-channel', at);
        changeId = await this.proposeRight(tx, caller, row);
        await carryOut(tx, row, at);
      }
      const change = {
        ...{ state: stateAfter(decision), decidedAt: at, decidedBy: caller.actor, changeId },
        version: version + 1,
      };
      const { affected } = await tx.manager.update(CorrectionRow, { id, version, state: 'open' }, change);
      if (affected !== 1) throw changedMeanwhile();
      await recordBy(tx, caller, decision === 'confirm' ? 'correction-confirmed' : 'correction-declined', id);
      return this.viewOf(tx, { ...row, ...change }, caller);
    });
  }

  /**
   * Proposes the right address in place of the wrong one, to be confirmed by a second administrator like any other
   * change. Answers the change; null where no address was said.
   */
  private async proposeRight(tx: Tx, caller: Caller, row: CorrectionRow): Promise<string | null> {
    const { address } = await this.opened(row);
    const channel = row.channelId && (await tx.manager.findOneBy(ChannelRow, { id: row.channelId }));
    if (!channel || address === undefined) return null;
    const { kind, purpose, encryption } = channel;
    const newChannel = { kind, address, purpose, encryption, expiresOn: null };
    const change = { kind: 'replace-channel' as const, channel: channel.id, newChannel, reason: null };
    return (await this.changes.proposeIn(tx, caller, row.pointOfContactId, change)).id;
  }

  /** What would be right, in its one spelling. */
  private async contentOf(
    tx: Tx,
    { text, address }: ReportInput,
    channel: EntryChannelView | null,
  ): Promise<Content | null> {
    if (address === null) return text;
    const misfit = (detail: string) =>
      new Problem('invalid-input', 'Some fields do not fit.', { errors: [{ pointer: '#/address', detail }] });
    if (!channel) throw misfit('is that of a channel: name the one that is wrong');
    const { kind: instance } = await this.parties.instance(tx);
    const read = readFor(instance, channel.kind, address);
    if ('fault' in read) throw misfit(read.fault);
    if (read.address === channel.address) throw misfit('is what the channel has already');
    return { ...text, address: read.address };
  }

  private async viewOf(tx: Tx, row: CorrectionRow, caller: Caller): Promise<CorrectionView> {
    const { text, language, address } = await this.opened(row);
    const own = row.partyCode === caller.party;
    const { changeId } = row;
    const keeps = own && caller.role === 'party-administrator';
    const changeState =
      keeps && changeId !== null ? (await this.changes.one(tx, caller, changeId)).state : null;
    return {
      ...{ id: row.id, pointOfContact: row.pointOfContactId, party: row.partyCode, channel: row.channelId },
      ...{ via: row.via, reporter: row.reporterCode, what: row.what, state: row.state, version: row.version },
      text: text === undefined ? null : { text, language: language ?? 'und' },
      address: address ?? null,
      ...{ reportedAt: row.reportedAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null },
      ...{ change: own ? changeId : null, changeState },
      allowedDecisions:
        own && row.state === 'open' && row.via !== 'system' && caller.role === 'party-administrator'
          ? [...decisions]
          : [],
    };
  }

  private async opened({ id, content }: { id: string; content: Sealed | null }): Promise<Content> {
    return content ? this.vault.openPartys<Content>(correctionHolding(id), content) : {};
  }
}

const includesState = (state: ContactState): boolean =>
  (reachableStates as readonly ContactState[]).includes(state);

const stateAfter = (decision: Decision) =>
  (decision === 'confirm' ? 'confirmed' : 'declined') as CorrectionState;

function channelOf(channels: readonly EntryChannelView[], id: string): EntryChannelView {
  const channel = channels.find(
    (one) => one.id === id && (one.state === 'proven' || one.state === 'suspect'),
  );
  if (!channel)
    throw new Problem('invalid-input', 'Some fields do not fit.', {
      errors: [{ pointer: '#/channel', detail: 'is no channel of this point of contact that is in use' }],
    });
  return channel;
}

async function decidable(tx: Tx, caller: Caller, id: string): Promise<CorrectionRow> {
  const row = await tx.manager.findOneBy(CorrectionRow, { id });
  if (row?.partyCode !== caller.party) throw new Problem('not-found', 'There is no such correction.');
  if (row.via === 'system')
    throw new Problem('act-not-possible', 'The system noted it: it is over once it has been seen to.');
  return row;
}

function demandOpen(row: CorrectionRow, version: number): void {
  if (row.state !== 'open') throw new Problem('act-not-possible', `It is ${row.state} already.`);
  if (row.version !== version) throw changedMeanwhile();
}

const changedMeanwhile = () =>
  new Problem('conflict', 'The correction has changed meanwhile: read it again.');

/** What follows from a party's own word that a channel or a person is wrong. */
async function carryOut(tx: Tx, row: CorrectionRow, at: Date): Promise<void> {
  if (row.what === 'wrong-person' || row.what === 'no-longer-responsible') {
    const entry = await openEntry(tx, row.pointOfContactId);
    if (entry.person)
      await tx.manager.update(PointOfContactRow, entry.id, {
        ...{ person: null, changedAt: at, version: entry.version + 1 },
      });
  }
  const wrong =
    row.what === 'no-longer-responsible' || (row.what === 'wrong-channel' && row.via === 'account');
  if (row.channelId === null || !wrong) return;
  const { channel } = await openChannel(tx, row.channelId, true);
  if (channel.state !== 'proven' && channel.state !== 'suspect') return;
  // A link that was mailed there would otherwise prove it again.
  await tx.query(
    'UPDATE confirmations SET expires_at = $2 WHERE channel_id = $1 AND used_at IS NULL AND expires_at > $2',
    [channel.id, at],
  );
  await tx.manager.insert(ChannelCheckRow, {
    ...{ id: newId(), channelId: channel.id, partyCode: row.partyCode, traffic: row.traffic, at },
    ...{ kind: 'report', outcome: 'wrong-contact', evidenceId: row.id },
  });
  await tx.manager.update(ChannelRow, channel.id, {
    ...{ state: 'suspect', suspectSince: channel.suspectSince ?? at, version: channel.version + 1 },
  });
  const entry = await tx.manager.findOneByOrFail(PointOfContactRow, { id: row.pointOfContactId });
  await followChannels(tx, entry);
}

async function refuseMore(tx: Tx, caller: Caller): Promise<void> {
  const made = await tx.query(
    `SELECT 1 FROM corrections WHERE reported_by = $1 AND reported_at > app.now() - interval '24 hours'`,
    [caller.actor],
  );
  if (made.length >= reportsADay)
    throw new Problem('too-many-tries', `One account makes at most ${reportsADay} reports in a day.`);
}
