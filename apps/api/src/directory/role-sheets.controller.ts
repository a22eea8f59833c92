import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { recordView, Work, type Caller } from '#libs/access';
import { levels, Readiness, RoleSheets, type Level } from '#libs/directory';
import { chooseLanguage, DocumentPdf, renderDocumentHtml, type DocumentText } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import { sendPage, sendPdf } from '../http/page.js';
import { documentChoice, type DocumentChoice } from '../requests/documents.contract.js';
import {
  adaptSheet,
  checkReadiness,
  readiness,
  roleSheet,
  roleSheets,
  type AdaptSheet,
  type CheckReadiness,
} from './role-sheets.contract.js';

const id = z.uuid();
const level = z.enum(levels);

/** What points of contact are for, as their networks say, and how a party looks at its own readiness. */
@ApiTags('directory')
@Controller()
export class RoleSheetsController {
  constructor(
    private readonly work: Work,
    private readonly sheets: RoleSheets,
    private readonly readiness: Readiness,
    private readonly pdf: DocumentPdf,
  ) {}

  @Get('networks/:id/role-sheets')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'Role sheets of a network, one for each level: guidance (A/76/135, 77 (a)).' })
  @ApiOkResponse({ standardSchema: roleSheets })
  async all(@By() caller: Caller, @Param('id', { schema: id }) network: string) {
    return { items: await this.work.read(caller, (tx) => this.sheets.all(tx, caller, network)) };
  }

  @Put('networks/:id/role-sheets/:level')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Put a role sheet in the network’s own words, or take these back.' })
  @ApiOkResponse({ standardSchema: roleSheet })
  async adapt(
    @By() caller: Caller,
    @Param('id', { schema: id }) network: string,
    @Param('level', { schema: level }) at: Level,
    @Body({ schema: adaptSheet }) input: AdaptSheet,
  ) {
    return this.sheets.adapt(caller, network, at, input);
  }

  @Get('networks/:id/role-sheets/:level/document.html')
  @For('network')
  @ApiOperation({ summary: 'A role sheet as a page, ready for print.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async html(
    @By() caller: Caller,
    @Param('id', { schema: id }) network: string,
    @Param('level', { schema: level }) at: Level,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.document(caller, network, at, choice);
    sendPage(reply, 200, (nonce) => renderDocumentHtml(document, { nonce }));
  }

  @Get('networks/:id/role-sheets/:level/document.pdf')
  @For('network')
  @ApiOperation({ summary: 'A role sheet as a PDF of A4 pages.' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async asPdf(
    @By() caller: Caller,
    @Param('id', { schema: id }) network: string,
    @Param('level', { schema: level }) at: Level,
    @Query({ schema: documentChoice }) choice: DocumentChoice,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.document(caller, network, at, choice);
    sendPdf(reply, `${document.reference}.${document.language}.pdf`, await this.pdf.render(document));
  }

  @Get('points-of-contact/:id/readiness')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary: 'How your own party sees the readiness of a point of contact; of others, at most a day.',
  })
  @ApiOkResponse({ standardSchema: readiness })
  async one(@By() caller: Caller, @Param('id', { schema: id }) contact: string, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.readiness.one(tx, caller, contact);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: found.party });
      return found;
    });
  }

  @Put('points-of-contact/:id/readiness')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Check a point of contact of your party against a role sheet, for yourselves.' })
  @ApiOkResponse({ standardSchema: readiness })
  async check(
    @By() caller: Caller,
    @Param('id', { schema: id }) contact: string,
    @Body({ schema: checkReadiness }) input: CheckReadiness,
  ) {
    return this.readiness.check(caller, contact, input);
  }

  private async document(
    caller: Caller,
    network: string,
    at: Level,
    { lang }: DocumentChoice,
  ): Promise<DocumentText> {
    const language = lang ?? chooseLanguage([caller.language]);
    return this.work.read(caller, (tx) => this.sheets.document(tx, caller, network, at, language));
  }
}
