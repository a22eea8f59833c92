import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/access';
import { Procedures } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  procedure,
  procedureFilter,
  setProcedure,
  type ProcedureFilter,
  type SetProcedure,
} from './procedure.contract.js';

/** The own side's national procedure as a checklist (A/76/135, 77 (b)). */
@ApiTags('directory')
@Controller('procedure')
export class ProcedureController {
  constructor(private readonly procedures: Procedures) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: 'The procedure of your party or of one of its bodies. Nobody else sees it.' })
  @ApiOkResponse({ standardSchema: procedure })
  async one(@By() caller: Caller, @Query({ schema: procedureFilter }) { body, version }: ProcedureFilter) {
    return this.procedures.one(caller, { body: body ?? null, version });
  }

  @Put()
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Set the procedure anew, for administrators. Earlier versions stay readable.' })
  @ApiOkResponse({ standardSchema: procedure })
  async set(@By() caller: Caller, @Body({ schema: setProcedure }) input: SetProcedure) {
    return this.procedures.set(caller, input);
  }
}
