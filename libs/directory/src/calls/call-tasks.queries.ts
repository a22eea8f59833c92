import { includes, nameOf, type Caller } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { callScript, chooseLanguage, type Language } from '#libs/wording';
import type { EntryQueries } from '../entries.queries.js';
import type { ChannelKind, ChannelState } from '../entry-words.js';
import { toldOf, type ToldByCall } from './announced-change.js';
import type { CallCodes } from './call-codes.service.js';
import type { CallTaskRow } from './call-task.entity.js';
import { allowedCallActs, callStateAt, type CallStanding } from './call-task-rules.js';
import type { CallAct, CallOutcome, CallReason, CallState, CallWay } from './call-task-words.js';

/** A call task as it stands in a list. */
export interface CallTaskItem {
  id: string;
  reason: CallReason;
  state: CallState;
  /** The party that is called, and the one whose people call; null: the secretariat's. */
  party: string;
  wantedBy: string | null;
  /** For those who make the call, where it is about one; the secretariat is not told. */
  request: string | null;
  channel: { id: string; kind: ChannelKind };
  pointOfContact: string;
  createdAt: string;
  expiresAt: string;
  /** Whether it is the caller who has it now, and until when. */
  mine: boolean;
  takenAt: string | null;
  takenUntil: string | null;
  /** Whether somebody of the party that is called has recorded the code. */
  heard: boolean;
  outcome: CallOutcome | null;
  endedAt: string | null;
  allowedActs: CallAct[];
}

/** A call task with what whoever makes the call needs. */
export interface CallTaskView extends CallTaskItem {
  /** Null: not, or no longer, to be seen. */
  number: string | null;
  roleNames: Record<string, string>;
  zone: string | null;
  way: CallWay | null;
  triesLeft: number;
  /** Who took it last, for colleagues. */
  takenBy: string | null;
  /** What is read to the callee, for those who make the call; with the code, for who has taken it and reads it out. */
  script: { language: Language; lines: string[] } | null;
  code: string | null;
}

/** A task with what decisions about it need of its channel. */
export type CallTaskFacts = Omit<CallTaskRow, 'addresseeId' | 'mailedAt' | 'disputeMailedAt'> & {
  kind: ChannelKind;
  channelState: ChannelState;
  pointOfContact: string;
  addedBy: string | null;
  takenByPerson: Sealed | null;
  at: Date;
};

const facts = `t.id, t.channel_id AS "channelId", t.party_code AS "partyCode", t.traffic, t.wanted_by AS "wantedBy", t.reason,
  t.request_id AS "requestId", t.told, t.state, t.way, t.created_by AS "createdBy", t.created_at AS "createdAt",
  t.expires_at AS "expiresAt", t.takes, t.taken_by AS "takenBy", t.taken_at AS "takenAt", t.taken_until AS "takenUntil",
  t.key_id AS "keyId", t.tries_left AS "triesLeft", t.heard_by AS "heardBy", t.heard_at AS "heardAt", t.outcome,
  t.ended_at AS "endedAt", c.kind, c.state AS "channelState", c.point_of_contact_id AS "pointOfContact",
  c.added_by AS "addedBy", app.now() AS at,
  (SELECT a.person FROM accounts a WHERE a.id = t.taken_by) AS "takenByPerson"
  FROM call_tasks t JOIN channels c ON c.id = t.channel_id`;

/** How a caller stands to a task, as the walls see it. */
export const standingOf = (caller: Caller, task: CallTaskFacts): CallStanding => ({
  account: caller.actor,
  calls:
    task.wantedBy === caller.party &&
    includes(caller, task.reason === 'proof' ? 'keep-entries' : 'make-calls'),
  called: task.partyCode === caller.party,
  added: task.addedBy === caller.actor,
});

/** Reads of call tasks: by those who make the call, and by the party that is called. */
export class CallTaskQueries {
  constructor(
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly entries: EntryQueries,
    private readonly codes: CallCodes,
  ) {}

  /** Those that wait, are the caller's own now, or are over: the newest first, at most a hundred, before one that is named. */
  async some(
    tx: Tx,
    caller: Caller,
    { which, before }: { which: 'waiting' | 'mine' | 'over'; before?: string | undefined },
  ): Promise<CallTaskItem[]> {
    const waits = `t.state IN ('open', 'taken') AND t.expires_at > app.now()`;
    const wanted = {
      waiting: waits,
      mine: `${waits} AND t.state = 'taken' AND t.taken_by = app.account() AND t.taken_until > app.now()`,
      over: `NOT (${waits})`,
    };
    const rows = await tx.query<CallTaskFacts>(
      `SELECT ${facts} WHERE ${wanted[which]} AND ($1::uuid IS NULL OR t.id < $1) ORDER BY t.id DESC LIMIT 100`,
      [before ?? null],
    );
    return rows.map((row) => itemOf(caller, row));
  }

