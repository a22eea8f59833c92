import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/access';
import { ChannelProofs, Channels } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  changeChannel,
  channel,
  confirmProof,
  proofState,
  sentProof,
  type ChangeChannel,
  type ConfirmProof,
} from './entries.contract.js';

const id = z.uuid();

/** Channels of one's own party: how they are used, and their proof. */
@ApiTags('directory')
@Controller('channels')
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly proofs: ChannelProofs,
  ) {}

  @Put(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Change how a channel is used. Another address is another channel.' })
  @ApiOkResponse({ standardSchema: channel })
  async change(
    @By() caller: Caller,
    @Param('id', { schema: id }) channelId: string,
    @Body({ schema: changeChannel }) { version, ...use }: ChangeChannel,
  ) {
    return this.channels.change(caller, channelId, version, use);
  }

  @Get(':id/proof')
  @For('network')
  @ApiOperation({ summary: 'How it stands with the newest code, and with its way to a webhook or gateway.' })
  @ApiOkResponse({ standardSchema: proofState })
  async lookAtProof(@By() caller: Caller, @Param('id', { schema: id }) channelId: string) {
    return this.proofs.look(caller, channelId);
  }

  @Post(':id/proof')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Send a code of six digits to a mailbox, webhook or gateway, to be said back within a day.',
  })
  @ApiCreatedResponse({ standardSchema: sentProof })
  async sendProof(@By() caller: Caller, @Param('id', { schema: id }) channelId: string) {
    return this.proofs.send(caller, channelId);
  }

  @Post(':id/proof/confirm')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Say the newest code back: the channel is proven. Five tries.' })
  @ApiOkResponse({ standardSchema: channel })
  async confirmProof(
    @By() caller: Caller,
    @Param('id', { schema: id }) channelId: string,
    @Body({ schema: confirmProof }) { code }: ConfirmProof,
  ) {
    return this.proofs.confirm(caller, channelId, code);
  }
}
