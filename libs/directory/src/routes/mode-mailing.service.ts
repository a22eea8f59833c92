import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import {
  chooseLanguage,
  modeMail,
  type Language,
  type MailText,
  type Urgency,
  type WrittenText,
} from '#libs/wording';
import type { PlanContent } from './plan-words.js';
import { holdPlan, modeReasonOf, planContentOf } from './plan.queries.js';
import type { MailContact, RouteQueries } from './route.queries.js';
import type { PlanMode } from './route-words.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
/** Parties that are written to in one go; the rest follow within seconds. */
const atOnce = 50;
/** How urgent it is to know of a mode: channels for such matters go first. */
const urgencyOf = { normal: 'U3', heightened: 'U2', crisis: 'U1' } as const satisfies Record<
  PlanMode,
  Urgency
>;

interface Due {
  id: string;
  /** Who is told. */
  party: string;
  plan: string;
  kind: 'pair' | 'network';
  network: string;
  one: string | null;
  other: string | null;
  number: number;
  mode: PlanMode;
  traffic: 'actual' | 'exercise' | 'test';
  content: Sealed;
  reason: Sealed;
  declaredBy: string | null;
  declaredAt: Date;
}

/**
 * Tells the points of contact of those whom a plan is for, at technical and diplomatic level, that a mode was declared.
 * Only the newest one is told, each party once: the row that says so is of the transaction that writes its mails.
 */
export class ModeMailing {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly routes: RouteQueries,
    private readonly publicUrl: string,
  ) {}

  /** Answers how many parties were told. One that could not be raises after the others. */
  async run(): Promise<number> {
    const due = await this.units.run(worker, (tx) => untold(tx));
    return this.units.each(worker, due, (tx, one) => this.tell(tx, one));
  }

  private async tell(tx: Tx, { id, party, network, one, other }: Due): Promise<boolean> {
    // Another worker may have told it, or a further mode was declared meanwhile: held, then looked at.
    await holdPlan(tx, network, one, other);
    const [due] = await untold(tx, id, party);
    if (!due) return false;
    await tx.query(
      `INSERT INTO plan_modes_told (mode_id, party_code, traffic, told_at)
       SELECT m.id, $2, m.traffic, app.now() FROM plan_modes m WHERE m.id = $1`,
      [id, party],
    );
    const wantedFor = `plan-mode:${due.one ?? due.network}:${due.other ?? ''}:${party}`;
    await this.outbox.cancel(tx, wantedFor);
    const textIn = await this.textsOf(tx, due);
    for (const { channelId, address, languages } of await this.contacts(tx, due))
      await this.outbox.enqueueToChannel(tx, {
        ...{ kind: 'plan-mode', channelId, partyCode: party, address, wantedFor, traffic: due.traffic },
        // A whole network at once would stand before the requests.
        waitedFor: due.kind === 'pair',
        text: textIn(chooseLanguage(languages)),
      });
    return true;
  }

  /** Mailboxes at both levels: those that are told at once, and in a crisis all of them. */
  private async contacts(tx: Tx, { party, one, other, mode, traffic }: Due): Promise<MailContact[]> {
    const ends = { party, other: party === one ? other : one };
    const need = { urgency: urgencyOf[mode], tlp: 'AMBER' as const, traffic };
    const found = new Map<string, MailContact>();
    for (const level of ['technical', 'diplomatic'] as const)
      for (const contact of (await this.routes.mails(tx, ends, { ...need, levels: [level] }, ['mail']))
        .contacts)
        if (contact.stage === 'at-once' || mode === 'crisis') found.set(contact.channelId, contact);
    return [...found.values()];
  }

  /** What is read once for all mails of a party; answers what a mail says in a language. */
  private async textsOf(tx: Tx, due: Due): Promise<(language: Language) => MailText> {
    const { plan, kind, one, other, number, mode, traffic, declaredBy, declaredAt } = due;
    const { reportEvery, bridge } = await this.vault.openPartys<PlanContent>(
      planContentOf(plan),
      due.content,
    );
    const reason = await this.vault.openPartys<WrittenText>(modeReasonOf(due.id), due.reason);
    const { kind: instance } = await this.parties.instance(tx);
    const parties = await this.parties.known(
      tx,
      [one, other].filter((code) => code !== null),
    );
    const network = kind === 'network' ? await namesOfNetwork(tx, due.network) : {};
    return (language) => {
      const name = (code: string) => parties.get(code)?.[language] ?? parties.get(code)?.en ?? code;
      return modeMail({
        ...{ language, instance, traffic, mode, number, declaredAt, reason },
        of: kind === 'pair' ? [name(one ?? ''), name(other ?? '')] : (network[language] ?? network.en ?? ''),
        declaredBy: declaredBy === null ? null : name(declaredBy),
        ...{ reportEvery: reportEvery[mode] ?? null, hasBridge: bridge !== null },
        link: `${this.publicUrl}/api/v1/plans/${plan}`,
      });
    };
  }
}

async function namesOfNetwork(tx: Tx, id: string): Promise<Record<string, string>> {
  const [row] = await tx.query<{ names: Record<string, string> }>(
    'SELECT names FROM networks WHERE id = $1',
    [id],
  );
  return row?.names ?? {};
}

/**
 * The newest mode between the same two parties, or of a network, and the parties that have not been told of it: those
 * that were members when it was declared, and are.
 */
const untold = (tx: Tx, id: string | null = null, party: string | null = null): Promise<Due[]> =>
  tx.query<Due>(
    `SELECT n.id, r.party, n.plan_id AS plan, n.kind, n.network_id AS network, n.one, n.other, n.number, n.mode, n.traffic,
       n.content, n.reason, n.declared_by AS "declaredBy", n.declared_at AS "declaredAt"
     FROM (SELECT DISTINCT ON (p.kind, CASE p.kind WHEN 'network' THEN p.network_id END,
             least(p.party_code, p.other_code), greatest(p.party_code, p.other_code))
           m.id, m.plan_id, m.mode, m.traffic, m.reason, m.party_code AS declared_by, m.declared_at, p.kind, p.network_id,
           p.state, p.number, p.content, least(p.party_code, p.other_code) AS one, greatest(p.party_code, p.other_code) AS other
         FROM plan_modes m JOIN plans p ON p.id = m.plan_id
         ORDER BY p.kind, CASE p.kind WHEN 'network' THEN p.network_id END, least(p.party_code, p.other_code),
           greatest(p.party_code, p.other_code), m.declared_at DESC, m.id DESC) n
     CROSS JOIN LATERAL (
       SELECT unnest(ARRAY[n.one, n.other]) AS party WHERE n.kind = 'pair'
       UNION ALL SELECT s.party_code FROM memberships s WHERE n.kind = 'network' AND s.network_id = n.network_id
         AND s.joined_at <= n.declared_at AND (s.left_at IS NULL OR s.left_at > app.now())) r
     WHERE n.state IN ('in-force', 'replaced') AND ($1::uuid IS NULL OR n.id = $1) AND ($2::text IS NULL OR r.party = $2)
       AND NOT EXISTS (SELECT 1 FROM plan_modes_told t WHERE t.mode_id = n.id AND t.party_code = r.party)
     ORDER BY n.declared_at, n.id, r.party LIMIT ${atOnce}`,
    [id, party],
  );
