import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Passkeys, SecondFactors, Sessions, type Caller, type SetUp } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  addPasskey,
  passkeyOptions,
  recoveryCodes,
  secondFactors,
  setUp,
  totpBegun,
  totpCode,
  type AddPasskey,
  type TotpCode,
} from './second-factor.contract.js';
import { opened } from './sessions.controller.js';

const onTheWay = ['full', 'enrol'] as const;

@ApiTags('access')
@Controller()
export class SecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly sessions: Sessions,
  ) {}

  @Get('second-factors')
  @For('network', onTheWay)
  @ApiOperation({ summary: 'What your account proves itself with beside its password.' })
  @ApiOkResponse({ standardSchema: secondFactors })
  async list(@By() caller: Caller) {
    return this.factors.list(caller);
  }

  @Post('totp')
  @For('network', onTheWay)
  @Mutation()
  @ApiOperation({ summary: 'Begin to set up an authenticator app (RFC 6238). A first code ends it.' })
  @ApiCreatedResponse({ standardSchema: totpBegun })
  async beginTotp(@By() caller: Caller) {
    return this.factors.beginTotp(caller);
  }

  @Post('totp/confirm')
  @For('network', onTheWay)
  @Mutation()
  @ApiOperation({ summary: 'Confirm the authenticator app with a first code.' })
  @ApiCreatedResponse({ standardSchema: setUp })
  async confirmTotp(
    @By() caller: Caller,
    @Body({ schema: totpCode }) { code }: TotpCode,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.finish(reply, caller, 'totp', await this.factors.confirmTotp(caller, code));
  }

  @Delete('totp')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the authenticator app; not the last factor of a real instance.' })
  @ApiNoContentResponse()
  async removeTotp(@By() caller: Caller) {
    await this.factors.removeTotp(caller);
  }

  @Post('passkeys/options')
  @For('network', onTheWay)
  @Mutation()
  @ApiOperation({ summary: 'What a browser needs to make a passkey for your account.' })
  @ApiCreatedResponse({ standardSchema: passkeyOptions })
  async passkeyOptions(@By() caller: Caller) {
    return this.factors.passkeyOptions(caller);
  }

  @Post('passkeys')
  @For('network', onTheWay)
  @Mutation()
  @ApiOperation({ summary: 'Keep the passkey that the browser made.' })
  @ApiCreatedResponse({ standardSchema: setUp })
  async addPasskey(
    @By() caller: Caller,
    @Body({ schema: addPasskey }) { name, response }: AddPasskey,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.finish(reply, caller, 'passkey', await this.factors.addPasskey(caller, name, response));
  }

  @Delete('passkeys/:id')
  @For('network')
  @Mutation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a passkey; not the last factor of a real instance.' })
  @ApiNoContentResponse()
  async removePasskey(@By() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    await this.factors.removePasskey(caller, id);
  }

  @Post('passkeys/challenge')
  @For('public')
  @Mutation()
  @ApiOperation({ summary: 'What a browser needs to sign in with a passkey, or to prove one again.' })
  @ApiCreatedResponse({ standardSchema: passkeyOptions })
  async challenge() {
    return this.passkeys.authenticationOptions();
  }

  @Post('recovery-codes')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'A new set of recovery codes, for one use each; the set before is void.' })
  @ApiCreatedResponse({ standardSchema: recoveryCodes })
  async renew(@By() caller: Caller) {
    return this.factors.renewRecoveryCodes(caller);
  }

  /** Whoever sets up the first one has proved it by that: the session is whole from now on. */
  private async finish(
    reply: FastifyReply,
    caller: Caller,
    factor: 'totp' | 'passkey',
    { recoveryCodes: codes }: SetUp,
  ) {
    if (caller.session?.stage === 'enrol') opened(reply, await this.sessions.enrolled(caller, factor));
    return { recoveryCodes: codes };
  }
}
