import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/access';
import { RouteFinder, type Level } from '#libs/directory';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { route, routeFilter, type RouteFilter } from './routes.contract.js';

const usual: readonly Level[] = ['technical', 'diplomatic', 'policy'];

/** How a party is reached (A/76/135, 53). */
@ApiTags('directory')
@Controller('routes')
export class RoutesController {
  constructor(private readonly finder: RouteFinder) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'Whom to contact at a party, or at the one that a trace leads to, on which channel, in which order, and why.',
  })
  @ApiOkResponse({ standardSchema: route })
  async find(
    @By() caller: Caller,
    @Query({ schema: routeFilter }) { level, ...question }: RouteFilter,
    @IsHead() isHead: boolean,
  ) {
    return this.finder.find(caller, { ...question, levels: level ? [level] : usual }, isHead);
  }
}
