import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdentityProviders, OpenIdConnect, type Caller } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import {
  changeClientSecret,
  identityProvider,
  identityProviders,
  makeIdentityProvider,
  type ChangeClientSecret,
  type MakeIdentityProvider,
} from './organization.contract.js';

const id = z.uuid();

@ApiTags('access')
@Controller('identity-providers')
export class IdentityProvidersController {
  constructor(
    private readonly providers: IdentityProviders,
    private readonly openId: OpenIdConnect,
  ) {}

  @Get()
  @For('network')
  @ApiOperation({ summary: 'The OpenID Connect providers of your party, newest first, at most 100.' })
  @ApiOkResponse({ standardSchema: identityProviders })
  async list(@By() caller: Caller) {
    return { redirectUri: this.openId.redirectUri, items: await this.providers.list(caller) };
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'Name a provider through which people of your party sign in. It is asked whether it is one.',
  })
  @ApiCreatedResponse({ standardSchema: identityProvider })
  async make(@By() caller: Caller, @Body({ schema: makeIdentityProvider }) input: MakeIdentityProvider) {
    return this.providers.make(caller, input);
  }

  @Post(':id/client-secret')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Another client secret in place of the one before.' })
  @ApiOkResponse({ standardSchema: identityProvider })
  async changeSecret(
    @By() caller: Caller,
    @Param('id', { schema: id }) providerId: string,
    @Body({ schema: changeClientSecret }) { clientSecret }: ChangeClientSecret,
  ) {
    return this.providers.changeSecret(caller, providerId, clientSecret);
  }

  @Delete(':id')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary: 'End a provider, the identities linked to it and the sessions opened through it.',
  })
  @ApiOkResponse({ standardSchema: identityProvider })
  async end(@By() caller: Caller, @Param('id', { schema: id }) providerId: string) {
    return this.providers.end(caller, providerId);
  }
}
