import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiTokens, type Caller } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  makeToken,
  newToken,
  rotateToken,
  token,
  tokens,
  type MakeToken,
  type RotateToken,
} from './tokens.contract.js';

const id = z.uuid();

@ApiTags('access')
@Controller('tokens')
export class TokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Make a token with which a program acts for you; shown this once.' })
  @ApiCreatedResponse({ standardSchema: newToken })
  async make(@By() caller: Caller, @Body({ schema: makeToken }) input: MakeToken) {
    return this.tokens.make(caller, input);
  }

  @Get()
  @For('network')
  @ApiOperation({
    summary: 'Your tokens, newest first, with what they are for and when they were last used.',
  })
  @ApiOkResponse({ standardSchema: tokens })
  async list(@By() caller: Caller) {
    return { items: await this.tokens.list(caller) };
  }

  @Post(':id/rotate')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'A new token in place of one, which still works for the overlap.' })
  @ApiCreatedResponse({ standardSchema: newToken })
  async rotate(
    @By() caller: Caller,
    @Param('id', { schema: id }) tokenId: string,
    @Body({ schema: rotateToken }) { overlapHours }: RotateToken,
  ) {
    return this.tokens.rotate(caller, tokenId, overlapHours);
  }

  @Delete(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Revoke a token: it opens nothing from now on.' })
  @ApiOkResponse({ standardSchema: token })
  async revoke(@By() caller: Caller, @Param('id', { schema: id }) tokenId: string) {
    return this.tokens.revoke(caller, tokenId);
  }
}
