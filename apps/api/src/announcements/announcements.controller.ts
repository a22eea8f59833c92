import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Announcements, type Caller } from '#libs/access';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { Mutation } from '../http/mutation.js';
import { fromCursor, toCursor } from '../requests/cursor.js';
import {
  announce,
  announcement,
  announcementFilter,
  announcementPage,
  withdrawal,
  type Announce,
  type AnnouncementFilter,
  type Withdrawal,
} from './announcements.contract.js';

const id = z.uuid({ error: 'must be the id of an announcement' });

/** What the secretariat tells the accounts of the network. Not requests, and about none. */
@ApiTags('announcements')
@Controller('announcements')
export class AnnouncementsController {
  constructor(private readonly announcements: Announcements) {}

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Announce something to the network, by mail as well if wanted. Not a request.' })
  @ApiCreatedResponse({ standardSchema: announcement })
  async announce(@By() caller: Caller, @Body({ schema: announce }) input: Announce) {
    return this.announcements.announce(caller, input);
  }

  @Get()
  @For('network')
  @ApiOperation({ summary: 'Announcements for you, newest first, those withdrawn since among them.' })
  @ApiOkResponse({ standardSchema: announcementPage })
  async page(@By() caller: Caller, @Query({ schema: announcementFilter }) filter: AnnouncementFilter) {
    const { cursor, limit } = filter;
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const { items, next } = await this.announcements.page(caller, { after, limit });
    return { items, next: next && toCursor(next) };
  }

  @Get(':id')
  @For('network')
  @ApiOperation({ summary: 'One announcement. Reading it here does not mark it as read.' })
  @ApiOkResponse({ standardSchema: announcement })
  async one(@By() caller: Caller, @Param('id', { schema: id }) announcementId: string) {
    return this.announcements.one(caller, announcementId);
  }

  @Post(':id/read')
  @For('network')
  @HttpCode(200)
  @Mutation()
  @ApiOperation({
    summary: 'Mark it as read. The secretariat learns how many did, and of nobody that they did.',
  })
  @ApiOkResponse({ standardSchema: announcement })
  async read(@By() caller: Caller, @Param('id', { schema: id }) announcementId: string) {
    return this.announcements.read(caller, announcementId);
  }

  @Post(':id/withdrawal')
  @For('network')
  @HttpCode(200)
  @Mutation()
  @ApiOperation({
    summary: 'Withdraw it, with a reason. It stays to be read; mails that have not left do not leave.',
  })
  @ApiOkResponse({ standardSchema: announcement })
  async withdraw(
    @By() caller: Caller,
    @Param('id', { schema: id }) announcementId: string,
    @Body({ schema: withdrawal }) { reason }: Withdrawal,
  ) {
    return this.announcements.withdraw(caller, announcementId, reason);
  }
}
