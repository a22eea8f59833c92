import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { recordView, Work, type Caller } from '#libs/access';
import { Capabilities, CapabilityQueries, capabilityKinds } from '#libs/directory';
import { chooseLanguage, fixedSentence, languages, textsIn } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  addCapability,
  capabilities,
  capability,
  capabilityFilter,
  changeCapability,
  endCapability,
  type AddCapability,
  type CapabilityFilter,
  type ChangeCapability,
  type EndCapability,
} from './capabilities.contract.js';

const id = z.uuid();
const kinds = capabilityKinds.map((kind) => ({
  kind,
  names: Object.fromEntries(
    languages.map((language) => [language, textsIn(language).capabilities.kinds[kind]]),
  ),
}));

/** What parties could offer, without commitment. */
@ApiTags('directory')
@Controller('capabilities')
export class CapabilitiesController {
  constructor(
    private readonly work: Work,
    private readonly queries: CapabilityQueries,
    private readonly capabilities: Capabilities,
  ) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'What parties could offer, as far as they show it to you; those that begin soonest first, a hundred at a time.',
  })
  @ApiOkResponse({ standardSchema: capabilities })
  async all(
    @By() caller: Caller,
    @Query({ schema: capabilityFilter }) filter: CapabilityFilter,
    @IsHead() isHead: boolean,
  ) {
    return this.work.read(caller, async (tx) => {
      const items = await this.queries.all(tx, caller, filter);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: filter.party ?? null });
      const language = chooseLanguage([caller.language]);
      return { kinds, items, fixedSentences: [fixedSentence('fs.capability.no-commitment', language)] };
    });
  }

  @Get(':id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One thing that a party could offer.' })
  @ApiOkResponse({ standardSchema: capability })
  async one(@By() caller: Caller, @Param('id', { schema: id }) which: string, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.queries.one(tx, caller, which);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: found.party });
      return found;
    });
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say what your party could offer, and to whom that is shown.' })
  @ApiCreatedResponse({ standardSchema: capability })
  async add(@By() caller: Caller, @Body({ schema: addCapability }) input: AddCapability) {
    return this.capabilities.add(caller, input);
  }

  @Put(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Say anew, whole, what your party could offer.' })
  @ApiOkResponse({ standardSchema: capability })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: changeCapability }) { version, ...input }: ChangeCapability,
  ) {
    return this.capabilities.change(caller, which, version, input);
  }

  @Post(':id/acts')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'End what your party could offer. It is kept, and shown to nobody else.' })
  @ApiOkResponse({ standardSchema: capability })
  async end(
    @By() caller: Caller,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: endCapability }) { version }: EndCapability,
  ) {
    return this.capabilities.end(caller, which, version);
  }
}
