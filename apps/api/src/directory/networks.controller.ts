import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { DashboardQueries, NetworkQueries, Networks } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { partyCode } from '../http/fields.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  addNetwork,
  changeNetwork,
  dashboard,
  memberships,
  network,
  networks,
  setMember,
  type AddNetwork,
  type ChangeNetwork,
  type SetMember,
} from './networks.contract.js';

const id = z.uuid();

/** Networks that overlap, as their members read them and the secretariat keeps them. */
@ApiTags('directory')
@Controller('networks')
export class NetworksController {
  constructor(
    private readonly work: Work,
    private readonly queries: NetworkQueries,
    private readonly dashboards: DashboardQueries,
    private readonly networks: Networks,
  ) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'The networks that your party belongs to; all of them for the staff.' })
  @ApiOkResponse({ standardSchema: networks })
  async all(@By() caller: Caller) {
    return { items: await this.work.read(caller, (tx) => this.queries.all(tx, caller)) };
  }

  @Get(':id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One network: what it asks of its members and what they see of one another.' })
  @ApiOkResponse({ standardSchema: network })
  async one(@By() caller: Caller, @Param('id', { schema: id }) networkId: string) {
    return this.work.read(caller, (tx) => this.queries.one(tx, caller, networkId));
  }

  @Get(':id/members')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'Who belongs to a network, since when and until when.' })
  @ApiOkResponse({ standardSchema: memberships })
  async members(
    @By() caller: Caller,
    @Param('id', { schema: id }) networkId: string,
    @IsHead() isHead: boolean,
  ) {
    return this.work.read(caller, async (tx) => {
      await this.queries.one(tx, caller, networkId);
      const items = await this.queries.members(tx, networkId);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: null });
      return { items };
    });
  }

  @Get(':id/dashboard')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary: 'Coverage, staleness and reachability of a network, in sums; no score, no ranking.',
  })
  @ApiOkResponse({ standardSchema: dashboard })
  async dashboard(
    @By() caller: Caller,
    @Param('id', { schema: id }) networkId: string,
    @IsHead() isHead: boolean,
  ) {
    return this.work.read(caller, async (tx) => {
      const found = await this.dashboards.of(tx, caller, networkId);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: null });
      return found;
    });
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Add a network, without members at first. The secretariat alone.' })
  @ApiCreatedResponse({ standardSchema: network })
  async add(@By() caller: Caller, @Body({ schema: addNetwork }) input: AddNetwork) {
    return this.networks.add(caller, { ...input, visibility: input.visibility });
  }

  @Put(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say anew what a network asks for and hides. Its code stays.' })
  @ApiOkResponse({ standardSchema: network })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: id }) networkId: string,
    @Body({ schema: changeNetwork }) { version, ...said }: ChangeNetwork,
  ) {
    return this.networks.change(caller, networkId, version, {
      ...said,
      visibility: said.visibility,
    });
  }

  @Put(':id/members/:code')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say from when until when a party belongs to a network.' })
  @ApiOkResponse({ standardSchema: network })
  async setMember(
    @By() caller: Caller,
    @Param('id', { schema: id }) networkId: string,
    @Param('code', { schema: partyCode }) code: string,
    @Body({ schema: setMember }) { version, ...dates }: SetMember,
  ) {
    return this.networks.setMember(caller, networkId, code, version, dates);
  }
}
