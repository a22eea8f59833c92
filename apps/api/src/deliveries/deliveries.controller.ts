import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeliveryOversight, type Caller } from '#libs/access';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import {
  deliveryFilter,
  deliverySummary,
  overseenDeliveries,
  type DeliveryFilter,
} from './deliveries.contract.js';

/** Whether mails go through, for those who look after the network: nothing of what they are about, or for whom. */
@ApiTags('deliveries')
@Controller('deliveries')
export class DeliveriesController {
  constructor(private readonly oversight: DeliveryOversight) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: 'Every notice by a name that tells no time: its state, attempts and outcome.' })
  @ApiOkResponse({ standardSchema: overseenDeliveries })
  async page(@By() caller: Caller, @Query({ schema: deliveryFilter }) filter: DeliveryFilter) {
    const { cursor: before, ...rest } = filter;
    return this.oversight.page(caller, { ...rest, before });
  }

  @Get('summary')
  @For('network')
  @ApiOperation({ summary: 'How many notices wait, are late, and have failed.' })
  @ApiOkResponse({ standardSchema: deliverySummary })
  async summary(@By() caller: Caller) {
    return this.oversight.summary(caller);
  }
}
