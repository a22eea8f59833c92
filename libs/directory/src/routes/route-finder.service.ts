import { recordView, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { Problem, type Tx } from '#libs/runtime';
import { chooseLanguage, routeSentences, type TlpCode, type Urgency } from '#libs/wording';
import { onDutyView } from '../duty-view.js';
import type { EntryQueries } from '../entries.queries.js';
import type { Level } from '../entry-words.js';
import { EntryReadings } from '../finding/entry-readings.service.js';
import { mayEncryptTo } from '../keys/key-use.js';
import { shownDuty } from '../networks/visible-fields.js';
import { VisibilityQueries } from '../networks/visibility.queries.js';
import { Origins, type Trace } from '../origins/origins.queries.js';
import { findRoute } from './find-route.js';
import { routeOriginOf, unknownOrigin, type RouteOrigin } from './route-origin.js';
import { routeView, type RouteView } from './route-view.js';
import type { RouteQueries } from './route.queries.js';

/** What a route is asked for. */
export interface RouteQuestion {
  party: string;
  urgency: Urgency;
  tlp: TlpCode;
  sector?: string | undefined;
  traffic: 'actual' | 'exercise';
  /** Best first. */
  levels: readonly Level[];
  /** A body of the party whose points of contact go first. */
  body?: string | undefined;
}

/** The same, of a party that is named or that a trace leads to: one of these. */
export type AskedRoute = Omit<RouteQuestion, 'party' | 'body'> & Trace & { party?: string | undefined };

/** As far around now as absences bear on when somebody is on duty next. */
const around = 465 * 86_400_000;

/** Who is to be contacted, on which channel, in which order, and why (A/76/135, 53), as a caller may know it. */
export class RouteFinder {
  private readonly origins = new Origins();
  private readonly readings = new EntryReadings();

  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
    private readonly routes: RouteQueries,
    private readonly entries: EntryQueries,
  ) {}

  /**
   * Raises `not-found` for a party that there is not, and with what can be done where a trace leads to none;
   * `invalid-input` where not exactly one is given. The look is recorded with the party that was found, or with none.
   */
  async find(
    caller: Caller,
    { party: named, ip, asn, domain, ...need }: AskedRoute,
    isHead = false,
  ): Promise<RouteView & { origin: RouteOrigin | null }> {
    const trace = { ip, asn, domain };
    demandOne({ party: named, ...trace });
    const found = await this.work.read(caller, async (tx) => {
      const origin = named === undefined ? await this.originOf(tx, trace) : null;
      if (origin instanceof Problem) {
        if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: null });
        return origin;
      }
      const party = origin?.by.party.code ?? named ?? '';
      const view = await this.findIn(tx, caller, { ...need, party, body: origin?.by.body?.id });
      if (!isHead) {
        const shown = [...view.steps, ...view.passedOver].map((one) => one.pointOfContact);
        await this.readings.count(
          tx,
          caller,
          [...new Set(shown)].map((id) => ({ id, party })),
        );
        await recordView(tx, caller, { kind: 'look-up', sought: party });
      }
      return { ...view, origin };
    });
    // Only now: what is raised within a transaction takes back that it was looked for.
    if (found instanceof Problem) throw found;
    return found;
  }

  /** The same within a transaction, for who has found out the party there. It is the caller's to record the look. */
  async findIn(tx: Tx, caller: Caller, { party, ...need }: RouteQuestion): Promise<RouteView> {
    if ((await this.parties.known(tx, [party])).size === 0)
      throw new Problem('not-found', `No party of this network has the code ${party}.`);
    const found = await this.routes.load(tx, { party, other: caller.party }, around);
    // What a party does not show to the caller is no part of a route of theirs.
    const entries = new Map(
      (await this.entries.ofParty(tx, caller, party)).map((entry) => [entry.id, entry]),
    );
    const { fields } = await new VisibilityQueries().of(tx, caller);
    const points = found.points.flatMap((point) => {
      const channels = new Set(entries.get(point.id)?.channels.map(({ id }) => id));
      return shownDuty(point, fields(party, point.level))
        .filter(({ id }) => entries.has(id))
        .map(({ hidden, ...shown }) => ({
          ...shown,
          absences: hidden ? [] : shown.absences,
          channels: shown.channels.filter(({ id }) => channels.has(id)),
        }));
    });
    const byId = new Map(points.map((point) => [point.id, point]));
    const ways = [...entries.values()].flatMap(({ channels }) => channels);
    // A person can encrypt a mail of their own to it; what the system itself writes is not encrypted.
    const keyed = new Set(ways.filter(({ keys }) => keys.some(mayEncryptTo)).map(({ id }) => id));
    const candidates = this.routes.candidates({ at: found.at, points }, keyed);
    const { urgency, tlp, sector, traffic, levels } = need;
    const sectors = sector === undefined ? [] : [sector];
    const route = findRoute(candidates, { ...need, sectors, at: found.at }, found.plans);
    const duty = points.map((point) =>
      onDutyView(point, found.at, byId, (one) => this.routes.calendar(byId.get(one.id) ?? point)),
    );
    const asked = { party, urgency, tlp, sector, traffic, levels };
    return routeView(
      { ...asked, at: found.at },
      route,
      { entries, duty: new Map(duty.map((one) => [one.pointOfContact, one])) },
      routeSentences(chooseLanguage([caller.language])),
    );
  }

  private async originOf(tx: Tx, trace: Trace): Promise<RouteOrigin | Problem> {
    const found = await this.origins.partyFor(tx, trace);
    return routeOriginOf(found) ?? new Problem('not-found', unknownOrigin(found));
  }
}

function demandOne(named: Record<'party' | 'ip' | 'asn' | 'domain', string | undefined>): void {
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  if (given.length === 1) return;
  const detail = 'give one of party, ip, asn and domain, and not more than one';
  throw new Problem('invalid-input', 'Some fields do not fit.', {
    errors: [{ parameter: given[1]?.[0] ?? 'party', detail }],
  });
}
