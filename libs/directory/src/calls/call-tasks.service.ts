import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import type { Language } from '#libs/wording';
import { newId, Problem, type Fault, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { demandNotOver, openChannel, type Channels } from '../channels.service.js';
import { isDoubtful } from '../confirm/channel-doubt.js';
import { lastTried } from '../confirm/last-tried.queries.js';
import type { EntryQueries } from '../entries.queries.js';
import { operatedByPeople } from '../entry-words.js';
import { EntryReadings } from '../finding/entry-readings.service.js';
import { ChannelCheckRow, ChannelRow } from '../point-of-contact.entity.js';
import { firstMailboxOf } from '../readers.queries.js';
import type { CallCodes } from './call-codes.service.js';
import { CallTaskRow } from './call-task.entity.js';
import {
  callDays,
  callMinutes,
  callsADay,
  callTries,
  callWayOf,
  noTries,
  outcomeFault,
  refuseCall,
} from './call-task-rules.js';
import { checkedAs, type CallAct, type CallOutcome } from './call-task-words.js';
import {
  countedIn,
  standingOf,
  type CallTaskFacts,
  type CallTaskQueries,
  type CallTaskView,
} from './call-tasks.queries.js';

/** What came of a call; the code that was heard, where it was answered and the callee had one to read. */
export interface CallResult {
  outcome: CallOutcome;
  code?: string | undefined;
}

const misfit = (errors: Fault[]) => new Problem('invalid-input', 'Some fields do not fit.', { errors });
const wrongCode = () => misfit([{ pointer: '#/code', detail: 'is not the code of this call' }]);

/**
 * Calls that persons make on telephones, messengers and fax machines. One person has a call at a time; the code proves
 * that it reached whoever it was meant to reach; what came of it is recorded once, with who called and when.
 */
export class CallTasks {
  private readonly readings = new EntryReadings();

  constructor(
    private readonly units: UnitOfWork,
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly codes: CallCodes,
    private readonly channels: Channels,
    private readonly entries: EntryQueries,
    private readonly queries: CallTaskQueries,
  ) {}

  /**
   * Asks for a call: to prove a channel of one's own party, or to check one of any. Raises `not-found` for a channel
   * that the caller does not see, `act-not-possible` where no call does that or one waits already, `too-many-tries`.
   */
  async ask(caller: Caller, channelId: string, reason: 'proof' | 'check'): Promise<CallTaskView> {
    demandPermission(caller, reason === 'proof' ? 'keep-entries' : 'make-calls');
    return this.work.change(caller, 'call', async (tx) => {
      const { kind, state } = await this.entries.channel(tx, caller, channelId);
      if (!operatedByPeople.some((one) => one === kind))
        throw new Problem('act-not-possible', 'Such a channel is proven by a code that is sent to it.');
      const channel = await tx.manager.findOneByOrFail(ChannelRow, { id: channelId });
      if (reason === 'proof' && channel.partyCode !== caller.party)
        throw new Problem('not-found', 'There is no such channel.');
      demandNotOver(channel, await tx.now());
      const fits = reason === 'proof' ? ['unproven', 'suspect'] : ['proven', 'suspect'];
      if (!fits.includes(state))
        throw new Problem('act-not-possible', `A channel that is ${state} is not called for a ${reason}.`);
      await refuseMore(tx, channelId, caller.party);
      const id = await this.write(tx, channelId, reason, caller.party);
      if (!id) throw new Problem('act-not-possible', 'Such a call waits already.');
      await recordBy(tx, caller, 'call-asked', id);
      return this.shown(tx, caller, id);
    });
  }

  /** Takes a call for two hours, or takes it again, with a new code. Raises `forbidden`, `act-not-possible`. */
  async take(caller: Caller, id: string): Promise<CallTaskView> {
    return this.work.change(caller, 'call', async (tx) => {
      const task = await this.opened(tx, caller, id, 'take');
      if (task.channelState === 'ended' && task.reason !== 'change')
        throw new Problem('act-not-possible', 'The channel is ended.');
      const mailbox = await firstMailboxOf(tx, task.pointOfContact);
      const way = callWayOf(task.reason, mailbox !== undefined);
      const keyId = this.vault.currentKey;
      const takenUntil = new Date(task.at.getTime() + callMinutes * 60_000);
      await tx.manager.update(CallTaskRow, id, {
        ...{ state: 'taken', way, keyId, takes: task.takes + 1, triesLeft: callTries, takenUntil },
        ...{ takenBy: caller.actor, takenAt: task.at, heardBy: null, heardAt: null },
      });
      const callerIn = (language: Language) => this.queries.nameOfCaller(tx, task.wantedBy, language);
      const taken = { id, keyId, takes: task.takes + 1 };
      if (way === 'mailed' && mailbox) await this.codes.mail(tx, taken, mailbox, takenUntil, callerIn);
      await recordBy(tx, caller, 'call-taken', id);
      return this.shown(tx, caller, id);
    });
  }

  /**
   * Records what came of a call, once. Answered by the right person is what the code says: a wrong one costs a try and
   * raises `invalid-input`; where it is read out, somebody of the callee's party has recorded it before. A channel of
   * one's own party is proven by it, one that was suspect is so no more, and one that is called in vain becomes suspect. That
   * the callee knows nothing of a change says nothing of the channel: the administrators of its party are told.
   */
  async record(caller: Caller, id: string, { outcome, code }: CallResult): Promise<CallTaskView> {
    // A try that did not fit counts: it is committed before it is refused.
    const recorded = await this.work.change(caller, 'call', async (tx) => {
      const task = await this.opened(tx, caller, id, 'record');
      const fault = outcomeFault(task.reason, outcome, code);
      if (fault) throw misfit([fault]);
      if (outcome === 'answered' && !(await this.isRight(tx, task, code))) return null;
      await tx.manager.update(CallTaskRow, id, { state: 'done', outcome, endedAt: task.at });
      await this.codes.takeBack(tx, id);
      if (outcome !== 'disputed') await this.follow(tx, caller, task, outcome);
      await recordBy(tx, caller, 'call-recorded', id);
      return this.queries.one(tx, caller, id);
    });
    if (!recorded) throw wrongCode();
    return recorded;
  }

  /** Records, by somebody of the party that is called, the code that was read out. Raises as {@link record} does. */
  async hear(caller: Caller, id: string, code: string): Promise<CallTaskView> {
    const heard = await this.work.change(caller, 'call', async (tx) => {
      const task = await this.opened(tx, caller, id, 'hear');
      const fits = await this.codes.fit(task, code);
      await tx.manager.update(
        CallTaskRow,
        id,
        fits ? { heardBy: caller.actor, heardAt: task.at } : { triesLeft: task.triesLeft - 1 },
      );
      if (!fits) return null;
      await recordBy(tx, caller, 'call-heard', id);
      return this.queries.one(tx, caller, id);
    });
    if (!heard) throw wrongCode();
    return heard;
  }

  /** Takes a call back that is no longer wanted. */
  async cancel(caller: Caller, id: string): Promise<CallTaskView> {
    return this.work.change(caller, 'call', async (tx) => {
      const { at } = await this.opened(tx, caller, id, 'cancel');
      await this.codes.takeBack(tx, id);
      await tx.manager.update(CallTaskRow, id, { state: 'cancelled', endedAt: at });
      await recordBy(tx, caller, 'call-cancelled', id);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Ends what nobody has called in time. */
  async expire(): Promise<void> {
    await this.units.run({ actor: 'worker', party: null, body: null, purpose: 'sweep' }, (tx) =>
      tx.query(
        `UPDATE call_tasks SET state = 'expired', ended_at = app.now() WHERE state IN ('open', 'taken') AND expires_at <= app.now()`,
      ),
    );
  }

  /** A task, locked where the walls let the caller change it, for an act that is possible to the caller now. */
  private async opened(tx: Tx, caller: Caller, id: string, act: CallAct): Promise<CallTaskFacts> {
    await tx.query('SELECT 1 FROM call_tasks WHERE id = $1 FOR UPDATE', [id]);
    const task = await this.queries.facts(tx, id);
    const no = refuseCall(act, task, standingOf(caller, task), task.at);
    if (no) throw new Problem(no.code, no.detail);
    return task;
  }

  /** With the number: it counts as much as to read the entry. Raises `too-many-look-ups`. */
  private async shown(tx: Tx, caller: Caller, id: string): Promise<CallTaskView> {
    const task = await this.queries.one(tx, caller, id);
    await this.readings.count(tx, caller, countedIn(task));
    return task;
  }

  private async write(
    tx: Tx,
    channelId: string,
    reason: 'proof' | 'check',
    wantedBy: string | null,
  ): Promise<string | undefined> {
    const at = await tx.now();
    const expiresAt = new Date(at.getTime() + callDays * 86_400_000);
    const [made] = await tx.query<{ id: string }>(
      `INSERT INTO call_tasks (id, channel_id, party_code, traffic, wanted_by, reason, state, created_at, expires_at)
       SELECT $1, c.id, c.party_code, 'actual', $3, $4, 'open', $5, $6 FROM channels c WHERE c.id = $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [newId(), channelId, wantedBy, reason, at, expiresAt],
    );
    return made?.id;
  }

  /** What the outcome of a call says of its channel. */
  private async follow(
    tx: Tx,
    caller: Caller,
    task: CallTaskFacts,
    outcome: Exclude<CallOutcome, 'disputed'>,
  ): Promise<void> {
    const { id, channelId, partyCode, traffic, at } = task;
    if (outcome === 'answered' || !(await hasCounted(tx, task)))
      await tx.manager.insert(ChannelCheckRow, {
        ...{ id: newId(), channelId, partyCode, traffic },
        ...{ kind: 'call', outcome: checkedAs[outcome], evidenceId: id, at },
      });
    if (task.reason === 'proof' && outcome === 'answered') await this.prove(tx, caller, task);
    if (outcome !== 'answered') await doubt(tx, task);
  }

  private async isRight(tx: Tx, task: CallTaskFacts, code: string | undefined): Promise<boolean> {
    if (task.way === 'read-out') {
      if (task.heardAt !== null) return true;
      const detail = 'Nobody of the party that is called has recorded the code yet.';
      throw new Problem('act-not-possible', detail);
    }
    if (code === undefined) throw misfit([{ pointer: '#/code', detail: 'is what the callee reads to you' }]);
    if (task.triesLeft === 0) throw new Problem(noTries.code, noTries.detail);
    if (await this.codes.fit(task, code)) return true;
    await tx.manager.update(CallTaskRow, task.id, { triesLeft: task.triesLeft - 1 });
    return false;
  }

  private async prove(tx: Tx, caller: Caller, { channelId, at }: CallTaskFacts): Promise<void> {
    const { channel, entry } = await openChannel(tx, channelId);
    await this.channels.proveIn(tx, caller, channel, entry, at);
  }
}

/** What was called in vain is suspect at once: whoever looks next is told so. */
async function doubt(tx: Tx, { id, channelId, partyCode }: CallTaskFacts): Promise<void> {
  const tried = await lastTried(tx, channelId);
  if (isDoubtful(tried, partyCode)) await tx.query('SELECT app.doubt_by_call($1, $2)', [id, newId()]);
}

/**
 * Whether a failed call of the same party counts already: those of another party count once until somebody answers. Else
 * one of them alone would say of another's channel that nobody is ever reached there.
 */
async function hasCounted(tx: Tx, { channelId, wantedBy, partyCode }: CallTaskFacts): Promise<boolean> {
  if (wantedBy === null || wantedBy === partyCode) return false;
  const counted = await tx.query(
    `SELECT 1 FROM channel_checks k JOIN call_tasks t ON t.id = k.evidence_id
     WHERE k.channel_id = $1 AND k.kind = 'call' AND k.outcome <> 'answered' AND t.wanted_by = $2
       AND NOT EXISTS (SELECT 1 FROM channel_checks a
         WHERE a.channel_id = $1 AND a.outcome = 'answered' AND a.at > k.at) LIMIT 1`,
    [channelId, wantedBy],
  );
  return counted.length > 0;
}

/** Each call that is taken sends mail to people of another party: nobody is called, or mailed, without end. */
async function refuseMore(tx: Tx, channelId: string, wantedBy: string | null): Promise<void> {
  const asked = await tx.query(
    `SELECT 1 FROM call_tasks WHERE channel_id = $1 AND wanted_by IS NOT DISTINCT FROM $2 AND reason IN ('proof', 'check')
       AND created_at > app.now() - interval '1 day'`,
    [channelId, wantedBy],
  );
  if (asked.length >= callsADay)
    throw new Problem(
      'too-many-tries',
      `At most ${callsADay} calls are asked for on a channel within a day.`,
    );
}
