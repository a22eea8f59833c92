import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { EntryQueries, EntryReadings, PointsOfContact, type EntryView } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  changeEntry,
  channels,
  entries,
  entry,
  entryAct,
  nominate,
  type ChangeEntry,
  type EntryActInput,
  type Nominate,
} from './entries.contract.js';

const id = z.uuid();

/** Points of contact in full: as their own party keeps them, and as the others read them. */
@ApiTags('directory')
@Controller()
export class EntriesController {
  constructor(
    private readonly work: Work,
    private readonly queries: EntryQueries,
    private readonly pointsOfContact: PointsOfContact,
    private readonly readings: EntryReadings,
  ) {}

  @Get('own-points-of-contact')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'All points of contact of your own party, whatever their state.' })
  @ApiOkResponse({ standardSchema: entries })
  async own(@By() caller: Caller) {
    return { items: await this.work.read(caller, (tx) => this.queries.own(tx, caller)) };
  }

  @Get('points-of-contact/:id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One point of contact. Others read it once it is verified and not suspended.' })
  @ApiOkResponse({ standardSchema: entry })
  async one(@By() caller: Caller, @Param('id', { schema: id }) entryId: string, @IsHead() isHead: boolean) {
    return this.read(caller, entryId, isHead);
  }

  @Get('points-of-contact/:id/channels')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'Its channels in order, each with when a person last answered on it.' })
  @ApiOkResponse({ standardSchema: channels })
  async channels(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @IsHead() isHead: boolean,
  ) {
    return { items: (await this.read(caller, entryId, isHead)).channels };
  }

  @Post('points-of-contact')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Nominate a point of contact of your party. A second person verifies it.' })
  @ApiCreatedResponse({ standardSchema: entry })
  async nominate(@By() caller: Caller, @Body({ schema: nominate }) input: Nominate) {
    return this.pointsOfContact.nominate(caller, input);
  }

  @Put('points-of-contact/:id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say anew what is known of a point of contact of your party. Its level stays.' })
  @ApiOkResponse({ standardSchema: entry })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Body({ schema: changeEntry }) { version, ...input }: ChangeEntry,
  ) {
    return this.pointsOfContact.change(caller, entryId, version, input);
  }

  @Post('points-of-contact/:id/acts')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Verify, suspend, resume or retire a point of contact of your party.' })
  @ApiOkResponse({ standardSchema: entry })
  async act(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Body({ schema: entryAct }) input: EntryActInput,
  ) {
    return this.pointsOfContact.act(caller, entryId, input);
  }

  private async read(caller: Caller, entryId: string, isHead: boolean): Promise<EntryView> {
    return this.work.read(caller, async (tx) => {
      const found = await this.queries.one(tx, caller, entryId);
      if (!isHead) {
        await this.readings.count(tx, caller, [found]);
        await recordView(tx, caller, { kind: 'look-up', sought: found.party });
      }
      return found;
    });
  }
}
