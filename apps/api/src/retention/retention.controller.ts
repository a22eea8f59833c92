import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller, PartyCaller } from '#libs/access';
import { Holds, Retention } from '#libs/requests';
import { For } from '../http/audience.js';
import { By, ByParty } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { requestId } from '../requests/requests.contract.js';
import {
  hold,
  placeHold,
  releaseHold,
  retentionPolicy,
  setRetention,
  type PlaceHold,
  type ReleaseHold,
  type SetRetention,
} from './retention.contract.js';

@ApiTags('retention')
@Controller()
export class RetentionController {
  constructor(
    private readonly retention: Retention,
    private readonly holds: Holds,
  ) {}

  @Get('retention-policy')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'How long contents of requests are kept in this network.' })
  @ApiOkResponse({ standardSchema: retentionPolicy })
  async read(@By() caller: Caller) {
    return this.retention.read(caller);
  }

  @Put('retention-policy')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Set how long contents are kept. What is longer counts at once, what is shorter after a month.',
  })
  @ApiOkResponse({ standardSchema: retentionPolicy })
  async set(@By() caller: Caller, @Body({ schema: setRetention }) { version, ...terms }: SetRetention) {
    return this.retention.set(caller, terms, version);
  }

  @Post('requests/:id/hold')
  @For('body')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Hold a request for your own side: its contents are not erased, whatever the policy. The other side does not learn.',
  })
  @ApiOkResponse({ standardSchema: hold })
  async place(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Body({ schema: placeHold }) input: PlaceHold,
  ) {
    return this.holds.place(caller, id, input);
  }

  @Post('requests/:id/hold/release')
  @For('body')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Release the hold of your own side: the policy counts again.' })
  @ApiOkResponse({ standardSchema: hold })
  async release(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Body({ schema: releaseHold }) { text }: ReleaseHold,
  ) {
    return this.holds.release(caller, id, text);
  }
}
