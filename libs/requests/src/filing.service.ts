import type { PartyCaller } from '#libs/access';
import type { MailRoute } from '#libs/directory';
import type { PartyQueries } from '#libs/parties';
import { newId, newReferenceCode, Problem, type Fault, type Tx } from '#libs/runtime';
import { officeCalendar } from '#libs/timeliness';
import { amended, answerAt, changesBetween, type Answers, type Template } from '#libs/templates';
import type { DataKey, Vault } from '#libs/vault';
import { newLine, type AddresseeRow } from './addressee.entity.js';
import { newSalt } from './chronicle.service.js';
import { isOver } from './lifecycle.js';
import type { Correspondence, Subject } from './correspondence.service.js';
import {
  faultsIn,
  faultsInAnswers,
  isComplete,
  missingToSend,
  type RequestInput,
  type TemplateKey,
} from './request-content.js';
import { subjectOf, type RequestRows } from './request-rows.service.js';
import { RequestRow } from './request.entity.js';
import type { RequestTemplates } from './request-templates.service.js';
import type { Watch } from './watch.service.js';

const prefix = { actual: 'AR', exercise: 'EX' } as const;

/** How addressees are reached, by their code. */
type Routes = Map<string, MailRoute>;

/** The requester's side until a request is on its way: composing it, keeping a draft, sending it. */
export class Filing {
  constructor(
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly rows: RequestRows,
    private readonly correspondence: Correspondence,
    private readonly watch: Watch,
    private readonly templates: RequestTemplates,
  ) {}

  /** A new draft, recorded. Answers the row and its data key. */
  async compose(
    tx: Tx,
    caller: PartyCaller,
    input: RequestInput,
  ): Promise<{ request: RequestRow; key: DataKey; routes: Routes }> {
    const at = await tx.now();
    const template = this.templates.newest(input.template ?? 'assistance-request');
    const routes = await this.check(tx, caller, input, template, at);
    const { networkId } = await this.parties.instance(tx);
    const id = newId();
    const key = this.vault.newDataKey(id);
    const request: RequestRow = {
      id,
      reference: `${prefix[input.traffic]}-${at.getUTCFullYear()}-${newReferenceCode()}`,
      networkId,
      partyCode: caller.party,
      bodyId: caller.body,
      filedBy: caller.actor,
      traffic: input.traffic,
      kind: template.key === 'mitigation-request' ? 'mitigation' : 'assistance',
      templateKey: template.key as TemplateKey,
      templateVersion: template.version,
      state: 'draft',
      version: 1,
      ...this.fields(id, key, input),
      composedAt: at,
      sentAt: null,
      withdrawnAt: null,
    };
    await tx.manager.insert(RequestRow, request);
    await this.rows.admit(tx, request, caller.party, [caller.body]);
    await this.rows.handKey(tx, request, key, caller.party);
    await this.rows.record(tx, key, request, null, { act: 'save', from: null, to: 'draft', at }, caller);
    return { request, key, routes };
  }

  /** A draft becomes what the input says. */
  async save(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    input?: RequestInput,
  ): Promise<void> {
    if (!input)
      throw invalid('Saving a draft needs what it becomes.', '#/request', 'is needed with the act "save"');
    const at = await tx.now();
    if (input.template !== undefined && input.template !== request.templateKey)
      throw invalid(
        'A draft stays on the template it was begun on.',
        '#/request/template',
        `is "${request.templateKey}" for this draft`,
      );
    await this.check(tx, caller, input, this.templates.pinned(request), at, '/request');
    if (input.traffic !== request.traffic)
      throw invalid(
        'A draft stays what it was begun as.',
        '#/request/traffic',
        `is "${request.traffic}" for this draft`,
      );
    const version = request.version + 1;
    await tx.manager.update(RequestRow, request.id, { ...this.fields(request.id, key, input), version });
    await this.rows.record(tx, key, request, null, { act: 'save', from: 'draft', to: 'draft', at }, caller);
  }

  /**
   * Sends a draft: one line for each addressee, their points of contact told, the requester's own given a copy.
   * `checked` are the routes of a draft that was checked in this very transaction.
   */
  async send(
    tx: Tx,
    caller: PartyCaller,
    draft: RequestRow,
    key: DataKey,
    at: Date,
    checked?: Routes,
  ): Promise<void> {
    const input = this.rows.inputOf(key, draft);
    const missing = missingToSend(input);
    if (!isComplete(input))
      throw new Problem('invalid-input', 'The request cannot be sent yet.', { errors: missing });
    const routes = checked ?? (await this.check(tx, caller, input, this.templates.pinned(draft), at));
    const change: Pick<RequestRow, 'state' | 'sentAt' | 'addressedTo' | 'version'> = {
      state: 'sent',
      sentAt: at,
      addressedTo: [],
      version: draft.version + 1,
    };
    const request: RequestRow = { ...draft, ...change };
    await tx.manager.update(RequestRow, draft.id, change);
    const subject = this.templates.told(request, this.rows.content(key, request));
    for (const party of input.to) {
      const route = routes.get(party);
      if (!route) throw new Error('an addressee without a route is refused before');
      await this.address(tx, caller, request, key, party, route, at, subject);
    }
    const ends = { party: caller.party, other: null };
    const own = await this.correspondence.route(tx, ends, aboutInput(input), ['diplomatic']);
    await this.rows.admit(tx, request, caller.party, own.bodies);
    await this.correspondence.copyToRequester(tx, key, subject, [...input.to], own.contacts);
  }

