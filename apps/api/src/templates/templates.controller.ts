import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork, type Tx } from '#libs/runtime';
import { TemplateQueries } from '#libs/templates';
import { For } from '../http/audience.js';
import { templateDocument, templateKey, templates, templateVersion } from './templates.contract.js';

const anyone = { actor: 'anonymous', party: null, body: null, purpose: 'read' };

/** Forms are public: two systems must be able to prove which one applied. */
@ApiTags('templates')
@Controller('templates')
export class TemplatesController {
  constructor(
    private readonly units: UnitOfWork,
    private readonly queries: TemplateQueries,
  ) {}

  @Get()
  @For('public')
  @ApiOperation({ summary: 'Published templates, every version; the newest of each first.' })
  @ApiOkResponse({ standardSchema: templates })
  async all() {
    return { items: await this.read((tx) => this.queries.all(tx)) };
  }

  @Get(':key')
  @For('public')
  @ApiOperation({ summary: 'The newest version of a template, with its document.' })
  @ApiOkResponse({ standardSchema: templateDocument })
  async newest(@Param('key', { schema: templateKey }) key: string) {
    return this.read((tx) => this.queries.one(tx, key));
  }

  @Get(':key/versions/:version')
  @For('public')
  @ApiOperation({ summary: 'One version of a template. It never changes.' })
  @ApiOkResponse({ standardSchema: templateDocument })
  async one(
    @Param('key', { schema: templateKey }) key: string,
    @Param('version', { schema: templateVersion }) version: number,
  ) {
    return this.read((tx) => this.queries.one(tx, key, version));
  }

  private async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.units.run(anyone, work);
  }
}
