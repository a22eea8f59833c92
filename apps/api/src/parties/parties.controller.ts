import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { DirectoryQueries } from '#libs/directory';
import { PartyQueries } from '#libs/parties';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { partyCode } from '../http/fields.js';
import {
  parties,
  party,
  pointOfContactFilter,
  pointsOfContact,
  type PointOfContactFilter,
} from './parties.contract.js';

@ApiTags('directory')
@Controller()
export class PartiesController {
  constructor(
    private readonly work: Work,
    private readonly partyQueries: PartyQueries,
    private readonly directory: DirectoryQueries,
  ) {}

  @Get('parties')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'The parties of the network, by code.' })
  @ApiOkResponse({ standardSchema: parties })
  async all(@By() caller: Caller) {
    return { items: await this.work.read(caller, (tx) => this.partyQueries.all(tx)) };
  }

  @Get('parties/:code')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One party and its bodies.' })
  @ApiOkResponse({ standardSchema: party })
  async one(@By() caller: Caller, @Param('code', { schema: partyCode }) code: string) {
    return this.work.read(caller, (tx) => this.partyQueries.one(tx, code));
  }

  @Get('points-of-contact')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'Points of contact by party and level, in the order in which they are told.' })
  @ApiOkResponse({ standardSchema: pointsOfContact })
  async pointsOfContact(
    @By() caller: Caller,
    @Query({ schema: pointOfContactFilter }) filter: PointOfContactFilter,
  ) {
    return { items: await this.work.read(caller, (tx) => this.directory.pointsOfContact(tx, filter)) };
  }
}
