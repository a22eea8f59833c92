import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { CallTaskQueries, CallTasks, countedIn, EntryReadings } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  askCall,
  callTask,
  callTaskFilter,
  callTasks,
  hearCall,
  recordCall,
  type AskCall,
  type CallTaskFilter,
  type HearCall,
  type RecordCall,
} from './call-tasks.contract.js';

const id = z.uuid();

/** Calls that people make on channels that no machine operates. */
@ApiTags('directory')
@Controller('call-tasks')
export class CallTasksController {
  constructor(
    private readonly work: Work,
    private readonly queries: CallTaskQueries,
    private readonly tasks: CallTasks,
    private readonly readings: EntryReadings,
  ) {}

  @Get()
  @For('network')
  @ApiOperation({
    summary: 'Calls that your side is to make, or that are made to your party: the newest hundred.',
  })
  @ApiOkResponse({ standardSchema: callTasks })
  async some(@By() caller: Caller, @Query({ schema: callTaskFilter }) filter: CallTaskFilter) {
    return { items: await this.work.read(caller, (tx) => this.queries.some(tx, caller, filter)) };
  }

  @Get(':id')
  @For('network')
  @ApiOperation({ summary: 'One call, with the number and the script for who makes it.' })
  @ApiOkResponse({ standardSchema: callTask })
  async one(@By() caller: Caller, @Param('id', { schema: id }) task: string, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.queries.one(tx, caller, task);
      if (!isHead) {
        await this.readings.count(tx, caller, countedIn(found));
        await recordView(tx, caller, { kind: 'look-up', sought: found.party });
      }
      return found;
    });
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Ask for a call: to prove a channel of your party, or to check one of any party.',
  })
  @ApiCreatedResponse({ standardSchema: callTask })
  async ask(@By() caller: Caller, @Body({ schema: askCall }) { channel, reason }: AskCall) {
    return this.tasks.ask(caller, channel, reason);
  }

  @Post(':id/take')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a call for two hours, or take it again for a new code.' })
  @ApiOkResponse({ standardSchema: callTask })
  async take(@By() caller: Caller, @Param('id', { schema: id }) task: string) {
    return this.tasks.take(caller, task);
  }

  @Post(':id/outcome')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Record what came of the call that you have taken: once, with the code you heard.',
  })
  @ApiOkResponse({ standardSchema: callTask })
  async record(
    @By() caller: Caller,
    @Param('id', { schema: id }) task: string,
    @Body({ schema: recordCall }) result: RecordCall,
  ) {
    return this.tasks.record(caller, task, result);
  }

  @Post(':id/heard')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Record the code that was read out to your party.' })
  @ApiOkResponse({ standardSchema: callTask })
  async hear(
    @By() caller: Caller,
    @Param('id', { schema: id }) task: string,
    @Body({ schema: hearCall }) { code }: HearCall,
  ) {
    return this.tasks.hear(caller, task, code);
  }

  @Post(':id/cancel')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a call back that is no longer wanted.' })
  @ApiOkResponse({ standardSchema: callTask })
  async cancel(@By() caller: Caller, @Param('id', { schema: id }) task: string) {
    return this.tasks.cancel(caller, task);
  }
}
