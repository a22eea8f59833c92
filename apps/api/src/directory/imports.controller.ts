import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type Caller } from '#libs/access';
import { Imports } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import {
  importAct,
  importBodyLimit,
  importList,
  importView,
  previewImport,
  type ImportAct,
  type PreviewImport,
} from './exchange.contract.js';

const importId = z.uuid();

/** Documents that a party's administrators bring into the directory. */
@ApiTags('directory')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly work: Work,
    private readonly imports: Imports,
  ) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: 'Imports of your party, the newest first.' })
  @ApiOkResponse({ standardSchema: importList })
  async all(@By() caller: Caller) {
    return { items: await this.work.read(caller, (tx) => this.imports.list(tx, caller)) };
  }

  @Post()
  @For('network', ['full'], { bodyBytes: importBodyLimit })
  @ApiOperation({ summary: 'Look at a document: what it would do, line by line. Nothing is entered yet.' })
  @ApiCreatedResponse({ standardSchema: importView })
  async preview(
    @By() caller: Caller,
    @Body({ schema: previewImport }) { content, ...choice }: PreviewImport,
  ) {
    return this.imports.preview(caller, { ...choice, content: Buffer.from(content, 'base64') });
  }

  @Get(':id')
  @For('network')
  @ApiOperation({ summary: 'One import: what it does, what was said of it, and how far it is.' })
  @ApiOkResponse({ standardSchema: importView })
  async one(@By() caller: Caller, @Param('id', { schema: importId }) id: string) {
    return this.work.read(caller, (tx) => this.imports.one(tx, caller, id));
  }

  @Post(':id/acts')
  @HttpCode(200)
  @For('network')
  @ApiOperation({
    summary: 'Apply a preview, all of it or nothing; undo what was applied; discard a preview.',
  })
  @ApiOkResponse({ standardSchema: importView })
  async act(
    @By() caller: Caller,
    @Param('id', { schema: importId }) id: string,
    @Body({ schema: importAct }) given: ImportAct,
  ) {
    const { version } = given;
    if (given.act === 'apply') return this.imports.apply(caller, id, version, given.withoutRefused);
    return this.imports[given.act](caller, id, version);
  }
}
