import { recordView, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { Problem, type Tx } from '#libs/runtime';
import { chooseLanguage, routeSentences, type TlpCode, type Urgency } from '#libs/wording';
import { onDutyView } from '../duty-view.js';
import type { EntryQueries, EntryView } from '../entries.queries.js';
import type { Level } from '../entry-words.js';
import { shownDuty } from '../networks/visible-fields.js';
import { VisibilityQueries } from '../networks/visibility.queries.js';
import { findRoute } from './find-route.js';
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
}

/** As far around now as absences bear on when somebody is on duty next. */
const around = 465 * 86_400_000;

/** Who is to be contacted, on which channel, in which order, and why (A/76/135, 53), as a caller may know it. */
export class RouteFinder {
  constructor(
    private readonly work: Work,
    private readonly parties: PartyQueries,
    private readonly routes: RouteQueries,
    private readonly entries: EntryQueries,
  ) {}

  /** Raises `not-found` for a party that there is not. The look is recorded. */
  async find(caller: Caller, question: RouteQuestion, isHead = false): Promise<RouteView> {
    return this.work.read(caller, async (tx) => {
      const view = await this.findIn(tx, caller, question);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: question.party });
      return view;
    });
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
    const keyed = new Set(ways.filter(({ keys }) => keys.some(isValid)).map(({ id }) => id));
    const candidates = this.routes.candidates({ at: found.at, points }, keyed);
    const route = findRoute(candidates, { ...need, at: found.at }, found.plans);
    const duty = points.map((point) =>
      onDutyView(point, found.at, byId, (one) => this.routes.calendar(byId.get(one.id) ?? point)),
    );
    return routeView(
      { party, ...need, at: found.at },
      route,
      { entries, duty: new Map(duty.map((one) => [one.pointOfContact, one])) },
      routeSentences(chooseLanguage([caller.language])),
    );
  }
}

/** Whether a person can encrypt a mail of their own to a key; what the system itself writes is not encrypted. */
const isValid = ({ state }: EntryView['channels'][number]['keys'][number]): boolean =>
  state === 'usable' || state === 'untested' || state === 'expires-soon';
