import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { demandPermission, recordBy, Work, type Caller } from '#libs/access';
import { Exports, formatNamed, type FormatName } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { exportChoice, exportFormat, type ExportChoice } from './exchange.contract.js';

/** The directory as a document that other tools read. */
@ApiTags('directory')
@Controller('exports')
export class ExportsController {
  constructor(
    private readonly work: Work,
    private readonly exports: Exports,
  ) {}

  @Get(':format')
  @For('network')
  @ApiOperation({
    summary: 'The directory, a party or a body of it: CSV, vCard, jCard, TI JSON, RFC 2350, security.txt.',
  })
  @ApiProduces('text/csv', 'text/vcard', 'application/vcard+json', 'application/json', 'text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async one(
    @By() caller: Caller,
    @Param('format', { schema: exportFormat }) name: FormatName,
    @Query({ schema: exportChoice }) scope: ExportChoice,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = formatNamed(name);
    // What a party says of itself is its own to take.
    if (scope.party === undefined || scope.party !== caller.party) demandPermission(caller, 'read-in-bulk');
    const text = await this.work.read(caller, async (tx) => {
      if (!isHead) await recordBy(tx, caller, 'directory-exported');
      return this.exports.write(tx, caller, format, scope);
    });
    void reply
      .header('content-type', `${format.mediaType}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="points-of-contact.${format.extension}"`)
      .send(text);
  }
}
