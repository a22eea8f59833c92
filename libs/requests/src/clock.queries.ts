import type { PartyCaller } from '#libs/access';
import type { DirectoryQueries } from '#libs/directory';
import type { ClockRow } from './clock.entity.js';
import { Problem, type Tx } from '#libs/runtime';
import {
  clocksOf,
  explain,
  officeCalendar,
  timesIn,
  type Calendar,
  type ClockView,
  type Times,
} from '#libs/timeliness';
import { chooseLanguage, fixedSentence, type FixedSentence, type Urgency } from '#libs/wording';

/** One clock as it is answered: instants for both sides, and why it is due when it is. */
export interface AnsweredClock extends Omit<
  ClockView,
  'startedAt' | 'dueAt' | 'metAt' | 'paused' | 'explanation'
> {
  startedAt: Times | null;
  dueAt: Times | null;
  metAt: Times | null;
  paused: { since: Times; because: string } | null;
  /** In the reader's language, a sentence for each step. */
  because: string[];
}

/** The clocks of one addressee's line. */
export interface LineClocks {
  line: string;
  party: string;
  /** The body that holds the line, where it was handed over to one. */
  body: string | null;
  urgency: Urgency;
  /** `ofDuty`: hours of duty that the addressee had said, in that version of its entry. */
  calendar: Calendar & { ofDuty: boolean };
  clocks: AnsweredClock[];
}

interface Row {
  line: string;
  party: string;
  body: string | null;
  requester: string;
  urgency: Urgency;
  policyVersion: number;
  zone: string;
  calendar: ClockRow['calendar'];
  calendarVersion: number;
  sentAt: Date;
  firstAcceptedAt: Date | null;
  /** Of the line on which the State was asked first. */
  askedAt: Date;
  askedAcceptedAt: Date | null;
  acknowledgedAt: Date | null;
  endedAt: Date | null;
  answeredAt: Date | null;
  questions: { askedAt: string; answeredAt: string | null }[];
}

/** Clocks of a request, as far as its lines are the caller's to see. Computed from what happened, at the time of asking. */
export class ClockQueries {
  constructor(private readonly directory: DirectoryQueries) {}

  /** Raises `not-found` when the request does not concern the caller. */
  async of(
    tx: Tx,
    caller: PartyCaller,
    id: string,
  ): Promise<{ items: LineClocks[]; fixedSentences: FixedSentence[] }> {
    const [request] = await tx.query('SELECT 1 FROM requests WHERE id = $1', [id]);
    if (!request) throw new Problem('not-found', 'There is no such request.');
    const rows = await tx.query<Row>(
      `SELECT a.id AS line, a.party_code AS party, a.body_id AS body, a.requester_code AS requester, c.urgency, c.policy_version AS "policyVersion", c.zone,
         c.calendar, c.calendar_version AS "calendarVersion",
         a.sent_at AS "sentAt", a.accepted_at AS "firstAcceptedAt", a.acknowledged_at AS "acknowledgedAt",
         f.sent_at AS "askedAt", f.accepted_at AS "askedAcceptedAt",
         coalesce(a.withdrawn_at, a.ended_at) AS "endedAt", a.answered_at AS "answeredAt",
         coalesce((SELECT jsonb_agg(jsonb_build_object('askedAt', q.at, 'answeredAt',
           (SELECT min(w.at) FROM request_events w WHERE w.addressee_id = q.addressee_id AND w.at > q.at
              AND w.act IN ('answer-question', 'redirect')))
           ORDER BY q.at) FROM request_events q JOIN addressees l ON l.id = q.addressee_id
           WHERE l.request_id = a.request_id AND l.party_code = a.party_code AND l.id <= a.id AND q.act = 'ask'), '[]') AS questions
       FROM addressees a JOIN clocks c ON c.addressee_id = a.id AND c.target = 'acknowledge'
         JOIN addressees f ON f.request_id = a.request_id AND f.party_code = a.party_code AND f.follows IS NULL
       WHERE a.request_id = $1 ORDER BY a.id`,
      [id],
    );
    const at = await tx.now();
    const [own] = await this.directory.pointsOfContact(tx, { party: rows[0]?.requester });
    const language = chooseLanguage([caller.language]);
    return {
      items: rows.map((row) => lineClocks(row, at, [own?.zone ?? 'Etc/UTC', row.zone], language)),
      fixedSentences: [fixedSentence('fs.targets', language)],
    };
  }
}

const calendarOf = ({ calendar, calendarVersion: version, zone }: Row): Calendar =>
  calendar ? { ...calendar, version, zone, ofDuty: true } : officeCalendar(zone);

function lineClocks(row: Row, at: Date, zones: string[], language: 'en' | 'fr'): LineClocks {
  const calendar = calendarOf(row);
  const {
    line,
    party,
    body,
    zone: _zone,
    calendar: _calendar,
    calendarVersion: _version,
    requester: _requester,
    questions,
    askedAt,
    askedAcceptedAt,
    ...instants
  } = row;
  const asked = questions.map(({ askedAt, answeredAt }) => ({
    askedAt: new Date(askedAt),
    answeredAt: answeredAt === null ? null : new Date(answeredAt),
  }));
  const facts = { ...instants, calendar, questions: asked, timeSource: 'real' as const, firstViewedAt: null };
  // The State was asked once: handing the request over between its bodies gives it no new time to answer.
  const ofState = { ...facts, sentAt: askedAt, firstAcceptedAt: askedAcceptedAt };
  const clocks = [
    ...clocksOf({ ...facts, questions: asked.filter((each) => each.askedAt >= row.sentAt) }, at).filter(
      ({ target }) => target === 'acknowledge',
    ),
    ...clocksOf(ofState, at).filter(({ target }) => target === 'first-answer'),
  ];
  const times = (instant: Date | null) => instant && timesIn(instant, zones);
  return {
    line,
    party,
    body,
    urgency: row.urgency,
    calendar: { ofDuty: false, ...calendar },
    clocks: clocks.map(({ explanation, ...clock }) => ({
      ...clock,
      startedAt: times(clock.startedAt),
      dueAt: times(clock.dueAt),
      metAt: times(clock.metAt),
      paused: clock.paused && { since: timesIn(clock.paused.since, zones), because: clock.paused.because },
      because: explanation === null ? [] : explain(explanation, language, zones),
    })),
  };
}
