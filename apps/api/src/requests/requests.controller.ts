import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Work, type PartyCaller } from '#libs/access';
import { ClockQueries, DeliveryQueries, Observations, RequestQueries, Requests } from '#libs/requests';
import { Problem } from '#libs/runtime';
import { For } from '../http/audience.js';
import { ByParty } from '../http/caller.guard.js';
import { IsHead } from '../http/is-head.js';
import { Mutation } from '../http/mutation.js';
import { requestClocks } from './clocks.contract.js';
import { fromCursor, toCursor } from './cursor.js';
import {
  deliveries,
  doAct,
  fileRequest,
  inputOf,
  requestFilter,
  requestId,
  requestPage,
  requestView,
  type DoAct,
  type FileRequest,
  type RequestFilter,
} from './requests.contract.js';

@ApiTags('requests')
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly work: Work,
    private readonly requests: Requests,
    private readonly queries: RequestQueries,
    private readonly deliveryQueries: DeliveryQueries,
    private readonly clockQueries: ClockQueries,
    private readonly observations: Observations,
  ) {}

  @Post()
  @For('member')
  @Mutation()
  @ApiOperation({ summary: 'File a request for assistance: five fields send it; `draft` keeps it.' })
  @ApiCreatedResponse({ standardSchema: requestView })
  async open(@ByParty() caller: PartyCaller, @Body({ schema: fileRequest }) input: FileRequest) {
    if (input.from !== undefined && input.from !== caller.party)
      throw new Problem('invalid-input', 'A request is filed by your own party.', {
        errors: [{ pointer: '#/from', detail: `is not your party, which is ${caller.party}` }],
      });
    return this.requests.open(caller, inputOf(input), input.draft ? 'save' : 'send');
  }

  @Get()
  @For('member')
  @ApiOperation({ summary: 'Requests that concern your body or are shared with you, newest first.' })
  @ApiOkResponse({ standardSchema: requestPage })
  async page(@ByParty() caller: PartyCaller, @Query({ schema: requestFilter }) filter: RequestFilter) {
    const { cursor, ...rest } = filter;
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const { items, next } = await this.work.read(caller, (tx) =>
      this.queries.page(tx, caller, { ...rest, after }),
    );
    return { items, next: next && toCursor(next) };
  }

  @Get(':id')
  @For('body')
  @ApiOperation({ summary: 'Your own view of one request: its lines, its timeline, what you can do next.' })
  @ApiOkResponse({ standardSchema: requestView })
  async one(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @IsHead() isHead: boolean,
  ) {
    return this.work.read(caller, (tx) =>
      isHead ? this.queries.one(tx, caller, id) : this.observations.read(tx, caller, id),
    );
  }

  @Post(':id/acts')
  @For('body')
  @Mutation()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Do an act. `allowedActs` of the request says which are possible, and why others are not.',
  })
  @ApiOkResponse({ standardSchema: requestView })
  async act(
    @ByParty() caller: PartyCaller,
    @Param('id', { schema: requestId }) id: string,
    @Body({ schema: doAct }) input: DoAct,
  ) {
    const { request, text, answer, answers, redirectTo, ...rest } = input;
    return this.requests.act(caller, id, {
      ...rest,
      said: { text, answer, answers, redirectTo },
      ...(request ? { request: inputOf(request) } : {}),
    });
  }

  @Get(':id/clocks')
  @For('body')
  @ApiOperation({ summary: 'The clocks of a request: what is waited for, until when, and why until then.' })
  @ApiOkResponse({ standardSchema: requestClocks })
  async clocks(@ByParty() caller: PartyCaller, @Param('id', { schema: requestId }) id: string) {
    return this.work.read(caller, (tx) => this.clockQueries.of(tx, caller, id));
  }

  @Get(':id/deliveries')
  @For('body')
  @ApiOperation({ summary: 'The notices of a request and every attempt to deliver them.' })
  @ApiOkResponse({ standardSchema: deliveries })
  async deliveries(@ByParty() caller: PartyCaller, @Param('id', { schema: requestId }) id: string) {
    return { items: await this.work.read(caller, (tx) => this.deliveryQueries.of(tx, id)) };
  }
}
