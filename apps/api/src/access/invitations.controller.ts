import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Invitations, type Caller } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { invitation, invitations, invite, type Invite } from './accounts.contract.js';

const id = z.uuid();

@ApiTags('access')
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Invite somebody to an account, by mail. The secretariat invites administrators, they the rest.',
  })
  @ApiCreatedResponse({ standardSchema: invitation })
  async invite(@By() caller: Caller, @Body({ schema: invite }) input: Invite) {
    return this.invitations.invite(caller, input);
  }

  @Get()
  @For('network')
  @ApiOperation({ summary: 'The invitations that you answer for, newest first, at most 500.' })
  @ApiOkResponse({ standardSchema: invitations })
  async list(@By() caller: Caller) {
    return { items: await this.invitations.list(caller) };
  }

  @Post(':id/resend')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send it again with a new link; the one before is over.' })
  @ApiOkResponse({ standardSchema: invitation })
  async resend(@By() caller: Caller, @Param('id', { schema: id }) invitationId: string) {
    return this.invitations.resend(caller, invitationId);
  }

  @Delete(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Take it back: its link opens nothing any more.' })
  @ApiOkResponse({ standardSchema: invitation })
  async revoke(@By() caller: Caller, @Param('id', { schema: id }) invitationId: string) {
    return this.invitations.revoke(caller, invitationId);
  }
}
