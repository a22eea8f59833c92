import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { Finding, soughtKinds } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { found, search, type Search } from './search.contract.js';

/** Finding whom one is looking for. */
@ApiTags('directory')
@Controller()
export class SearchController {
  constructor(
    private readonly work: Work,
    private readonly finding: Finding,
  ) {}

  @Get('search')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'Find States, bodies, points of contact and persons by name, in any language; with errors, while typing, by codes.',
  })
  @ApiOkResponse({ standardSchema: found })
  async search(@By() caller: Caller, @Query({ schema: search }) query: Search, @IsHead() isHead: boolean) {
    const { q: text, limit } = query;
    const wanted = query.kinds.split(',');
    const kinds = soughtKinds.filter((kind) => wanted.includes(kind));
    return {
      items: await this.work.read(caller, (tx) =>
        this.finding.find(tx, caller, { text, kinds, limit }, !isHead),
      ),
    };
  }
}