  /** What has become known since: the answers given replace those before, field by field; every addressee is told. */
  async amend(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    lines: readonly AddresseeRow[],
    answers: Answers | undefined,
  ): Promise<void> {
    if (!answers)
      throw invalid(
        'An amendment needs what has become known.',
        '#/answers',
        'is needed with the act "amend"',
      );
    const at = await tx.now();
    const before = { ...this.rows.inputOf(key, request), to: lines.map((line) => line.partyCode) };
    const template = this.templates.pinned(request);
    const given = { ...before, answers };
    const stray = faultsInAnswers(template, given, caller.party);
    if (stray.length > 0)
      throw new Problem('invalid-input', 'Some fields of the request do not fit.', { errors: stray });
    const after = { ...before, answers: amended(template, before.answers ?? {}, answers) };
    const { content } = this.fields(request.id, key, after);
    await tx.manager.update(RequestRow, request.id, { content, version: request.version + 1 });
    const changes = changesBetween(template, before.answers ?? {}, after.answers);
    if (changes.length === 0) throw invalid('The amendment changes nothing.', '#/answers', 'changes nothing');
    const shown = { template, answers: after.answers, before: before.answers ?? {} };
    const amendment = changes.map(({ field, change }) => ({ field, change }));
    for (const line of lines.filter(({ state }) => !isOver(state))) {
      const change = { act: 'amend', from: line.state, to: line.state, at };
      await this.rows.record(tx, key, request, line, change, caller, { said: { amendment }, answers });
      await this.correspondence.acted(tx, key, subjectOf(request), line, 'amend', 'addressee', { shown });
    }
  }

  private async address(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    party: string,
    route: MailRoute,
    at: Date,
    subject: Subject,
  ) {
    const line = newLine(request, party, at);
    await this.rows.admit(tx, request, party, route.bodies);
    await this.rows.handKey(tx, request, key, party);
    await this.rows.insertLine(tx, line);
    await this.watch.begin(tx, line, request.urgency, route.calendar ?? officeCalendar(route.zone));
    const { content } = subject;
    const change = { act: 'send', from: 'draft', to: 'sent', at };
    await this.rows.record(tx, key, request, line, change, caller, { content });
    await this.correspondence.requestToAddressee(tx, key, subject, line, route.contacts);
  }

  private fields(id: string, key: DataKey, input: RequestInput) {
    const { sentence, text, neededBy, answers } = input;
    return {
      urgency: input.urgency ?? null,
      tlp: input.tlp ?? null,
      addressedTo: [...input.to],
      content: this.rows.sealContent(key, id, { salt: newSalt(), sentence, text, neededBy, answers }),
    };
  }

  /** How each addressee is reached. Raises `invalid-input` with every fault of the input. */
  private async check(
    tx: Tx,
    caller: PartyCaller,
    input: RequestInput,
    template: Template,
    at: Date,
    under = '',
  ): Promise<Routes> {
    const routes: Routes = new Map();
    // Those who shared a network once can still be told of what has begun, and be asked nothing new.
    const met = await this.parties.met(tx);
    for (const code of new Set(input.to)) {
      if (!met.has(code)) continue;
      const found = await this.correspondence.route(
        tx,
        { party: code, other: caller.party },
        aboutInput(input),
      );
      if (found.contacts.length > 0) routes.set(code, found);
    }
    const reachable = new Set(routes.keys());
    const faults = [
      ...faultsIn(input, caller.party, reachable, at),
      ...faultsInAnswers(template, input, caller.party),
    ];
    if (faults.length === 0) return routes;
    const errors: Fault[] = faults.map((fault) => ({
      ...fault,
      pointer: fault.pointer?.replace('#', `#${under}`) ?? '#',
    }));
    throw new Problem('invalid-input', 'Some fields of the request do not fit.', { errors });
  }
}

const aboutInput = ({ urgency, tlp, traffic, answers }: RequestInput) => ({
  ...{ urgency, tlp, traffic, sectors: sectorsIn(answers) },
});

/** The sectors that the incident concerns, as far as they are said. */
function sectorsIn(answers: RequestInput['answers']): string[] {
  const said = answerAt(answers, '/incident/sectors');
  return Array.isArray(said) ? said.filter((sector): sector is string => typeof sector === 'string') : [];
}

const invalid = (detail: string, pointer: string, fault: string) =>
  new Problem('invalid-input', detail, { errors: [{ pointer, detail: fault }] });
