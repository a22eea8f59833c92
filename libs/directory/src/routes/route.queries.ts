import { noticeChannels, type NoticeChannel } from '#libs/notifications';
import type { Tx } from '#libs/runtime';
import type { Calendar } from '#libs/timeliness';
import type { Sealed, Vault } from '#libs/vault';
import { addressOf } from '../directory.queries.js';
import { absenceAt, onDutyAt, type Absence, type DutyCalendar } from '../duty-calendar.js';
import type { DutyPoint } from '../duty-view.js';
import type { ChannelKind, ContactState } from '../entry-words.js';
import { HolidayCalendar } from '../holidays.js';
import { openNow } from '../networks/networks.queries.js';
import { callSteps, type CallStep } from './call-steps.js';
import { findRoute } from './find-route.js';
import type { PlanContent } from './plan-words.js';
import { planContentOf } from './plan.queries.js';
import type {
  PlanMode,
  RouteCandidate,
  RouteChannel,
  RouteNeed,
  RoutePlan,
  RouteStage,
} from './route-words.js';
import { calendarOfDuty, primaryOf } from './working-calendar.js';

/** A point of contact with all that routes depend on. */
export interface RoutablePoint extends DutyPoint {
  state: ContactState;
  languages: string[];
  body: { id: string; names: Record<string, string> };
  sectors: string[];
  channels: (Omit<RouteChannel, 'hasKey'> & { address: Sealed })[];
  absences: Absence[];
}

/** What a route to a party is found from. */
export interface Routable {
  at: Date;
  points: RoutablePoint[];
  plans: RoutePlan[];
}

/** To whom, and from whom: a plan between these two is obeyed. */
export interface RouteEnds {
  party: string;
  other: string | null;
  /** One body of the party alone. */
  body?: string | null;
  /** Bodies that see this request alone. */
  request?: string;
}

/** Somebody to be written to, when, how, and where. */
export interface MailContact {
  id: string;
  body: RoutablePoint['body'];
  languages: string[];
  stage: RouteStage;
  channel: NoticeChannel;
  channelId: string;
  address: string;
  /** Whether the mailbox is suspect. */
  doubted: boolean;
}

export interface MailRoute {
  contacts: MailContact[];
  /** What people can do beside: calls on channels that no machine operates. */
  calls: CallStep[];
  /** All bodies that are concerned: of those who are told, and of the others at their level. */
  bodies: string[];
  /** Of the primary point of contact. */
  zone: string;
  /** Hours of duty that deadlines count in; null: none were said. */
  calendar: Calendar | null;
}

type Row = Omit<RoutablePoint, 'absences' | 'sectors'> & {
  at: Date;
  absences: { from: string; until: string; substitute: string | null }[] | null;
  sectors: string[] | null;
  plans: { id: string; version: number; kind: 'pair' | 'network'; mode: PlanMode; content: Sealed }[] | null;
};

/** What routes are found from, in one statement, and the mails of a route. */
export class RouteQueries {
  private readonly holidays = new HolidayCalendar();

  constructor(private readonly vault: Vault) {}

  /** `ahead`: milliseconds around now in which absences are looked for. Without points of contact there are no plans. */
  async load(tx: Tx, { party, other, body, request }: RouteEnds, ahead = 1): Promise<Routable> {
    const rows = await tx.query<Row>(statement, [party, other, body ?? null, request ?? null, ahead]);
    const [first] = rows;
    const plans = (first?.plans ?? []).map(async ({ id, content, ...plan }): Promise<RoutePlan> => {
      const { ways, only } = await this.vault.openPartys<PlanContent>(planContentOf(id), content);
      return { id, ...plan, ways, only };
    });
    return {
      at: first?.at ?? (await tx.now()),
      points: rows.map(({ at: _at, plans: _plans, absences, sectors, ...point }) => ({
        ...point,
        sectors: sectors ?? [],
        absences: (absences ?? []).map(({ from, until, substitute }) => ({
          ...{ from: Date.parse(from), until: Date.parse(until), substitute },
        })),
      })),
      plans: await Promise.all(plans),
    };
  }

  /** Points of contact as candidates, as their duty stands; `keyed`: channels with a key that can be encrypted to. */
  candidates(
    { at, points }: Pick<Routable, 'at' | 'points'>,
    keyed: ReadonlySet<string> = new Set(),
  ): RouteCandidate[] {
    return points.map((point) => {
      const absence = absenceAt(point.absences, at);
      return {
        ...{ id: point.id, level: point.level, position: point.position, state: point.state },
        duty: onDutyAt(this.calendar(point), at).status,
        absent: absence !== undefined,
        substitute: absence?.substitute ?? null,
        ...{ sectors: point.sectors, body: point.body.id },
        channels: point.channels.map(({ address: _address, ...channel }) => ({
          ...channel,
          hasKey: keyed.has(channel.id),
        })),
      };
    });
  }

  calendar({ duty, zone, absences }: RoutablePoint): DutyCalendar {
    return { duty, zone, absences, holidays: (year) => this.holidays.of(duty, year) };
  }

