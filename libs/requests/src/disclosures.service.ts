import type { PartyCaller } from '#libs/access';
import { Problem, type Fault, type Tx } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import type { AddresseeRow } from './addressee.entity.js';
import type { Correspondence } from './correspondence.service.js';
import { DisclosureRow } from './disclosure.entity.js';
import { disclosed, type Disclosure, type Told } from './disclosure.js';
import { refused, subjectOf, type RequestRows } from './request-rows.service.js';
import { RequestRow } from './request.entity.js';

/** The requester tells addressees who else was asked: never what the others say. It cannot be taken back. */
export class Disclosures {
  constructor(
    private readonly rows: RequestRows,
    private readonly correspondence: Correspondence,
  ) {}

  /**
   * Tells, and records on the line of each addressee that is told. Raises `invalid-input` for codes of others than
   * addressees and `act-not-possible` where it says nothing new. Request and current lines must be locked.
   */
  async disclose(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    lines: readonly AddresseeRow[],
    asked: Disclosure | undefined,
  ): Promise<void> {
    if (!asked) throw invalid([{ pointer: '#/disclosure', detail: 'is needed with the act "disclose"' }]);
    const at = await tx.now();
    const before = await tx.query<Told>(
      `SELECT party_code AS "to", disclosed_code AS party FROM disclosures WHERE request_id = $1`,
      [request.id],
    );
    const known = lines.map(({ partyCode: party, state }) => ({ party, state }));
    const outcome = disclosed(asked, known, before);
    if ('faults' in outcome) throw invalid(outcome.faults);
    if ('refused' in outcome) throw refused(outcome.refused);
    await tx.manager.update(RequestRow, request.id, { version: request.version + 1 });
    for (const line of lines) {
      const codes = outcome.told.get(line.partyCode);
      if (!codes) continue;
      const { id: requestId, partyCode: requesterCode, traffic } = request;
      await tx.manager.insert(
        DisclosureRow,
        codes.map((disclosedCode) => ({
          ...{ requestId, partyCode: line.partyCode, disclosedCode, requesterCode, traffic, disclosedAt: at },
        })),
      );
      const change = { act: 'disclose', from: line.state, to: line.state, at };
      await this.rows.record(tx, key, request, line, change, caller, { said: { disclosed: codes } });
      const words = { alsoAsked: codes };
      await this.correspondence.acted(tx, key, subjectOf(request), line, 'disclose', 'addressee', words);
    }
  }
}

const invalid = (errors: Fault[]) =>
  new Problem('invalid-input', 'What is to be disclosed does not fit.', { errors });
