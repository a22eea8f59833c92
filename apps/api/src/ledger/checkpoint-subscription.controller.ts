import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CheckpointSubscriptions, type Caller } from '#libs/access';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { checkpointSubscription, subscribe, type Subscribe } from './checkpoint-subscription.contract.js';

/** Only copies outside can show that the record was rewritten: a party has them sent. */
@ApiTags('ledger')
@Controller('ledger/checkpoint-subscription')
export class CheckpointSubscriptionController {
  constructor(private readonly subscriptions: CheckpointSubscriptions) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: 'Where and how often your party has signed checkpoints sent.' })
  @ApiOkResponse({ standardSchema: checkpointSubscription })
  async one(@By() caller: Caller) {
    return this.subscriptions.one(caller);
  }

  @Put()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Have signed checkpoints sent to one mailbox of your party, or change where or how often.',
  })
  @ApiOkResponse({ standardSchema: checkpointSubscription })
  async subscribe(@By() caller: Caller, @Body({ schema: subscribe }) input: Subscribe) {
    return this.subscriptions.subscribe(caller, input);
  }

  @Delete()
  @For('network')
  @HttpCode(204)
  @Mutation()
  @ApiOperation({ summary: 'End it: nothing more is sent, and the address is not kept for it any more.' })
  @ApiNoContentResponse()
  async end(@By() caller: Caller) {
    await this.subscriptions.end(caller);
  }
}
