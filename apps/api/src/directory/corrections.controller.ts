import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { Corrections } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  correction,
  corrections,
  correctionsQuery,
  decide,
  report,
  type CorrectionsQuery,
  type Decide,
  type Report,
} from './confirmations.contract.js';

const id = z.uuid();

/** What is said to be wrong with points of contact: by their readers, decided by their own party. */
@ApiTags('directory')
@Controller('corrections')
export class CorrectionsController {
  constructor(
    private readonly work: Work,
    private readonly corrections: Corrections,
  ) {}

  @Get()
  @For('network')
  @ApiOperation({
    summary:
      'What your party has reported, and what is said of its own points of contact: what is open first.',
  })
  @ApiOkResponse({ standardSchema: corrections })
  async list(@By() caller: Caller, @Query({ schema: correctionsQuery }) { before }: CorrectionsQuery) {
    return { items: await this.work.read(caller, (tx) => this.corrections.list(tx, caller, before)) };
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Report a wrong point of contact or channel. Its own party is told, and decides.',
  })
  @ApiCreatedResponse({ standardSchema: correction })
  async report(@By() caller: Caller, @Body({ schema: report }) input: Report) {
    return this.corrections.report(caller, input);
  }

  @Post(':id/decision')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Confirm or decline what is said of your own party: the right address is proposed in place of the wrong one, for a second administrator to confirm.',
  })
  @ApiOkResponse({ standardSchema: correction })
  async decide(
    @By() caller: Caller,
    @Param('id', { schema: id }) correctionId: string,
    @Body({ schema: decide }) { decision, version }: Decide,
  ) {
    return this.corrections.decide(caller, correctionId, decision, version);
  }
}
