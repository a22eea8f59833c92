import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { Bodies, PartyList } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { partyCode } from '../http/fields.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import { party } from '../parties/parties.contract.js';
import {
  addBody,
  addParty,
  bodies,
  body,
  bodyFilter,
  changeBody,
  changeParty,
  retireBody,
  type AddBody,
  type AddParty,
  type BodyFilter,
  type ChangeBody,
  type ChangeParty,
  type RetireBody,
} from './bodies.contract.js';

const id = z.uuid();

/** Parties beside the Member States, as the secretariat adds them, and bodies as their parties keep them. */
@ApiTags('directory')
@Controller()
export class BodiesController {
  constructor(
    private readonly work: Work,
    private readonly bodies: Bodies,
    private readonly partyList: PartyList,
  ) {}

  @Post('parties')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'Add an observer State or an organization to the network. The secretariat alone; never a Member State.',
  })
  @ApiCreatedResponse({ standardSchema: party })
  async addParty(@By() caller: Caller, @Body({ schema: addParty }) input: AddParty) {
    return this.partyList.add(caller, input);
  }

  @Patch('parties/:code')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'Change names and regional group of an observer State or an organization. The secretariat alone; Member States keep theirs.',
  })
  @ApiOkResponse({ standardSchema: party })
  async changeParty(
    @By() caller: Caller,
    @Param('code', { schema: partyCode }) code: string,
    @Body({ schema: changeParty }) input: ChangeParty,
  ) {
    return this.partyList.change(caller, code, input);
  }

  @Post('bodies')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Add a body of your party, with whom it answers for.' })
  @ApiCreatedResponse({ standardSchema: body })
  async add(@By() caller: Caller, @Body({ schema: addBody }) input: AddBody) {
    return this.bodies.add(caller, input);
  }

  @Get('bodies')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'Bodies of a party, or of all where you may read in bulk. Those that were retired are shown to their own party.',
  })
  @ApiOkResponse({ standardSchema: bodies })
  async all(
    @By() caller: Caller,
    @Query({ schema: bodyFilter }) filter: BodyFilter,
    @IsHead() isHead: boolean,
  ) {
    return this.work.read(caller, async (tx) => {
      const items = await this.bodies.all(tx, caller, filter);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: filter.party ?? null });
      return { items };
    });
  }

  @Get('bodies/:id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One body: what it is, by whose authority, and whom it answers for.' })
  @ApiOkResponse({ standardSchema: body })
  async one(@By() caller: Caller, @Param('id', { schema: id }) bodyId: string, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.bodies.one(tx, bodyId);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: found.party });
      return found;
    });
  }

  @Put('bodies/:id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say anew what a body of your party is; its constituency is replaced whole.' })
  @ApiOkResponse({ standardSchema: body })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: id }) bodyId: string,
    @Body({ schema: changeBody }) { version, ...input }: ChangeBody,
  ) {
    return this.bodies.change(caller, bodyId, version, input);
  }

  @Post('bodies/:id/acts')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Retire a body of your party that has neither points of contact nor accounts any more.',
  })
  @ApiOkResponse({ standardSchema: body })
  async retire(
    @By() caller: Caller,
    @Param('id', { schema: id }) bodyId: string,
    @Body({ schema: retireBody }) { version }: RetireBody,
  ) {
    return this.bodies.retire(caller, bodyId, version);
  }
}
