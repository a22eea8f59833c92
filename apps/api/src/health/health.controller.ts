import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { Installation } from '../http/installation.service.js';

const health = z.strictObject({ status: z.enum(['up']) }).meta({ id: 'Health' });
const ready = z
  .strictObject({ status: z.enum(['ready']), instance: z.enum(['sample', 'real']) })
  .meta({ id: 'Ready' });

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(private readonly installation: Installation) {}

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
    return { status: 'ready', instance: await this.installation.ready() };
  }
}
