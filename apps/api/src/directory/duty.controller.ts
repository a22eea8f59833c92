import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Caller } from '#libs/access';
import { Duties, DutyQueries } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  absence,
  changeHours,
  dutyFilter,
  dutyHours,
  dutyPlan,
  dutyWindow,
  handOverShift,
  onDuty,
  shift,
  tellAbsence,
  type ChangeHours,
  type DutyFilter,
  type DutyWindow,
  type HandOverShift,
  type TellAbsence,
} from './duty.contract.js';

@ApiTags('directory')
@Controller()
export class DutyController {
  constructor(
    private readonly duties: Duties,
    private readonly queries: DutyQueries,
  ) {}

  @Get('duty')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary: 'Who is on duty now: at each point of contact, in the order in which they are told.',
  })
  @ApiOkResponse({ standardSchema: onDuty })
  async now(
    @By() caller: Caller,
    @Query({ schema: dutyFilter }) filter: DutyFilter,
    @IsHead() isHead: boolean,
  ) {
    return { items: await this.queries.now(caller, filter, isHead) };
  }

  @Get('points-of-contact/:id/duty')
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary: 'When somebody is on duty at a point of contact, and what takes the rest of its hours away.',
  })
  @ApiOkResponse({ standardSchema: dutyPlan })
  async plan(
    @By() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: dutyWindow }) window: DutyWindow,
    @IsHead() isHead: boolean,
  ) {
    return this.queries.plan(caller, id, window, isHead);
  }

  @Put('points-of-contact/:id/duty')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Set the hours of a point of contact of your body, or as an administrator of your party.',
  })
  @ApiOkResponse({ standardSchema: dutyHours })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: changeHours }) input: ChangeHours,
  ) {
    return this.duties.change(caller, id, input);
  }

  @Post('points-of-contact/:id/absences')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say when nobody will be there, and which other point of contact stands in.' })
  @ApiCreatedResponse({ standardSchema: absence })
  async tellAbsence(
    @By() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: tellAbsence }) input: TellAbsence,
  ) {
    return this.duties.tellAbsence(caller, id, input);
  }

  @Delete('points-of-contact/:id/absences/:absence')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an absence back.' })
  @ApiNoContentResponse()
  async withdrawAbsence(
    @By() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Param('absence', { schema: z.uuid() }) which: string,
  ) {
    await this.duties.withdrawAbsence(caller, id, which);
  }

  @Post('points-of-contact/:id/shifts')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Hand the shift over: the current one ends and the next begins, with a note for it.',
  })
  @ApiCreatedResponse({ standardSchema: shift })
  async handOver(
    @By() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: handOverShift }) input: HandOverShift,
  ) {
    return this.duties.handOver(caller, id, input);
  }
}
