import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import { newId, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { managerCallsMail, type Urgency } from '#libs/wording';
import { whoCalls, type NetworkRules } from '../networks/network-words.js';
import { openNow } from '../networks/networks.queries.js';
import { visibleFields, type Visibility } from '../networks/visible-fields.js';
import { managersToCall } from '../readers.queries.js';
import type { CallStep } from '../routes/call-steps.js';
import { callDays } from './call-task-rules.js';
import { chooseCalls } from './choose-calls.js';

/** The line that waits, and the calls of the route to it. */
export interface LineToCall {
  id: string;
  requestId: string;
  /** The addressee. */
  partyCode: string;
  requesterCode: string;
  traffic: string;
  urgency: Urgency;
  steps: readonly CallStep[];
}

/** What was asked for: how many calls, of them how many anew, and of whose people; null: the secretariat's. */
export interface AskedCalls {
  chosen: number;
  made: number;
  wantedBy: string | null;
}

interface SharedNetwork {
  rules: NetworkRules;
  visibility: Visibility;
}

/** The group of mails that ask for the calls of a line; the database takes them back with the calls. */
export const callsOfLine = (lineId: string): string => `calls:${lineId}`;

/** Calls that a line asks for when all reminders were sent: by whom, to whom, once a channel whatever came of it. */
export class LineCalls {
  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /**
   * Asks for the calls of a line within the change that wants them, by the worker, and tells the secretariat where it is
   * to make them. A channel that was asked for before is not asked for again: the database refuses it.
   */
  async ask(tx: Tx, line: LineToCall): Promise<AskedCalls> {
    const networks = await this.shared(tx, line);
    const wantedBy =
      whoCalls(networks.map(({ rules }) => rules)) === 'secretariat' ? null : line.requesterCode;
    const shown = wantedBy === null ? line.steps : shownSteps(line.steps, networks);
    const chosen = chooseCalls(shown, line.urgency);
    const made = await this.write(tx, line, chosen, wantedBy);
    const [first] = made;
    if (wantedBy === null && first !== undefined) await this.tellManagers(tx, line, first, made.length);
    return { chosen: chosen.length, made: made.length, wantedBy };
  }

  private async shared(tx: Tx, { partyCode, requesterCode }: LineToCall): Promise<SharedNetwork[]> {
    return tx.query<SharedNetwork>(
      `SELECT n.rules, n.visibility FROM networks n WHERE (SELECT count(*) FROM memberships m
         WHERE m.network_id = n.id AND m.party_code IN ($1, $2) AND ${openNow('m')}) = 2`,
      [partyCode, requesterCode],
    );
  }

  /** Answers the channels of those that were not asked for before. */
  private async write(
    tx: Tx,
    { id, requestId, partyCode, traffic }: LineToCall,
    channels: readonly string[],
    wantedBy: string | null,
  ): Promise<string[]> {
    const rows = await tx.query<{ channel: string }>(
      `INSERT INTO call_tasks (id, channel_id, party_code, traffic, wanted_by, reason, request_id, addressee_id, state,
         created_at, expires_at)
       SELECT asked.id, asked.channel, $3, $4, $5, 'request', $6, $7, 'open', app.now(), app.now() + make_interval(days => $8)
       FROM unnest($1::uuid[], $2::uuid[]) AS asked (id, channel)
       ON CONFLICT DO NOTHING RETURNING channel_id AS channel`,
      [channels.map(() => newId()), channels, partyCode, traffic, wantedBy, requestId, id, callDays],
    );
    return rows.map(({ channel }) => channel);
  }

  /** Each manager once, however many calls there are; of the request nothing but that one waits. */
  private async tellManagers(tx: Tx, line: LineToCall, channelId: string, count: number): Promise<void> {
    const { kind: instance } = await this.parties.instance(tx);
    const names = (await this.parties.known(tx, [line.partyCode])).get(line.partyCode);
    for (const { address, language } of await managersToCall(tx, this.vault, line.id))
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'calls', waitedFor: true, channelId, partyCode: null, address },
        wantedFor: callsOfLine(line.id),
        text: managerCallsMail({
          ...{
            language,
            instance,
            count,
            reason: 'request',
            traffic: line.traffic as 'actual' | 'exercise' | 'test',
          },
          party: names?.[language] ?? names?.en ?? line.partyCode,
          publicUrl: this.publicUrl,
        }),
      });
  }
}

/** Without channels that networks hide from members: nobody can call a number that they do not see. */
const shownSteps = (steps: readonly CallStep[], networks: readonly SharedNetwork[]): CallStep[] =>
  steps.filter(({ kind, level }) => {
    const fields = visibleFields(
      level,
      networks.map(({ visibility }) => visibility),
    );
    return fields === 'all' || (fields?.has(kind) ?? false);
  });
