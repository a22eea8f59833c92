import { Body, Controller, Get, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { demandPermission, recordBy, Work, type Caller } from '#libs/access';
import { bookletOf, ExportConsents, Snapshots, type SignedSnapshot } from '#libs/directory';
import { chooseLanguage, DocumentPdf, renderDocumentHtml, type DocumentText } from '#libs/wording';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { sendPage, sendPdf } from '../http/page.js';
import { documentChoice, type DocumentChoice } from '../requests/documents.contract.js';
import {
  exportConsent,
  setExportConsent,
  signedSnapshot,
  type SetExportConsent,
} from './snapshot.contract.js';

/** The directory to be kept for the day on which the network is down. */
@ApiTags('directory')
@Controller()
export class SnapshotController {
  constructor(
    private readonly work: Work,
    private readonly snapshots: Snapshots,
    private readonly consents: ExportConsents,
    private readonly pdf: DocumentPdf,
  ) {}

  @Get('snapshot')
  @For('network')
  @ApiOperation({ summary: 'What you may see of the directory, signed; it verifies without this system.' })
  @ApiOkResponse({ standardSchema: signedSnapshot })
  async data(@By() caller: Caller, @IsHead() isHead: boolean) {
    return this.taken(caller, isHead);
  }

  @Get('snapshot/booklet.html')
  @For('network')
  @ApiOperation({ summary: 'The same as a page, ready for print.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async html(
    @By() caller: Caller,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.booklet(caller, choice, isHead);
    sendPage(reply, 200, (nonce) => renderDocumentHtml(document, { nonce }));
  }

  @Get('snapshot/booklet.pdf')
  @For('network')
  @ApiOperation({ summary: 'The same as a PDF booklet of A4 pages, with its date, digest and last day.' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async asPdf(
    @By() caller: Caller,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.booklet(caller, choice, isHead);
    const name = `points-of-contact.${document.producedAt.toISOString().slice(0, 10)}.${document.language}.pdf`;
    sendPdf(reply, name, await this.pdf.render(document));
  }

  @Get('export-consent')
  @For('network')
  @ApiOperation({ summary: 'What your party lets others take out of the directory.' })
  @ApiOkResponse({ standardSchema: exportConsent })
  async consent(@By() caller: Caller) {
    return this.work.read(caller, (tx) => this.consents.own(tx, caller));
  }

  @Put('export-consent')
  @For('network')
  @ApiOperation({ summary: 'Say what others may take out of the directory about your party.' })
  @ApiOkResponse({ standardSchema: exportConsent })
  async setConsent(
    @By() caller: Caller,
    @Body({ schema: setExportConsent }) { version, consent }: SetExportConsent,
  ) {
    return this.consents.set(caller, version, consent);
  }

  /** Whoever may read in bulk takes it, and that is on the record. */
  private async taken(caller: Caller, isHead: boolean): Promise<SignedSnapshot> {
    demandPermission(caller, 'read-in-bulk');
    return this.work.read(caller, async (tx) => {
      if (!isHead) await recordBy(tx, caller, 'snapshot-taken');
      return this.snapshots.take(tx, caller);
    });
  }

  private async booklet(caller: Caller, { lang }: DocumentChoice, isHead: boolean): Promise<DocumentText> {
    return bookletOf(await this.taken(caller, isHead), lang ?? chooseLanguage([caller.language]));
  }
}