  /** Whom the system writes to, in order, on channels of some kinds: at once, or when it reminds. */
  async mails(
    tx: Tx,
    ends: RouteEnds,
    need: Omit<RouteNeed, 'at'>,
    on: readonly NoticeChannel[] = noticeChannels,
  ): Promise<MailRoute> {
    const all = await this.load(tx, ends);
    const isLeftOut = ({ kind }: { kind: ChannelKind }) => isNoticeChannel(kind) && !on.includes(kind);
    const points = all.points.map((point) => ({
      ...point,
      channels: point.channels.filter((channel) => !isLeftOut(channel)),
    }));
    const found = { ...all, points };
    const { steps } = findRoute(this.candidates(found), { ...need, at: found.at }, found.plans);
    const byId = new Map(found.points.map((point) => [point.id, point]));
    const contacts: MailContact[] = [];
    for (const { contact, channel, stage } of steps.filter((step) => step.stage !== 'by-hand')) {
      const point = byId.get(contact);
      const sealed = point?.channels.find(({ id }) => id === channel);
      if (!point || !sealed || !isNoticeChannel(sealed.kind)) continue;
      const address = await this.vault.openPartys<string>(addressOf(channel), sealed.address);
      const { body, languages } = point;
      const doubted = sealed.state === 'suspect';
      contacts.push({
        ...{
          id: contact,
          body,
          languages,
          stage,
          channel: sealed.kind,
          channelId: channel,
          address,
          doubted,
        },
      });
    }
    const primary = primaryOf(found.points, need.levels);
    return {
      contacts,
      calls: callSteps(steps, found.points, need.levels),
      bodies: contacts.length === 0 ? [] : bodiesOf(contacts, found.points, need),
      zone: primary?.zone ?? 'Etc/UTC',
      calendar: primary ? calendarOfDuty(primary, this.calendar(primary), found.at) : null,
    };
  }
}

const isNoticeChannel = (kind: ChannelKind): kind is NoticeChannel =>
  noticeChannels.some((one) => one === kind);

/** Also of those who are passed over now: nobody loses sight of a request because a mailbox failed. */
function bodiesOf(
  contacts: readonly MailContact[],
  points: readonly RoutablePoint[],
  { levels }: Pick<RouteNeed, 'levels'>,
): string[] {
  const told = points.filter(({ id }) => contacts.some((contact) => contact.id === id));
  const level = levels.find((one) => told.some((point) => point.level === one));
  const beside = points.filter(
    (point) => point.level === level && point.channels.some(({ kind }) => isNoticeChannel(kind)),
  );
  return [...new Set([...told, ...beside].map(({ body }) => body.id))];
}

const statement = `
  WITH away AS MATERIALIZED (
      SELECT * FROM app.absences(app.now() - make_interval(secs => $5::float8 / 1000), app.now() + make_interval(secs => $5::float8 / 1000))),
    obeyed AS MATERIALIZED (
      SELECT jsonb_agg(jsonb_build_object('id', l.id, 'version', l.number, 'kind', l.kind, 'mode', l.mode,
        'content', l.content) ORDER BY l.kind DESC, l.network_id) AS plans
      FROM plans l WHERE l.state = 'in-force' AND $2::text <> $1 AND CASE l.kind
        WHEN 'pair' THEN l.party_code IN ($1, $2) AND l.other_code IN ($1, $2)
        ELSE (SELECT count(*) FROM memberships m
          WHERE m.network_id = l.network_id AND m.party_code IN ($1, $2) AND ${openNow('m')}) = 2 END)
  SELECT app.now() AS at, p.id, p.party_code AS party, p.body_id AS "bodyId", p.level, p.position,
    p.role_names AS "roleNames", p.languages, p.zone, p.duty, p.version, p.state,
    (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = p.body_id) AS body,
    (SELECT jsonb_agg(s.value) FROM constituencies s WHERE s.body_id = p.body_id AND s.kind = 'sector') AS sectors,
    (SELECT jsonb_agg(jsonb_build_object('from', w.starts_at, 'until', w.ends_at, 'substitute', w.substitute_id) ORDER BY w.id)
      FROM away w WHERE w.point_of_contact_id = p.id) AS absences,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'position', c.position, 'purpose', c.purpose,
      'state', c.state, 'encryption', c.encryption, 'expiresOn', c.expires_on, 'address', c.address) ORDER BY c.position, c.id)
      FROM channels c WHERE c.point_of_contact_id = p.id
        AND (c.state IN ('proven', 'suspect') OR c.state = 'unproven' AND c.party_code = app.party())), '[]') AS channels,
    (SELECT plans FROM obeyed) AS plans
  FROM points_of_contact p
  WHERE p.party_code = $1 AND ($3::uuid IS NULL OR p.body_id = $3)
    AND ($4::uuid IS NULL OR p.body_id IN (SELECT r.body_id FROM request_members r WHERE r.request_id = $4 AND r.party_code = $1))
    AND (p.state IN ('verified', 'active', 'stale') OR p.state <> 'retired' AND p.party_code = app.party())
  ORDER BY array_position(ARRAY['technical', 'diplomatic', 'policy', 'law-enforcement-liaison'], p.level), p.position, p.id`;
