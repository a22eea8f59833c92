import { recordBy, type PartyCaller } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { Problem, type Tx } from '#libs/runtime';
import type { Catalogue } from '#libs/templates';
import { isTlpCode, type DocumentText, type Language } from '#libs/wording';
import type { Observations } from './observations.service.js';
import { approvalDocument } from './approval-view.js';
import type { ApprovalQueries } from './approvals.queries.js';
import { requestDocument } from './request-document.js';
import type { RequestView } from './request-view.js';
import type { RequestQueries } from './requests.queries.js';
import { codesIn } from './shown-answers.js';

/** Documents of requests: what people read, print and hand on, drawn up when they are asked for. */
export class RequestDocuments {
  constructor(
    private readonly queries: RequestQueries,
    private readonly observations: Observations,
    private readonly parties: PartyQueries,
    private readonly catalogue: () => Catalogue,
    private readonly approvals: ApprovalQueries,
  ) {}

  /**
   * The caller's own view of a request as a document in a language. Raises `not-found` where it does not concern the
   * caller, and `act-not-possible` for a draft without a handling label.
   */
  async one(tx: Tx, caller: PartyCaller, id: string, language: Language): Promise<DocumentText> {
    return this.drawn(tx, await this.queries.one(tx, caller, id), language);
  }

  /** The same to be kept or handed on: on the record as exported, and as seen. */
  async exported(tx: Tx, caller: PartyCaller, id: string, language: Language): Promise<DocumentText> {
    const view = await this.queries.one(tx, caller, id);
    const document = await this.drawn(tx, view, language);
    await this.observations.viewed(tx, caller, view, 'request-read');
    // Last: until the end of the transaction others of the party wait for the head of its chain.
    await recordBy(tx, caller, 'exported', id);
    return document;
  }

  /**
   * What is to be cleared, as it will read once it is done. Raises `not-found` where it is another body's.
   */
  async toClear(tx: Tx, caller: PartyCaller, approval: string, language: Language): Promise<DocumentText> {
    const { view, shown } = await this.approvals.whole(tx, caller, approval);
    return approvalDocument(await this.drawn(tx, shown, language), view);
  }

  private async drawn(tx: Tx, view: RequestView, language: Language): Promise<DocumentText> {
    const { tlp } = view;
    if (tlp === null || !isTlpCode(tlp))
      throw new Problem('act-not-possible', 'A document bears a handling label: give the draft one first.');
    const said = view.timeline.map((event) => event.said);
    const codes = [view.answers, ...said.map((each) => each?.answers)].flatMap(codesIn);
    const redirected = said.flatMap((each) => each?.redirectTo?.party ?? []);
    const told = view.otherAddressees.map(({ party }) => party);
    const disclosed = said.flatMap((each) => each?.disclosed ?? []);
    const codesOfAll = [view.from, ...view.to, ...codes, ...redirected, ...told, ...disclosed];
    const names = await this.parties.known(tx, codesOfAll);
    const { kind } = await this.parties.instance(tx);
    return requestDocument(
      { ...view, tlp },
      { language, instance: kind, names, catalogue: this.catalogue(), producedAt: await tx.now() },
    );
  }
}
