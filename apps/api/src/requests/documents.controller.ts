import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Work, type PartyCaller } from '#libs/access';
import { RequestDocuments } from '#libs/requests';
import {
  chooseLanguage,
  DocumentPdf,
  renderDocumentHtml,
  renderDocumentText,
  type DocumentText,
} from '#libs/wording';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { sendPage, sendPdf } from '../http/page.js';
import { documentChoice, type DocumentChoice } from './documents.contract.js';
import { requestId } from './requests.contract.js';

const binary = { schema: { type: 'string', format: 'binary' } } as const;

/** A request and its answers to read, to print and to keep: the caller's own view, drawn up when it is asked for. */
@ApiTags('requests')
@Controller('requests')
export class DocumentsController {
  constructor(
    private readonly work: Work,
    private readonly documents: RequestDocuments,
    private readonly pdf: DocumentPdf,
  ) {}

  @Get(':id/document.html')
  @For('body')
  @ApiOperation({ summary: 'The request and its answers as a page, ready for print.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async html(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice, isHead);
    sendPage(reply, 200, (nonce) => renderDocumentHtml(document, { nonce }));
  }

  @Get(':id/document.txt')
  @For('body')
  @ApiOperation({ summary: 'The request and its answers as plain text.' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async text(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice, isHead);
    void reply.header('content-type', 'text/plain; charset=utf-8').send(renderDocumentText(document));
  }

  @Get(':id/document.pdf')
  @For('body')
  @ApiOperation({ summary: 'The request and its answers as a PDF of A4 pages.' })
  @ApiProduces('application/pdf')
  @ApiOkResponse(binary)
  async asPdf(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice, isHead);
    sendPdf(reply, `${document.reference}.${document.language}.pdf`, await this.pdf.render(document));
  }

  private async of(
    caller: PartyCaller,
    id: string,
    { lang }: DocumentChoice,
    isHead: boolean,
  ): Promise<DocumentText> {
    const language = lang ?? chooseLanguage([caller.language]);
    const how = isHead ? 'one' : 'exported';
    return this.work.read(caller, (tx) => this.documents[how](tx, caller, id, language));
  }
}
