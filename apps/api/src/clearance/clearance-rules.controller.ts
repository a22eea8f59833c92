import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/access';
import { ClearanceRules } from '#libs/requests';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { clearanceRules, setClearance, type SetClearance } from './clearance-rules.contract.js';

@ApiTags('clearance')
@Controller('clearance-rules')
export class ClearanceRulesController {
  constructor(private readonly rules: ClearanceRules) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: "Which acts need a second person: the network's rule, and your party's own." })
  @ApiOkResponse({ standardSchema: clearanceRules })
  async list(@By() caller: Caller) {
    return this.rules.list(caller);
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      "Set your party's rule, or as its secretariat the network's. Demanding less waits until a second one agrees.",
  })
  @ApiCreatedResponse({ standardSchema: clearanceRules })
  async set(@By() caller: Caller, @Body({ schema: setClearance }) input: SetClearance) {
    return this.rules.set(caller, input);
  }

  @Post(':id/agreement')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Agree to a rule that demands less, as another one than asked for it.' })
  @ApiOkResponse({ standardSchema: clearanceRules })
  async agree(@By() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.rules.agree(caller, id);
  }
}
