import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Work, type PartyCaller } from '#libs/access';
import { ApprovalQueries, Approvals, RequestDocuments } from '#libs/requests';
import { chooseLanguage, renderDocumentHtml, renderDocumentText, type DocumentText } from '#libs/wording';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { sendPage } from '../http/page.js';
import { fromCursor, toCursor } from '../requests/cursor.js';
import { documentChoice, type DocumentChoice } from '../requests/documents.contract.js';
import { requestView } from '../requests/requests.contract.js';
import {
  approval,
  approvalFilter,
  approvalId,
  approvalPage,
  askClearance,
  decideClearance,
  type ApprovalFilter,
  type AskClearance,
  type DecideClearance,
} from './approvals.contract.js';

/** Four eyes: one person asks, another looks at exactly what will be sent and decides, then it is done. */
@ApiTags('clearance')
@Controller('approvals')
export class ApprovalsController {
  constructor(
    private readonly work: Work,
    private readonly approvals: Approvals,
    private readonly queries: ApprovalQueries,
    private readonly documents: RequestDocuments,
  ) {}

  @Post()
  @For('member')
  @Mutation()
  @ApiOperation({
    summary: 'Ask a second person to clear an act, given as it would be done. A change afterwards voids it.',
  })
  @ApiCreatedResponse({ standardSchema: approval })
  async ask(@ByParty() caller: PartyCaller, @Body({ schema: askClearance }) input: AskClearance) {
    const { request, note, act, version, addressee, disclosure, ...said } = input;
    return this.approvals.ask(caller, { request, note, act: { act, version, addressee, disclosure, said } });
  }

  @Get()
  @For('member')
  @ApiOperation({ summary: 'What your body asked to have cleared, newest first.' })
  @ApiOkResponse({ standardSchema: approvalPage })
  async page(@ByParty() caller: PartyCaller, @Query({ schema: approvalFilter }) filter: ApprovalFilter) {
    const { cursor, ...rest } = filter;
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const { items, next } = await this.work.read(caller, (tx) =>
      this.queries.page(tx, caller, { ...rest, after }),
    );
    return { items, next: next && toCursor(next) };
  }

  @Get(':id')
  @For('body')
  @ApiOperation({ summary: 'Exactly what is to be cleared, with all its fields, and what became of it.' })
  @ApiOkResponse({ standardSchema: approval })
  async one(@ByParty() caller: PartyCaller, @Param('id', { schema: approvalId }) id: string) {
    return this.work.read(caller, (tx) => this.queries.one(tx, caller, id));
  }

  @Get(':id/document.html')
  @For('body')
  @ApiOperation({ summary: 'The same as a page: the request and its answers as they will read.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async html(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: approvalId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice);
    sendPage(reply, 200, (nonce) => renderDocumentHtml(document, { nonce }));
  }

  @Get(':id/document.txt')
  @For('body')
  @ApiOperation({ summary: 'The same as plain text.' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async text(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: approvalId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice);
    void reply.header('content-type', 'text/plain; charset=utf-8').send(renderDocumentText(document));
  }

  @Post(':id/decision')
  @For('body', ['full'])
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Clear or refuse what a colleague asked for, naming the digest that you saw.' })
  @ApiOkResponse({ standardSchema: approval })
  async decide(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: approvalId }) id: string,
    @Body({ schema: decideClearance }) input: DecideClearance,
  ) {
    return this.approvals.decide(caller, id, input);
  }

  @Post(':id/carry-out')
  @For('body')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Do exactly what was cleared, as your own act. Once.' })
  @ApiOkResponse({ standardSchema: requestView })
  async carryOut(@ByParty() caller: PartyCaller, @Param('id', { schema: approvalId }) id: string) {
    return this.approvals.carryOut(caller, id);
  }

  @Delete(':id')
  @For('body')
  @Mutation()
  @ApiOperation({ summary: 'Take back what you asked for.' })
  @ApiOkResponse({ standardSchema: approval })
  async withdraw(@ByParty() caller: PartyCaller, @Param('id', { schema: approvalId }) id: string) {
    return this.approvals.withdraw(caller, id);
  }

  private async of(caller: PartyCaller, id: string, { lang }: DocumentChoice): Promise<DocumentText> {
    const language = lang ?? chooseLanguage([caller.language]);
    return this.work.read(caller, (tx) => this.documents.toClear(tx, caller, id, language));
  }
}
