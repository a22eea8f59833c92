import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type PartyCaller } from '#libs/access';
import { Sharing, SharingQueries } from '#libs/requests';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { requestId } from './requests.contract.js';
import { candidates, shareId, shareWith, sharing, type ShareWith } from './sharing.contract.js';

/** Who sees a request on one's own side, and opening it to others of the own party. */
@ApiTags('requests')
@Controller('requests')
export class SharingController {
  constructor(
    private readonly work: Work,
    private readonly sharing: Sharing,
    private readonly queries: SharingQueries,
  ) {}

  @Get(':id/sharing')
  @For('body')
  @ApiOperation({ summary: 'Who sees the request on your side: bodies and people, since when and why.' })
  @ApiOkResponse({ standardSchema: sharing })
  async list(@ByParty() caller: PartyCaller, @Param('id', { schema: requestId }) id: string) {
    return this.work.read(caller, (tx) => this.queries.of(tx, caller, id));
  }

  @Get(':id/sharing/candidates')
  @For('body')
  @ApiOperation({ summary: 'Bodies and colleagues of your own party that it could be shared with.' })
  @ApiOkResponse({ standardSchema: candidates })
  async candidates(@ByParty() caller: PartyCaller, @Param('id', { schema: requestId }) id: string) {
    return this.work.read(caller, (tx) => this.queries.candidates(tx, caller, id));
  }

  @Post(':id/sharing')
  @For('body')
  @Mutation()
  @ApiOperation({
    summary:
      'Share it with a body or a person of your own party, to read. TLP:RED goes to named persons only.',
  })
  @ApiCreatedResponse({ standardSchema: sharing })
  async share(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Body({ schema: shareWith }) { body, account = '', reason }: ShareWith,
  ) {
    return this.sharing.share(caller, id, body === undefined ? { account } : { body }, reason);
  }

  @Delete(':id/sharing/:entry')
  @For('body')
  @Mutation()
  @ApiOperation({
    summary: 'End an entry: it opens nothing any more at once, and stays in the list as ended.',
  })
  @ApiOkResponse({ standardSchema: sharing })
  async unshare(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Param('entry', { schema: shareId }) entry: string,
  ) {
    return this.sharing.unshare(caller, id, entry);
  }
}
