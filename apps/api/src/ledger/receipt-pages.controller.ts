import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Work, type PartyCaller } from '#libs/access';
import { ReceiptDocuments } from '#libs/ledger';
import { chooseLanguage, DocumentPdf, renderDocumentHtml, type DocumentText } from '#libs/wording';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { sendPage, sendPdf } from '../http/page.js';
import { documentChoice, type DocumentChoice } from '../requests/documents.contract.js';
import { receiptId } from './receipts.contract.js';

const binary = { schema: { type: 'string', format: 'binary' } } as const;

/** Receipts to print: what they say, where it stands in the record, how to verify it; nothing of the request's content. */
@ApiTags('ledger')
@Controller('receipts')
export class ReceiptPagesController {
  constructor(
    private readonly work: Work,
    private readonly documents: ReceiptDocuments,
    private readonly pdf: DocumentPdf,
  ) {}

  @Get(':id/page.html')
  @For('body')
  @ApiOperation({ summary: 'A receipt as a page, ready for print. It proves nothing by itself.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async html(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: receiptId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice);
    sendPage(reply, 200, (nonce) => renderDocumentHtml(document, { nonce }));
  }

  @Get(':id/page.pdf')
  @For('body')
  @ApiOperation({ summary: 'A receipt as a PDF of A4 pages. It proves nothing by itself.' })
  @ApiProduces('application/pdf')
  @ApiOkResponse(binary)
  async asPdf(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: receiptId }) id: string,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.of(caller, id, choice);
    const name = `${document.reference}.receipt.${document.language}.pdf`;
    sendPdf(reply, name, await this.pdf.render(document));
  }

  private async of(caller: PartyCaller, id: string, { lang }: DocumentChoice): Promise<DocumentText> {
    const language = lang ?? chooseLanguage([caller.language]);
    return this.work.read(caller, (tx) => this.documents.one(tx, caller.party, id, language));
  }
}
