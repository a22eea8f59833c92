import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { recordView, Work, type Caller } from '#libs/access';
import { ContactKeys, EntryReadings, KeyEnds, KeyLookups, KeyQueries, KeyTests } from '#libs/directory';
import type { Tx } from '#libs/runtime';
import { z } from 'zod';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import {
  addKey,
  confirmKey,
  confirmTest,
  key,
  keyFilter,
  keyLookUp,
  keys,
  lookAtKeys,
  lookedAtKeys,
  lookUpKeys,
  sentTest,
  type AddKey,
  type ConfirmKey,
  type ConfirmTest,
  type KeyFilter,
  type LookAtKeys,
  type LookUpKeys,
} from './keys.contract.js';

const id = z.uuid();
const mediaTypes = { openpgp: 'application/pgp-keys', smime: 'application/x-pem-file' } as const;

/** Keys with which mails to channels can be encrypted. */
@ApiTags('directory')
@Controller('keys')
export class KeysController {
  constructor(
    private readonly work: Work,
    private readonly queries: KeyQueries,
    private readonly contactKeys: ContactKeys,
    private readonly ends: KeyEnds,
    private readonly lookups: KeyLookups,
    private readonly tests: KeyTests,
    private readonly readings: EntryReadings,
  ) {}

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'All keys of your own party, or those of one point of contact of any party.' })
  @ApiOkResponse({ standardSchema: keys })
  async all(
    @By() caller: Caller,
    @Query({ schema: keyFilter }) { pointOfContact }: KeyFilter,
    @IsHead() isHead: boolean,
  ) {
    if (pointOfContact === undefined)
      return { items: await this.work.read(caller, (tx) => this.queries.own(tx, caller)) };
    return this.work.read(caller, async (tx) => {
      const { party, items } = await this.queries.ofEntry(tx, caller, pointOfContact);
      if (!isHead) await this.lookedUp(tx, caller, { party, pointOfContact });
      return { items };
    });
  }

  @Get(':id')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'One key. Others read it once a second person has confirmed it.' })
  @ApiOkResponse({ standardSchema: key })
  async one(@By() caller: Caller, @Param('id', { schema: id }) keyId: string, @IsHead() isHead: boolean) {
    return this.work.read(caller, async (tx) => {
      const found = await this.queries.one(tx, caller, keyId);
      if (!isHead) await this.lookedUp(tx, caller, found);
      return found;
    });
  }

  @Get(':id/file')
  @For('network', ['full', 'token'])
  @ApiOperation({ summary: 'The key itself: ASCII armor of OpenPGP, PEM of a certificate.' })
  @ApiProduces(...Object.values(mediaTypes))
  @ApiOkResponse({ schema: { type: 'string' } })
  async file(
    @By() caller: Caller,
    @Param('id', { schema: id }) keyId: string,
    @IsHead() isHead: boolean,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { kind, fingerprint, file } = await this.work.read(caller, async (tx) => {
      const found = await this.queries.file(tx, caller, keyId);
      if (!isHead) await this.lookedUp(tx, caller, found);
      return found;
    });
    const name = `${fingerprint}.${kind === 'openpgp' ? 'asc' : 'pem'}`;
    void reply
      .header('content-type', mediaTypes[kind])
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(file);
  }

  @Post('look-at')
  @For('network')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What a file with keys holds, for a channel of your party. Nothing of it is kept.',
  })
  @ApiOkResponse({ standardSchema: lookedAtKeys })
  async lookAt(@By() caller: Caller, @Body({ schema: lookAtKeys }) { channel, file }: LookAtKeys) {
    return this.contactKeys.look(caller, channel, file);
  }

  @Post('look-up')
  @For('network')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Look for keys of a mail channel in the Web Key Directory of its domain. Nothing of it is kept.',
  })
  @ApiOkResponse({ standardSchema: keyLookUp })
  async lookUp(@By() caller: Caller, @Body({ schema: lookUpKeys }) { channel }: LookUpKeys) {
    return this.lookups.look(caller, channel);
  }

  @Post()
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'Add a key to a mail channel: a second person confirms it. A revoked copy revokes a key at once.',
  })
  @ApiCreatedResponse({ standardSchema: key })
  async add(@By() caller: Caller, @Body({ schema: addKey }) { channel, file, fingerprint }: AddKey) {
    return this.contactKeys.add(caller, channel, file, fingerprint);
  }

  @Post(':id/confirm')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm a key that somebody else of your party added: others see it from now on.',
  })
  @ApiOkResponse({ standardSchema: key })
  async confirm(
    @By() caller: Caller,
    @Param('id', { schema: id }) keyId: string,
    @Body({ schema: confirmKey }) { version }: ConfirmKey,
  ) {
    return this.contactKeys.confirm(caller, keyId, version);
  }

  @Delete(':id')
  @For('network')
  @Mutation()
  @ApiOperation({
    summary:
      'End a key for good, or take back one that waits to be confirmed. Where others rely on it, the first administrator proposes its end (202), and another one ends it.',
  })
  @ApiOkResponse({ standardSchema: key })
  @ApiAcceptedResponse({ standardSchema: key })
  async end(
    @By() caller: Caller,
    @Param('id', { schema: id }) keyId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { key: answer, waits } = await this.ends.end(caller, keyId);
    return waits ? (reply.status(202), answer) : answer;
  }

  @Post(':id/keep')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Keep a key whose end is proposed: take back what you proposed, or decline what another administrator did.',
  })
  @ApiOkResponse({ standardSchema: key })
  async keep(@By() caller: Caller, @Param('id', { schema: id }) keyId: string) {
    return this.ends.keep(caller, keyId);
  }

  @Post(':id/test')
  @For('network')
  @Mutation()
  @ApiOperation({ summary: 'Send a code, encrypted to the key, to its mailbox.' })
  @ApiCreatedResponse({ standardSchema: sentTest })
  async sendTest(@By() caller: Caller, @Param('id', { schema: id }) keyId: string) {
    return this.tests.send(caller, keyId);
  }

  @Post(':id/test/confirm')
  @For('network')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Say the newest code back: the key is tested. Five tries.' })
  @ApiOkResponse({ standardSchema: key })
  async confirmTest(
    @By() caller: Caller,
    @Param('id', { schema: id }) keyId: string,
    @Body({ schema: confirmTest }) { code }: ConfirmTest,
  ) {
    return this.tests.confirm(caller, keyId, code);
  }

  /** Counts the entry, whose addresses stand in its keys, and records that keys of another party were looked up. */
  private async lookedUp(
    tx: Tx,
    caller: Caller,
    { party, pointOfContact }: { party: string; pointOfContact: string },
  ): Promise<void> {
    await this.readings.count(tx, caller, [{ id: pointOfContact, party }]);
    await recordView(tx, caller, { kind: 'look-up', sought: party });
  }
}
