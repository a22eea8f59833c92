import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type PartyCaller } from '#libs/access';
import { Receipts } from '#libs/ledger';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { requestId } from '../requests/requests.contract.js';
import { receiptId, receipts, signedReceipt } from './receipts.contract.js';

/** Receipts verify on a machine that never saw this instance: SPECIFICATION.md says how. */
@ApiTags('ledger')
@Controller()
export class ReceiptsController {
  constructor(
    private readonly work: Work,
    private readonly receipts: Receipts,
  ) {}

  @Get('requests/:id/receipts')
  @For('body')
  @ApiOperation({
    summary:
      'Signed receipts of a request: filed, accepted by relay, delivered, viewed, acknowledged, answered. Keep copies.',
  })
  @ApiOkResponse({ standardSchema: receipts })
  async of(@ByParty() caller: PartyCaller, @Param('id', { schema: requestId }) id: string) {
    return { items: await this.work.read(caller, (tx) => this.receipts.of(tx, caller.party, id)) };
  }

  @Get('receipts/:id')
  @For('body')
  @ApiOperation({ summary: 'The receipt of one event of the timeline, or of one observation, by its id.' })
  @ApiOkResponse({ standardSchema: signedReceipt })
  async one(@ByParty() caller: PartyCaller, @Param('id', { schema: receiptId }) id: string) {
    return this.work.read(caller, (tx) => this.receipts.one(tx, caller.party, id));
  }
}
