import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { demandPermission, Work, type Caller } from '#libs/access';
import { EntryChangeQueries, EntryChanges } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { addChannel, channel, type AddChannel } from './entries.contract.js';
import {
  changeAct,
  changeFilter,
  entryChange,
  entryChanges,
  proposeChange,
  type ChangeActInput,
  type ChangeFilter,
  type ProposeChange,
} from './entry-changes.contract.js';

const id = z.uuid();

/** Changes of the ways to reach a point of contact: at once while nobody relies on it, else by two people of its party. */
@ApiTags('directory')
@Controller()
export class EntryChangesController {
  constructor(
    private readonly work: Work,
    private readonly changes: EntryChanges,
    private readonly queries: EntryChangeQueries,
  ) {}

  @Post('points-of-contact/:id/channels')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'Add a channel, unproven. Where others rely on the point of contact, this proposes it to a second person (202).',
  })
  @ApiCreatedResponse({ standardSchema: channel })
  @ApiAcceptedResponse({ standardSchema: entryChange })
  async addChannel(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Body({ schema: addChannel }) input: AddChannel,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.changes.addChannel(caller, entryId, input);
    return 'channel' in answer ? answer.channel : (reply.status(202), answer.change);
  }

  @Delete('channels/:id')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'End a channel for good. Where others rely on it, this proposes its end to a second person (202).',
  })
  @ApiOkResponse({ standardSchema: channel })
  @ApiAcceptedResponse({ standardSchema: entryChange })
  async endChannel(
    @By() caller: Caller,
    @Param('id', { schema: id }) channelId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.changes.endChannel(caller, channelId);
    return 'channel' in answer ? answer.channel : (reply.status(202), answer.change);
  }

  @Post('points-of-contact/:id/changes')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'Propose to add, end or replace a channel, or to remove the point of contact. A second administrator confirms it.',
  })
  @ApiCreatedResponse({ standardSchema: entryChange })
  async propose(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Body({ schema: proposeChange }) input: ProposeChange,
  ) {
    return this.changes.propose(caller, entryId, input);
  }

  @Get('entry-changes')
  @For('network')
  @ApiOperation({
    summary: 'The newest 200 changes that were proposed in your party. Its administrators alone.',
  })
  @ApiOkResponse({ standardSchema: entryChanges })
  async all(@By() caller: Caller, @Query({ schema: changeFilter }) { pointOfContact }: ChangeFilter) {
    demandPermission(caller, 'keep-entries');
    return {
      items: await this.work.read(caller, (tx) => this.queries.all(tx, caller, pointOfContact)),
    };
  }

  @Get('entry-changes/:id')
  @For('network')
  @ApiOperation({ summary: 'One change, exactly as it is to be confirmed.' })
  @ApiOkResponse({ standardSchema: entryChange })
  async one(@By() caller: Caller, @Param('id', { schema: id }) changeId: string) {
    demandPermission(caller, 'keep-entries');
    return this.work.read(caller, (tx) => this.queries.one(tx, caller, changeId));
  }

  @Post('entry-changes/:id/acts')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm or decline what another administrator proposed, or take back what you did.',
  })
  @ApiOkResponse({ standardSchema: entryChange })
  async act(
    @By() caller: Caller,
    @Param('id', { schema: id }) changeId: string,
    @Body({ schema: changeAct }) { act }: ChangeActInput,
  ) {
    return this.changes.act(caller, changeId, act);
  }
}
