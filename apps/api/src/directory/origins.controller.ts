import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { Origins } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { origin, trace, type TraceInput } from './origins.contract.js';

/** To which party a trace leads. */
@ApiTags('directory')
@Controller()
export class OriginsController {
  constructor(
    private readonly work: Work,
    private readonly origins: Origins,
  ) {}

  @Get('origins')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'The party that an address, an autonomous system or a domain name leads to, from which source, and how old that is.',
  })
  @ApiOkResponse({ standardSchema: origin })
  async of(@By() caller: Caller, @Query({ schema: trace }) asked: TraceInput, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.origins.partyFor(tx, asked);
      const parties = new Set(found.candidates.map(({ party }) => party.code));
      const [sought] = parties;
      if (!isHead)
        await recordView(tx, caller, {
          kind: 'look-up',
          sought: parties.size === 1 ? (sought ?? null) : null,
        });
      return found;
    });
  }
}