  /** One in full. Raises `not-found` for what does not concern the caller. */
  async one(tx: Tx, caller: Caller, id: string): Promise<CallTaskView> {
    const task = await this.facts(tx, id);
    const item = itemOf(caller, task);
    const entry = await this.entries.one(tx, caller, task.pointOfContact).catch(unlessUnknown);
    const channel = entry?.channels.find((one) => one.id === task.channelId);
    const { calls } = standingOf(caller, task);
    const code = item.mine && task.way !== 'mailed' ? await this.codes.of(task) : null;
    const person = calls ? task.takenByPerson : null;
    const over = item.state !== 'open' && item.state !== 'taken';
    const told = calls && !over && task.told ? await this.told(id, task.told) : null;
    const whom = told ?? entry;
    return {
      ...item,
      number: told?.number ?? channel?.address ?? null,
      ...{ roleNames: whom?.roleNames ?? {}, zone: whom?.zone ?? null },
      ...{ way: task.way, triesLeft: task.triesLeft, code },
      takenBy: person && task.takenBy && (await nameOf(this.vault, task.takenBy, person)),
      script:
        calls && whom && !over
          ? await this.script(tx, task, whom, { way: item.mine ? task.way : null, code })
          : null,
    };
  }

  /** Raises `not-found`. */
  async facts(tx: Tx, id: string): Promise<CallTaskFacts> {
    const [task] = await tx.query<CallTaskFacts>(`SELECT ${facts} WHERE t.id = $1`, [id]);
    if (!task) throw new Problem('not-found', 'There is no such call task.');
    return task;
  }

  /** Whose people call, in a language. */
  async nameOfCaller(tx: Tx, wantedBy: string | null, language: Language): Promise<string> {
    const names =
      wantedBy === null
        ? (await this.parties.network(tx)).names
        : (await this.parties.known(tx, [wantedBy])).get(wantedBy);
    return names?.[language] ?? names?.en ?? wantedBy ?? '';
  }

  /** What stands in a task itself that announces a change: for those who make the call, until it is over. */
  private async told(id: string, sealed: Sealed): Promise<ToldByCall> {
    return this.vault.openPartys<ToldByCall>(toldOf(id), sealed);
  }

  private async script(
    tx: Tx,
    task: CallTaskFacts,
    { languages, roleNames, change }: Pick<ToldByCall, 'languages' | 'roleNames'> & Partial<ToldByCall>,
    told: { way: CallWay | null; code: string | null },
  ): Promise<{ language: Language; lines: string[] }> {
    const language = chooseLanguage(languages);
    const { kind: instance } = await this.parties.instance(tx);
    const lines = callScript({
      ...{ ...told, language, instance, reason: task.reason },
      change: change ? { ...change, at: new Date(change.decidedAt) } : null,
      traffic: task.traffic as 'actual' | 'exercise' | 'test',
      caller: await this.nameOfCaller(tx, task.wantedBy, language),
      role: roleNames[language] ?? roleNames.en ?? Object.values(roleNames)[0] ?? '',
    });
    return { language, lines };
  }
}

function itemOf(caller: Caller, task: CallTaskFacts): CallTaskItem {
  const { id, reason, partyCode: party, wantedBy, channelId, kind, pointOfContact, outcome, at } = task;
  const standing = standingOf(caller, task);
  const state = callStateAt(task, at);
  const taken = state === 'taken' || state === 'done';
  return {
    ...{ id, reason, state, party, wantedBy, channel: { id: channelId, kind }, pointOfContact, outcome },
    request: standing.calls && wantedBy !== null ? task.requestId : null,
    createdAt: task.createdAt.toISOString(),
    expiresAt: task.expiresAt.toISOString(),
    mine: state === 'taken' && task.takenBy === caller.actor,
    takenAt: taken ? (task.takenAt?.toISOString() ?? null) : null,
    takenUntil: state === 'taken' ? (task.takenUntil?.toISOString() ?? null) : null,
    heard: task.heardAt !== null,
    endedAt: task.endedAt?.toISOString() ?? null,
    allowedActs: allowedCallActs(task, standing, at),
  };
}

/** The entries whose addresses a task shows. Calls about a request or a change are held up by no limit on reading. */
export const countedIn = (task: CallTaskView): { id: string; party: string }[] =>
  task.number === null || task.reason === 'request' || task.reason === 'change'
    ? []
    : [{ id: task.pointOfContact, party: task.party }];

/** Nothing, for an entry that is no longer to be seen. */
function unlessUnknown(error: unknown): null {
  if (error instanceof Problem && error.code === 'not-found') return null;
  throw error;
}
