import type { PartyCaller } from '#libs/access';
import type { MailRoute } from '#libs/directory';
import { officeCalendar } from '#libs/timeliness';
import type { PartyQueries } from '#libs/parties';
import type { Fault, Tx } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import type { Redirection } from './act-content.js';
import { newLine, type AddresseeRow } from './addressee.entity.js';
import { aboutOf, type Correspondence } from './correspondence.service.js';
import type { RequestRows } from './request-rows.service.js';
import type { RequestTemplates } from './request-templates.service.js';
import type { RequestRow } from './request.entity.js';
import type { Watch } from './watch.service.js';

/** The body that a request is handed over to. */
export interface Destination {
  body: MailRoute['contacts'][number]['body'];
  route: MailRoute;
}

/**
 * From one body of the State asked to another (A/76/135, 21). To another State nothing is handed over: it is named,
 * and the requester decides whom to ask (51).
 */
export class HandOver {
  constructor(
    private readonly rows: RequestRows,
    private readonly parties: PartyQueries,
    private readonly correspondence: Correspondence,
    private readonly watch: Watch,
    private readonly templates: RequestTemplates,
  ) {}

  /** The body that a redirection leads to, if it does; or what is wrong with it. */
  async to(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    line: AddresseeRow,
    to: Redirection | undefined,
  ): Promise<{ faults: Fault[]; to?: Destination }> {
    if (to === undefined) return { faults: [] };
    if (to.party === line.partyCode) return this.toBody(tx, caller, request, to.body);
    if (to.party === line.requesterCode) return wrong('party', 'is the requester itself');
    const known = (await this.parties.known(tx, [to.party])).size > 0;
    if (!known) return wrong('party', 'is not a party of this network: see /api/v1/parties');
    return to.body === undefined
      ? { faults: [] }
      : wrong('body', 'is named for your own party alone: of another State, name what you know in the text');
  }

  private async toBody(tx: Tx, caller: PartyCaller, request: RequestRow, body: string | undefined) {
    if (body === undefined) return wrong('body', 'is needed: your own party is the one that was asked');
    if (body === caller.body) return wrong('body', 'is your own body');
    const ends = { party: caller.party, other: request.partyCode, body };
    const route = await this.correspondence.route(tx, ends, aboutOf(request));
    const [first] = route.contacts;
    return first
      ? { faults: [], to: { body: first.body, route } }
      : wrong('body', 'is not a body of your party with a point of contact: see /api/v1/points-of-contact');
  }

  /** Opens the line that follows: the body sees the request, its points of contact are told, clocks begin. */
  async open(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    before: AddresseeRow,
    { body, route }: Destination,
    at: Date,
  ): Promise<void> {
    const line = newLine(request, before.partyCode, at, { line: before, bodyId: body.id });
    await this.correspondence.recall(tx, before);
    await this.rows.admit(tx, request, line.partyCode, [body.id]);
    await this.rows.insertLine(tx, line);
    await this.watch.begin(tx, line, request.urgency, route.calendar ?? officeCalendar(route.zone));
    await this.rows.record(tx, key, request, line, { act: 'hand-over', from: null, to: 'sent', at }, caller);
    const subject = this.templates.told(request, this.rows.content(key, request));
    await this.correspondence.requestToAddressee(tx, key, subject, line, route.contacts);
  }
}

const wrong = (field: keyof Redirection, detail: string) => ({
  faults: [{ pointer: `#/redirectTo/${field}`, detail }],
});
