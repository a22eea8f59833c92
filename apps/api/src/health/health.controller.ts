import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PartyQueries } from '#libs/parties';
import { UnitOfWork } from '#libs/runtime';
import { z } from 'zod';
import { For } from '../http/audience.js';

const health = z.strictObject({ status: z.enum(['up']) }).meta({ id: 'Health' });
const ready = z.strictObject({ status: z.enum(['ready']), instance: z.enum(['sample', 'real']) }).meta({ id: 'Ready' });

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    private readonly units: UnitOfWork,
    private readonly parties: PartyQueries,
  ) {}

  @Get('health')
  @For('public')
  @ApiOperation({ summary: 'Whether this process is alive.' })
  @ApiOkResponse({ standardSchema: health })
  health() {
    return { status: 'up' };
  }

  @Get('ready')
  @For('public')
  @ApiOperation({ summary: 'Whether it can serve: the database answers and the instance is set up.' })
  @ApiOkResponse({ standardSchema: ready })
  async ready() {
    const asker = { actor: 'probe', party: null, body: null, purpose: 'probe' };
    const instance = await this.units.run(asker, (tx) => this.parties.instance(tx));
    return { status: 'ready', instance: instance.kind };
  }
}
