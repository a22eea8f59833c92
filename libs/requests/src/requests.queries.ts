import type { PartyCaller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { DataKey, Sealed, Vault } from '#libs/vault';
import { completeness, type Catalogue } from '#libs/templates';
import { chooseLanguage, type TlpCode, type Urgency } from '#libs/wording';
import { answersOf, type TemplateKey } from './request-content.js';
import type { Chronicle } from './chronicle.service.js';
import type { Clearing } from './clearance.js';
import { currentLines } from './current-lines.js';
import { isErased, unlessErased, type Erased } from './erased.js';
import type { RequestRows } from './request-rows.service.js';
import {
  allowedActs,
  fixedSentencesOf,
  type ByView,
  type CallView,
  type EventView,
  type LineView,
  type RequestSummary,
  type RequestView,
} from './request-view.js';

export interface PageFilter {
  direction?: 'outgoing' | 'incoming' | undefined;
  state?: string | undefined;
  /** The other side. */
  party?: string | undefined;
  urgency?: string | undefined;
  /** The id after which the page begins. */
  after?: string | undefined;
  limit: number;
}

interface Line extends Omit<LineView, 'acknowledgedBy' | 'takenBy' | 'handedOver'> {
  follows: string | null;
  acknowledgedBy: Sealed | null;
  takenBy: Sealed | null;
}

type Event = Omit<EventView, 'by' | 'said' | 'clearance'> & { content: Sealed };

/** What one addressee was told of another. */
interface Disclosed extends Omit<RequestView['otherAddressees'][number], 'disclosedAt'> {
  to: string;
  at: string;
}

/** What opens a request, or what is left to say where that was destroyed. */
type Opening = DataKey | Erased;

interface Row extends Omit<RequestSummary, 'direction' | 'addressees' | 'sentence' | 'text' | 'neededBy'> {
  content: Sealed;
  templateKey: TemplateKey | null;
  templateVersion: number | null;
  /** Null: destroyed. */
  wrapped: Sealed | null;
  lines: Line[];
  events?: Event[];
  disclosed?: Disclosed[];
  calls?: CallView[];
  clearing?: Clearing;
  eraseAfter?: Date | null;
}

const instant = (value: string | Date | null): string | null =>
  value === null ? null : new Date(value).toISOString();

// Row level security leaves an addressee its own line alone: no clause here decides who sees what.
const linesColumn = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'follows', a.follows, 'party', a.party_code,
    'body', (SELECT jsonb_build_object('id', b.id, 'names', b.names) FROM bodies b WHERE b.id = a.body_id), 'state', a.state,
    'version', a.version, 'reach', CASE WHEN o.viewed_at IS NOT NULL THEN 'viewed'
      WHEN o.delivered_at IS NOT NULL AND a.reach <> 'unreached' THEN 'delivered' ELSE a.reach END,
    'sentAt', a.sent_at, 'acceptedByRelayAt', a.accepted_at, 'deliveredAt', o.delivered_at, 'viewedAt', o.viewed_at,
    'acknowledgedAt', a.acknowledged_at, 'acknowledgedBy', a.acknowledged_by, 'withdrawnAt', a.withdrawn_at, 'takenBy', a.taken_by,
    'answer', a.answer, 'answeredAt', a.answered_at, 'questionOpenSince', a.question_at, 'endedAt', a.ended_at)
    ORDER BY a.id) FROM addressees a LEFT JOIN LATERAL (SELECT min(o.at) FILTER (WHERE o.what = 'delivered') AS delivered_at,
      min(o.at) FILTER (WHERE o.what = 'viewed') AS viewed_at FROM observations o WHERE o.addressee_id = a.id) AS o ON true
    WHERE a.request_id = r.id), '[]') AS lines`;

const eventsColumn = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'at', e.at, 'act', e.act,
    'party', e.party_code, 'addressee', e.addressee_code,
    'line', e.addressee_id, 'body', (SELECT a.body_id FROM addressees a WHERE a.id = e.addressee_id), 'from', e.from_state, 'to', e.to_state,
    'assurance', e.assurance, 'commitment', e.commitment, 'content', c.content)
    ORDER BY e.at, e.id) FROM request_events e LEFT JOIN request_event_contents c ON c.event_id = e.id
    WHERE e.request_id = r.id), '[]') AS events`;

