import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Accounts, type Caller } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { account, accounts } from './accounts.contract.js';

@ApiTags('access')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @For('network')
  @ApiOperation({
    summary:
      "The accounts that you answer for: your party's, or the network's and administrators of parties.",
  })
  @ApiOkResponse({ standardSchema: accounts })
  async list(@By() caller: Caller) {
    return { items: await this.accounts.list(caller) };
  }

  @Delete(':id')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'End an account and its sessions at once. What was done under it stays.' })
  @ApiOkResponse({ standardSchema: account })
  async end(@By() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.accounts.end(caller, id);
  }
}
