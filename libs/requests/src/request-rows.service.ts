import type { PartyCaller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { DataKey, Sealed, Vault } from '#libs/vault';
import { AddresseeRow } from './addressee.entity.js';
import type { By, Chronicle } from './chronicle.service.js';
import type { Subject } from './correspondence.service.js';
import { currentLines } from './current-lines.js';
import { refusal, type Act, type Refusal, type Ruling, type Decision } from './lifecycle.js';
import { readsOnly } from './policy.js';
import type { RequestContent, RequestInput } from './request-content.js';
import { RequestKeyRow, RequestRow } from './request.entity.js';

/** What moved, for the record. */
export type Change = Pick<Decision<string>, 'to' | 'at'> & { act: string; from: string | null };

/** Each further try means that one more hand-over was committed while the locks were waited for. */
const lockTries = 5;

const contentOf = (requestId: string) => ({ table: 'requests', row: requestId, field: 'content' });
const acknowledgedByOf = (lineId: string) => ({ table: 'addressees', row: lineId, field: 'acknowledged_by' });

/** The rows of a request and the keys to them: found, locked, sealed, opened to parties, recorded. */
export class RequestRows {
  constructor(
    private readonly vault: Vault,
    private readonly chronicle: Chronicle,
  ) {}

  /** Raises `not-found` when there is no such request or it does not concern the caller: the two look alike. */
  async concerning(tx: Tx, id: string): Promise<RequestRow> {
    const row = await tx.manager.findOneBy(RequestRow, { id });
    if (!row) throw notFound();
    return row;
  }

  /**
   * Whether the request was only shared with the caller; then the share is kept until the transaction ends. Raises
   * `act-not-possible` for what those do not do, `not-found` when the share was ended meanwhile.
   */
  async readsOnly(tx: Tx, id: string, act: Act): Promise<boolean> {
    const [row] = await tx.query<{ concerns: boolean }>('SELECT app.concerns($1) AS concerns', [id]);
    if (row?.concerns) return false;
    const no = readsOnly(act);
    if (no) throw refused(no);
    const [share] = await tx.query<{ held: boolean | null }>('SELECT app.hold_share($1) AS held', [id]);
    if (!share?.held) throw notFound();
    return true;
  }

  /** Raises `act-not-possible` where the request was only shared with the caller, saying that others do `what`. */
  async demandConcerned(tx: Tx, id: string, what: string): Promise<void> {
    const [row] = await tx.query<{ concerns: boolean }>('SELECT app.concerns($1) AS concerns', [id]);
    if (!row?.concerns)
      throw refused(
        refusal('shared-to-read', `It was shared with you to read: a body that it concerns ${what}.`),
      );
  }

  /** What correspondence needs of a request, for the worker, who may not read more. */
  async subject(tx: Tx, requestId: string): Promise<Subject> {
    const [subject] = await tx.query<Subject>(
      `SELECT id, reference, party_code AS "partyCode", traffic, kind, urgency, tlp, sent_at AS "sentAt"
       FROM requests WHERE id = $1`,
      [requestId],
    );
    if (!subject) throw notFound();
    return subject;
  }

  /** The request, locked until the end of the transaction; for its requester. */
  async locked(tx: Tx, id: string): Promise<RequestRow> {
    await tx.query('SELECT id FROM requests WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return this.concerning(tx, id);
  }

  /**
   * Lines that the caller may see, in a fixed order; of one party, where one is named. Those that it may change and
   * that no other follows are locked: also one that came to be while a lock was waited for. Raises `conflict` when
   * they are handed over faster than they can be locked.
   */
  async lockedLines(tx: Tx, requestId: string, party: string | null): Promise<AddresseeRow[]> {
    let known: string[] = [];
    for (let tries = 1; tries <= lockTries; tries++) {
      const locked = await tx.query<{ id: string }>(
        `SELECT id FROM addressees WHERE request_id = $1 AND ($2::text IS NULL OR party_code = $2)
         ORDER BY id FOR NO KEY UPDATE`,
        [requestId, party],
      );
      const lines = await tx.manager.find(AddresseeRow, {
        where: { requestId, ...(party === null ? {} : { partyCode: party }) },
        order: { id: 'ASC' },
      });
      // The walls lock no line that another body holds: that it was there the last time has to do.
      const settled = new Set([...known, ...locked.map(({ id }) => id)]);
      if (currentLines(lines).every(({ id }) => settled.has(id))) return lines;
      known = lines.map(({ id }) => id);
    }
    throw new Problem('conflict', 'The request is being handed over at this moment. Read it again.');
  }

  async insertLine(tx: Tx, line: AddresseeRow): Promise<void> {
    await tx.manager.insert(AddresseeRow, line);
  }

  /** The request's data key, as wrapped for one party. Raises `erased` when that was destroyed. */
  async keyFor(tx: Tx, requestId: string, party: string): Promise<DataKey> {
    const [row] = await tx.query<{ wrapped: Sealed }>(
      'SELECT wrapped FROM request_keys WHERE request_id = $1 AND party_code = $2',
      [requestId, party],
    );
    if (!row) throw new Problem('erased', 'Your side of this request was erased: its term was over.');
    return this.vault.unwrap(requestId, party, row.wrapped);
  }

  /** Whether all these parties can still open the request; the system is silent to those who cannot. */
  async open(tx: Tx, requestId: string, parties: readonly string[]): Promise<boolean> {
    const keys = await tx.query(
      'SELECT 1 FROM request_keys WHERE request_id = $1 AND party_code = ANY ($2)',
      [requestId, [...new Set(parties)]],
    );
    return keys.length === new Set(parties).size;
  }

  /**
   * Raises `erased` where a line cannot be opened again: its term is over, whoever has kept it longer, or its addressee
   * has lost it. The line must be locked.
   */
  async demandKept(tx: Tx, { requestId, partyCode }: AddresseeRow): Promise<void> {
    if ((await this.gone(tx, requestId)).includes(partyCode))
      throw new Problem('erased', 'The time for which this is kept is over. File a new request instead.');
  }

  /** The addressees, of those the caller may see, whose closed lines cannot be opened again. */
  async gone(tx: Tx, requestId: string): Promise<string[]> {
    const rows = await tx.query<{ party: string }>(
      `SELECT DISTINCT party_code AS party FROM addressees WHERE request_id = $1 AND state = 'closed'
         AND NOT (coalesce(app.erase_after($1, party_code) > app.now(), true) AND app.has_key($1, party_code))`,
      [requestId],
    );
    return rows.map(({ party }) => party);
  }

  /** Lets bodies of a party see the request, and the party open its content. */
  async admit(tx: Tx, request: RequestRow, party: string, bodies: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO request_members (request_id, party_code, body_id, traffic)
       SELECT $1, $2, body, $4 FROM unnest($3::uuid[]) AS body ON CONFLICT DO NOTHING`,
      [request.id, party, [...new Set(bodies)], request.traffic],
    );
  }

  async handKey(tx: Tx, request: RequestRow, key: DataKey, party: string): Promise<void> {
    const wrapped = await this.vault.wrap(key, party);
    await tx.manager.insert(RequestKeyRow, {
      requestId: request.id,
      partyCode: party,
      traffic: request.traffic,
      wrapped,
    });
  }

  sealContent(key: DataKey, requestId: string, content: RequestContent): Sealed {
    return this.vault.seal(key, contentOf(requestId), content);
  }

  content(key: DataKey, request: Pick<RequestRow, 'id' | 'content'>): RequestContent {
    return this.vault.open<RequestContent>(key, contentOf(request.id), request.content);
  }

  sealBy(key: DataKey, lineId: string, by: By): Sealed {
    return this.vault.seal(key, acknowledgedByOf(lineId), by);
  }

  openBy(key: DataKey, lineId: string, sealed: Sealed): By {
    return this.vault.open<By>(key, acknowledgedByOf(lineId), sealed);
  }

  /** What a draft would be sent as. */
  inputOf(key: DataKey, request: RequestRow): RequestInput {
    const { sentence, text, neededBy, answers } = this.content(key, request);
    const { traffic, urgency, tlp, addressedTo } = request;
    return {
      template: request.templateKey ?? 'assistance-request',
      answers,
      traffic: traffic === 'exercise' ? 'exercise' : 'actual',
      to: addressedTo,
      ...{
        urgency: (urgency ?? undefined) as RequestInput['urgency'],
        tlp: (tlp ?? undefined) as RequestInput['tlp'],
      },
      ...{ sentence, text, neededBy },
    };
  }

  /** Appends what a caller did; the requester alone sees what has no line. */
  async record(
    tx: Tx,
    key: DataKey,
    request: Pick<RequestRow, 'id' | 'partyCode' | 'traffic'>,
    line: AddresseeRow | null,
    change: Change,
    caller: PartyCaller,
    more: { audience?: 'requester' | 'addressee' | 'both' } & Record<string, unknown> = {},
  ): Promise<void> {
    const { audience, ...content } = more;
    await this.chronicle.append(tx, key, {
      requestId: request.id,
      addresseeId: line?.id ?? null,
      partyCode: caller.party,
      requesterCode: request.partyCode,
      addresseeCode: line?.partyCode ?? null,
      audience: audience ?? (line ? 'both' : 'requester'),
      traffic: request.traffic,
      act: change.act,
      fromState: change.from,
      toState: change.to,
      actor: caller.actor,
      assurance: caller.assurance,
      at: change.at,
      content: { by: byOf(caller), ...content },
    });
  }
}

/** How the record names a caller. */
export const byOf = (caller: PartyCaller): By =>
  caller.kind === 'link'
    ? { kind: 'link-bearer', name: caller.name, selfStated: true }
    : { kind: 'officer', name: caller.name, selfStated: false };

export const subjectOf = (request: RequestRow): Subject => {
  const { id, reference, partyCode, traffic, kind, urgency, tlp, sentAt } = request;
  return { id, reference, partyCode, traffic, kind, urgency, tlp, sentAt };
};

const notFound = () => new Problem('not-found', 'There is no such request.');

/** The decision, or the refusal as a problem with its reason. */
export function allowed<State>(ruling: Ruling<State>): Decision<State> {
  if (!ruling.refused) return ruling;
  throw refused(ruling);
}

export const refused = (refusal: Refusal): Problem =>
  new Problem(refusal.code === 'not-your-role' ? 'forbidden' : 'act-not-possible', refusal.because, {
    reason: refusal.code,
  });

/** Raises `conflict` when the caller has seen another version than there is now. */
export function sameVersion(seen: number | undefined, row: { version: number; state: string }): void {
  if (seen !== undefined && seen !== row.version)
    throw new Problem('conflict', `It is at version ${row.version} now, and its state is "${row.state}".`, {
      version: row.version,
      state: row.state,
      errors: [{ pointer: '#/version', detail: `is ${seen}, but the current one is ${row.version}` }],
    });
}
