import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { DirectoryQueries, EntryReadings } from '#libs/directory';
import { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { partyCode } from '../http/fields.js';
import { IsHead } from '../http/is-head.js';
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
    private readonly readings: EntryReadings,
  ) {}

  @Get('parties')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'The parties of the network, by code.' })
  @ApiOkResponse({ standardSchema: parties })
  async all(@By() caller: Caller, @IsHead() isHead: boolean) {
    const look = (tx: Tx) => this.partyQueries.all(tx);
    return { items: await this.lookedUp(caller, null, isHead, look) };
  }

  @Get('parties/:code')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One party and its bodies.' })
  @ApiOkResponse({ standardSchema: party })
  async one(
    @By() caller: Caller,
    @Param('code', { schema: partyCode }) code: string,
    @IsHead() isHead: boolean,
  ) {
    return this.lookedUp(caller, code, isHead, (tx) => this.partyQueries.one(tx, code));
  }

  @Get('points-of-contact')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'Points of contact by party and level, in the order in which they are told.' })
  @ApiOkResponse({ standardSchema: pointsOfContact })
  async pointsOfContact(
    @By() caller: Caller,
    @Query({ schema: pointOfContactFilter }) filter: PointOfContactFilter,
    @IsHead() isHead: boolean,
  ) {
    const look = async (tx: Tx) => {
      const found = await this.directory.shown(tx, caller, filter);
      if (!isHead) await this.readings.count(tx, caller, found);
      return found;
    };
    return { items: await this.lookedUp(caller, filter.party ?? null, isHead, look) };
  }

  /** What was found, and in the same transaction the word that it was looked up: of one party, or of all at once. */
  private async lookedUp<T>(
    caller: Caller,
    sought: string | null,
    isHead: boolean,
    look: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    return this.work.read(caller, async (tx) => {
      const found = await look(tx);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought });
      return found;
    });
  }
}
