import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { PlanQueries, Plans } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  declareMode,
  plan,
  planAct,
  planFilter,
  plans,
  proposePlan,
  type DeclareMode,
  type PlanActInput,
  type PlanFilter,
  type ProposePlan,
} from './plans.contract.js';

const id = z.uuid();

/** Communication plans (A/76/135, 55). */
@ApiTags('directory')
@Controller('plans')
export class PlansController {
  constructor(
    private readonly work: Work,
    private readonly queries: PlanQueries,
    private readonly plans: Plans,
  ) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary: 'Communication plans of your party and of its networks: those proposed and in force.',
  })
  @ApiOkResponse({ standardSchema: plans })
  async list(@By() caller: Caller, @Query({ schema: planFilter }) filter: PlanFilter) {
    return { items: await this.work.read(caller, (tx) => this.queries.list(tx, caller, filter.with)) };
  }

  @Get(':id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One plan. Those of two parties are read by these two alone.' })
  @ApiOkResponse({ standardSchema: plan })
  async one(@By() caller: Caller, @Param('id', { schema: id }) planId: string) {
    return this.work.read(caller, (tx) => this.queries.one(tx, caller, planId));
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Propose a plan to another party, which holds once it agrees; or, as the secretariat, set one.',
  })
  @ApiCreatedResponse({ standardSchema: plan })
  async propose(
    @By() caller: Caller,
    @Body({ schema: proposePlan }) { with: other, network, ...content }: ProposePlan,
  ) {
    return this.plans.propose(caller, { with: other, network }, content);
  }

  @Post(':id/acts')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Agree to a plan, decline it, withdraw your own proposal, or end what is in force.',
  })
  @ApiOkResponse({ standardSchema: plan })
  async act(
    @By() caller: Caller,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: planAct }) { act, version }: PlanActInput,
  ) {
    return this.plans.act(caller, planId, act, version);
  }

  @Post(':id/modes')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Declare a mode, with the reason: heightened, crisis, or normal again. Both sides see it.',
  })
  @ApiCreatedResponse({ standardSchema: plan })
  async declare(
    @By() caller: Caller,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: declareMode }) input: DeclareMode,
  ) {
    return this.plans.declare(caller, planId, input);
  }
}
