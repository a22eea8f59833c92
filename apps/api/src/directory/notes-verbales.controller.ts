import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#libs/access';
import { NotesVerbales, noteFileTypes } from '#libs/directory';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import { giveNote, note, noteBodyLimit, notes, type GiveNote } from './notes-verbales.contract.js';

const id = z.uuid();

/** Notes verbales by which a party's authority names and removes its points of contact. */
@ApiTags('directory')
@Controller('points-of-contact/:id/notes-verbales')
export class NotesVerbalesController {
  constructor(private readonly notes: NotesVerbales) {}

  @Post()
  @For('network', ['full'], { bodyBytes: noteBodyLimit })
  @Mutation()
  @ApiOperation({ summary: 'Give the note verbale that names or removes a point of contact of your party.' })
  @ApiCreatedResponse({ standardSchema: note })
  async give(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Body({ schema: giveNote }) input: GiveNote,
  ) {
    return this.notes.give(caller, entryId, input);
  }

  @Get()
  @For('network')
  @ApiOperation({
    summary:
      'Notes verbales about a point of contact, for administrators of its party and for the secretariat.',
  })
  @ApiOkResponse({ standardSchema: notes })
  async all(@By() caller: Caller, @Param('id', { schema: id }) entryId: string, @IsHead() isHead: boolean) {
    return this.notes.of(caller, entryId, isHead);
  }

  @Get(':note/file')
  @For('network')
  @ApiOperation({ summary: 'The file of a note verbale, as it was given.' })
  @ApiProduces(...noteFileTypes)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @By() caller: Caller,
    @Param('id', { schema: id }) entryId: string,
    @Param('note', { schema: id }) noteId: string,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, mediaType, bytes } = await this.notes.file(caller, entryId, noteId, isHead);
    void reply
      .header('content-type', mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType)
      // Saved and never shown here: what others wrote is no page of ours (RFC 6266, RFC 8187).
      .header('content-disposition', `attachment; filename="note-verbale"; filename*=UTF-8''${encoded(name)}`)
      .send(bytes);
  }
}

const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