const disclosedColumn = `coalesce((SELECT jsonb_agg(jsonb_build_object('to', d.party_code, 'party', d.disclosed_code,
    'names', p.names, 'at', d.disclosed_at) ORDER BY d.disclosed_at, d.party_code, d.disclosed_code)
    FROM disclosures d JOIN parties p ON p.code = d.disclosed_code WHERE d.request_id = r.id), '[]') AS disclosed`;

/** Of what nobody did in time it is the clock that says so, ahead of the row. */
const callsColumn = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'line', t.addressee_id, 'party', t.party_code,
    'pointOfContact', c.point_of_contact_id, 'channel', c.kind, 'wantedBy', t.wanted_by, 'state',
      CASE WHEN t.state IN ('open', 'taken') AND t.expires_at <= app.now() THEN 'expired'
        WHEN t.state = 'taken' AND t.taken_until <= app.now() THEN 'open' ELSE t.state END,
    'outcome', t.outcome, 'askedAt', t.created_at, 'endedAt', t.ended_at) ORDER BY t.id)
    FROM call_tasks t JOIN channels c ON c.id = t.channel_id WHERE t.request_id = r.id AND r.party_code = $1), '[]') AS calls`;

/** What its reader has to have cleared, and what was asked for; approvals are the own side's alone. */
const clearingColumn = `jsonb_build_object('inForce', app.acts_to_clear(), 'open', coalesce((SELECT jsonb_agg(jsonb_build_object(
    'act', p.act, 'line', p.addressee_id, 'state', p.state)) FROM approvals p
    WHERE p.request_id = r.id AND p.state IN ('asked', 'approved')), '[]')) AS clearing`;

const requestColumns = `r.id, r.reference, r.kind, r.traffic, r.state, r.version, r.party_code AS "from",
    r.addressed_to AS "to", r.urgency, r.tlp, r.content, r.composed_at AS "composedAt", r.sent_at AS "sentAt",
    r.withdrawn_at AS "withdrawnAt", r.template_key AS "templateKey", r.template_version AS "templateVersion",
    k.wrapped, r.id IN (SELECT app.shared_requests()) AND NOT app.concerns(r.id) AS "sharedWithYou", erased.at AS "erasedAt",
    (SELECT jsonb_build_object('since', h.since, 'until', h.until) FROM request_holds h
      WHERE h.request_id = r.id AND h.party_code = $1 AND (h.until IS NULL OR h.until > app.now())) AS hold`;

// A side without its key has had it destroyed, and that is on its record; else there is nothing to be shown.
const source = `FROM requests r LEFT JOIN request_keys k ON k.request_id = r.id AND k.party_code = $1
    LEFT JOIN LATERAL (SELECT max(e.at) AS at FROM request_events e WHERE e.request_id = r.id AND e.act = 'erase'
      AND e.party_code = $1 AND k.wrapped IS NULL) erased ON true
    WHERE (k.wrapped IS NOT NULL OR erased.at IS NOT NULL)`;

/** Reads of requests: one statement a screen, each caller's own view. */
export class RequestQueries {
  constructor(
    private readonly vault: Vault,
    private readonly rows: RequestRows,
    private readonly chronicle: Chronicle,
    private readonly catalogue: () => Catalogue,
  ) {}

  /** One request with its timeline. Raises `not-found` also where it does not concern the caller. */
  async one(tx: Tx, caller: PartyCaller, id: string): Promise<RequestView> {
    const [row] = await tx.query<Row>(
      `SELECT ${requestColumns}, ${linesColumn}, ${eventsColumn}, ${disclosedColumn}, ${callsColumn}, ${clearingColumn},
         CASE WHEN k.wrapped IS NOT NULL THEN app.erase_after(r.id, $1) END AS "eraseAfter"
       ${source} AND r.id = $2`,
      [caller.party, id],
    );
    if (!row) throw new Problem('not-found', 'There is no such request.');
    const key = await this.opening(caller, row);
    const summary = this.summary(caller, row, key);
    return {
      ...summary,
      ...this.form(row, key, summary),
      ...disclosuresIn(summary, row.disclosed ?? []),
      eraseAfter: instant(row.eraseAfter ?? null),
      timeline: await Promise.all((row.events ?? []).map((event) => this.event(key, event))),
      calls: (row.calls ?? []).map((call) => ({
        ...{ ...call, askedAt: instant(call.askedAt) ?? '', endedAt: instant(call.endedAt) },
      })),
      allowedActs: allowedActs(
        summary,
        caller,
        row.clearing ?? { inForce: [], open: [] },
        await this.rows.gone(tx, id),
      ),
      fixedSentences: fixedSentencesOf(summary, chooseLanguage([caller.language])),
    };
  }

  /** A page of requests, newest first, and the id to go on after, if there are more. */
  async page(
    tx: Tx,
    caller: PartyCaller,
    filter: PageFilter,
  ): Promise<{ items: RequestSummary[]; next: string | null }> {
    const found = await tx.query<Row>(
      `SELECT ${requestColumns}, ${linesColumn} ${source}
         AND ($2::uuid IS NULL OR r.id < $2)
         AND ($3::text IS NULL OR (r.party_code = $1) = ($3 = 'outgoing'))
         AND ($4::text IS NULL OR r.party_code = $1 AND r.state = $4
           OR EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = r.id AND a.state = $4
             AND NOT EXISTS (SELECT 1 FROM addressees f WHERE f.follows = a.id)))
         AND ($5::text IS NULL OR r.party_code = $5 AND r.party_code <> $1
           OR r.party_code = $1 AND ($5 = ANY (r.addressed_to)
             OR EXISTS (SELECT 1 FROM addressees a WHERE a.request_id = r.id AND a.party_code = $5)))
         AND ($6::text IS NULL OR r.urgency = $6)
       ORDER BY r.id DESC LIMIT $7`,
      [
        caller.party,
        filter.after ?? null,
        filter.direction ?? null,
        filter.state ?? null,
        filter.party ?? null,
        filter.urgency ?? null,
        filter.limit + 1,
      ],
    );
    const shown = found.slice(0, filter.limit);
    const items = await Promise.all(
      shown.map(async (row) => this.summary(caller, row, await this.opening(caller, row))),
    );
    return { items, next: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null };
  }

  private async opening(caller: PartyCaller, row: Row): Promise<Opening> {
    if (row.wrapped) return this.vault.unwrap(row.id, caller.party, row.wrapped);
    return { erased: true, at: instant(row.erasedAt) ?? '' };
  }

  /** The template's side of a request, on the version that it was filed on. */
  private form(
    row: Row,
    key: Opening,
    summary: RequestSummary,
  ): Pick<RequestView, 'template' | 'answers' | 'completeness'> {
    const { answers = {} } = isErased(key) ? { answers: key } : this.rows.content(key, row);
    const template = row.templateKey
      ? this.catalogue().find(row.templateKey, row.templateVersion ?? undefined)
      : undefined;
    if (!template) return { template: null, answers, completeness: null };
    const of = { key: template.key, version: template.version };
    if (isErased(answers)) return { template: of, answers, completeness: null };
    const { to, urgency, tlp, sentence, from } = summary;
    const keys = {
      to,
      urgency: urgency as Urgency,
      tlp: tlp as TlpCode,
      sentence: unlessErased(sentence) ?? undefined,
      answers,
    };
    return {
      template: of,
      answers,
      completeness: completeness(template, answersOf(keys, from)),
    };
  }

  private summary(caller: PartyCaller, row: Row, key: Opening): RequestSummary {
    const outgoing = row.from === caller.party;
    const content = isErased(key) ? { sentence: key, text: key, neededBy: key } : this.rows.content(key, row);
    const current = new Set(currentLines(row.lines).map((line) => line.id));
    const lines = row.lines.map((line) => ({ ...this.line(key, line), handedOver: !current.has(line.id) }));
    const own = lines.find((line) => !line.handedOver);
    const { id, reference, kind, traffic, from, urgency, tlp, sharedWithYou } = row;
    return {
      ...{ id, reference, kind, traffic, from, urgency, tlp, sharedWithYou },
      direction: outgoing ? 'outgoing' : 'incoming',
      state: outgoing ? row.state : (own?.state ?? row.state),
      version: outgoing ? row.version : (own?.version ?? row.version),
      to: outgoing ? [...new Set([...row.to, ...lines.map((line) => line.party)])] : [caller.party],
      sentence: content.sentence ?? null,
      text: content.text ?? null,
      neededBy: content.neededBy ?? null,
      // When it was composed is the requester's own affair.
      composedAt: outgoing ? instant(row.composedAt) : null,
      sentAt: instant(row.sentAt),
      withdrawnAt: outgoing ? instant(row.withdrawnAt) : (own?.withdrawnAt ?? null),
      erasedAt: instant(row.erasedAt),
      hold: row.hold && { since: instant(row.hold.since) ?? '', until: instant(row.hold.until) },
      addressees: lines,
    };
  }

  private line(key: Opening, { follows: _follows, ...line }: Line): Omit<LineView, 'handedOver'> {
    const by = (sealed: Sealed | null) =>
      sealed && (isErased(key) ? someone(key) : this.rows.openBy(key, line.id, sealed));
    return {
      ...line,
      sentAt: instant(line.sentAt) ?? '',
      acceptedByRelayAt: instant(line.acceptedByRelayAt),
      deliveredAt: instant(line.deliveredAt),
      viewedAt: instant(line.viewedAt),
      acknowledgedAt: instant(line.acknowledgedAt),
      acknowledgedBy: by(line.acknowledgedBy),
      withdrawnAt: instant(line.withdrawnAt),
      takenBy: by(line.takenBy),
      answeredAt: instant(line.answeredAt),
      questionOpenSince: instant(line.questionOpenSince),
      endedAt: instant(line.endedAt),
    };
  }

  private async event(key: Opening, { content, ...event }: Event): Promise<EventView> {
    const { by, said = null, clearance } = await this.words(key, event, content);
    return {
      ...{ ...event, at: instant(event.at) ?? '', by, said },
      ...(clearance ? { clearance } : {}),
    };
  }

  private async words(
    key: Opening,
    { id, assurance }: Pick<Event, 'id' | 'assurance'>,
    content: Sealed,
  ): Promise<{ by: ByView; said?: EventView['said'] | undefined; clearance?: EventView['clearance'] }> {
    const own = await this.chronicle.openOwn(id, content);
    if (own) return own;
    if (!isErased(key)) return this.chronicle.open(key, id, content);
    return assurance === 'system' ? { by: { kind: 'system' } } : { by: someone(key), said: key };
  }
}

/** The requester sees whom it told of whom, an addressee of whom it was told. */
function disclosuresIn(
  { direction }: RequestSummary,
  told: readonly Disclosed[],
): Pick<RequestView, 'otherAddressees' | 'disclosures'> {
  const each = told.map(({ at, ...one }) => ({ ...one, disclosedAt: instant(at) ?? '' }));
  return direction === 'outgoing'
    ? { otherAddressees: [], disclosures: each.map(({ names: _names, ...one }) => one) }
    : { otherAddressees: each.map(({ to: _to, ...one }) => one), disclosures: [] };
}

const someone = (erased: Erased): ByView => ({ kind: 'unknown', ...erased });
