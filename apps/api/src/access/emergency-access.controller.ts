import { Body, Controller, Delete, Get, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EmergencyAccess, type Caller } from '#libs/access';
import { chooseLanguage, textsIn } from '#libs/wording';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  askForEmergency,
  emergencyAccess,
  emergencyAccesses,
  endedEmergencyAccess,
  vouch,
  type AskForEmergency,
  type Vouch,
} from './emergency-access.contract.js';
import { signedIn } from './sessions.contract.js';
import { opened } from './sessions.controller.js';

const id = z.uuid();
const whileWaiting = ['full', 'second-factor'] as const;

@ApiTags('access')
@Controller('emergency-access')
export class EmergencyAccessController {
  constructor(private readonly emergency: EmergencyAccess) {}

  @Post()
  @For('network', whileWaiting)
  @Mutation()
  @ApiOperation({
    summary: 'Ask two others of your party to let you in, from a session that waits for its second factor.',
  })
  @ApiCreatedResponse({ standardSchema: emergencyAccess })
  async ask(@By() caller: Caller, @Body({ schema: askForEmergency }) { reason }: AskForEmergency) {
    return this.emergency.ask(caller, reason);
  }

  @Get()
  @For('network', whileWaiting)
  @ApiOperation({
    summary: 'The emergency accesses of your party, newest first, at most 200; who waits sees their own.',
  })
  @ApiOkResponse({ standardSchema: emergencyAccesses })
  async list(@By() caller: Caller) {
    const { advice } = textsIn(chooseLanguage([caller.language])).emergency;
    return { items: await this.emergency.list(caller), advice };
  }

  @Post(':id/approvals')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Vouch for who asks, after calling them back. Needs your second factor given just now.',
  })
  @ApiCreatedResponse({ standardSchema: emergencyAccess })
  async approve(
    @By() caller: Caller,
    @Param('id', { schema: id }) emergencyId: string,
    @Body({ schema: vouch }) { code }: Vouch,
  ) {
    return this.emergency.approve(caller, emergencyId, code);
  }

  @Post(':id/session')
  @For('network', whileWaiting)
  @Mutation()
  @ApiOperation({ summary: 'Go in, once it is granted: the session that asked is whole for four hours.' })
  @ApiCreatedResponse({ standardSchema: signedIn })
  async enter(
    @By() caller: Caller,
    @Param('id', { schema: id }) emergencyId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return opened(reply, await this.emergency.enter(caller, emergencyId));
  }

  @Delete(':id')
  @For('network', whileWaiting)
  @Mutation()
  @ApiOperation({
    summary:
      'Refuse it, or end it at once with every session opened since it was begun: anyone of the party.',
  })
  @ApiOkResponse({ standardSchema: endedEmergencyAccess })
  async end(@By() caller: Caller, @Param('id', { schema: id }) emergencyId: string) {
    const ended = await this.emergency.end(caller, emergencyId);
    const { factorStays } = textsIn(chooseLanguage([caller.language])).emergency;
    return { ...ended, advice: ended.factorSetUpAt && factorStays };
  }
}
