import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { disputedChangeMail, managerCallsMail } from '#libs/wording';
import { administratorsOfDispute, managersToAnnounce } from '../readers.queries.js';
import { toldOf, type ToldByCall } from './announced-change.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** The group of mails that ask for calls to a party; the database takes them back when none of the calls waits any more. */
const callsTo = (party: string): string => `calls:change:${party}`;

interface Disputed {
  id: string;
  channelId: string;
  pointOfContact: string;
  partyCode: string;
  told: Sealed;
  endedAt: Date;
}

/**
 * Tells of calls that announce changes: the secretariat that there are some to be made, once for all that wait at a party;
 * and the administrators of a party that a callee knew nothing of a change. That they were told stands in the transaction
 * that writes the mails, so nobody is told twice; where there is nobody to tell, it is tried again.
 */
export class ChangeCallMailing {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Answers how many parties and disputes were told of. What could not be told raises after the rest. */
  async run(): Promise<number> {
    const [waiting, disputed] = await this.units.run(
      worker,
      async (tx) =>
        [
          await tx.query<{ party: string }>(
            `SELECT DISTINCT t.party_code AS party FROM call_tasks t WHERE ${toBeMade}`,
          ),
          await tx.query<{ id: string }>(`SELECT t.id FROM call_tasks t WHERE ${untold} ORDER BY t.id`),
        ] as const,
    );
    const asked = await this.units.each(worker, waiting, (tx, { party }) => this.ask(tx, party));
    return asked + (await this.units.each(worker, disputed, (tx, { id }) => this.tell(tx, id)));
  }

  /** Each manager once, however many calls there are. */
  private async ask(tx: Tx, party: string): Promise<boolean> {
    const tasks = await tx.query<{ id: string; channelId: string }>(
      `SELECT t.id, t.channel_id AS "channelId" FROM call_tasks t WHERE t.party_code = $1 AND ${toBeMade}
       ORDER BY t.id FOR UPDATE SKIP LOCKED`,
      [party],
    );
    const [first] = tasks;
    const readers = first ? await managersToAnnounce(tx, this.vault, party) : [];
    if (!first || readers.length === 0) return false;
    const { kind: instance } = await this.parties.instance(tx);
    const names = (await this.parties.known(tx, [party])).get(party);
    for (const { address, language } of readers)
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'calls', waitedFor: true, channelId: first.channelId, partyCode: null, address },
        wantedFor: callsTo(party),
        text: managerCallsMail({
          ...{ language, instance, count: tasks.length, reason: 'change', traffic: 'actual' },
          ...{ party: names?.[language] ?? names?.en ?? party, publicUrl: this.publicUrl },
        }),
      });
    await tx.query('UPDATE call_tasks SET mailed_at = app.now() WHERE id = ANY ($1::uuid[])', [
      tasks.map(({ id }) => id),
    ]);
    return true;
  }

  private async tell(tx: Tx, id: string): Promise<boolean> {
    const locked = await tx.query(
      `SELECT 1 FROM call_tasks t WHERE t.id = $1 AND ${untold} FOR UPDATE SKIP LOCKED`,
      [id],
    );
    const readers = locked.length > 0 ? await administratorsOfDispute(tx, this.vault, id) : [];
    if (readers.length === 0) return false;
    const [task] = await tx.query<Disputed>(
      `SELECT t.id, t.channel_id AS "channelId", c.point_of_contact_id AS "pointOfContact", t.party_code AS "partyCode",
         t.told, t.ended_at AS "endedAt" FROM call_tasks t JOIN channels c ON c.id = t.channel_id WHERE t.id = $1`,
      [id],
    );
    if (!task) return false;
    const { channelId, partyCode } = task;
    const facts = await this.facts(tx, task);
    for (const { address, language } of readers)
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'channel-change', waitedFor: true, channelId, partyCode, address },
        wantedFor: `change-disputed:${id}`,
        text: disputedChangeMail({
          ...{ ...facts, language, party: facts.names[language] ?? facts.names.en ?? partyCode },
          role: facts.roleNames[language] ?? Object.values(facts.roleNames)[0] ?? '',
        }),
      });
    await tx.query('UPDATE call_tasks SET dispute_mailed_at = app.now() WHERE id = $1', [id]);
    return true;
  }

  private async facts(tx: Tx, { id, partyCode, pointOfContact, told, endedAt: saidAt }: Disputed) {
    const { roleNames, kind: called, change } = await this.vault.openPartys<ToldByCall>(toldOf(id), told);
    const { kind, ended, added, decidedAt } = change;
    // How a channel is used is changed by one person: of that there is no proposal to be read.
    const path =
      kind === 'change-use'
        ? `points-of-contact/${pointOfContact}`
        : `entry-changes?pointOfContact=${pointOfContact}`;
    return {
      names: (await this.parties.one(tx, partyCode)).names,
      instance: (await this.parties.instance(tx)).kind,
      ...{ roleNames, called, kind, ended, added, saidAt, decidedAt: new Date(decidedAt) },
      link: `${this.publicUrl}/api/v1/${path}`,
    };
  }
}

const toBeMade = `t.reason = 'change' AND t.mailed_at IS NULL AND t.state = 'open' AND t.expires_at > app.now()`;
const untold = `t.outcome = 'disputed' AND t.dispute_mailed_at IS NULL`;
