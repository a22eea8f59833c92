import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { Confirmations } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { confirm, confirmations, type Confirm } from './confirmations.contract.js';
import { entry } from './entries.contract.js';

/** Whether the entries of one's own party are still right: when each is due, and saying so. */
@ApiTags('directory')
@Controller('confirmations')
export class ConfirmationsController {
  constructor(
    private readonly work: Work,
    private readonly confirmations: Confirmations,
  ) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'When the points of contact of your own party are due, the longest due first.' })
  @ApiOkResponse({ standardSchema: confirmations })
  async own(@By() caller: Caller) {
    return { items: await this.work.read(caller, (tx) => this.confirmations.own(tx, caller)) };
  }

  @Post()
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Confirm a point of contact of your party as it is; with all fields named, once a year, as gone through.',
  })
  @ApiOkResponse({ standardSchema: entry })
  async confirm(
    @By() caller: Caller,
    @Body({ schema: confirm }) { pointOfContact, version, fields }: Confirm,
  ) {
    return fields
      ? this.confirmations.goThrough(caller, pointOfContact, version, fields)
      : this.confirmations.confirm(caller, pointOfContact, version);
  }
}
