import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CheckpointQueries } from '#libs/ledger';
import { UnitOfWork, type Tx } from '#libs/runtime';
import { SigningKeys } from '#libs/vault';
import { For } from '../http/audience.js';
import {
  checkpointFilter,
  checkpointPage,
  publishedKeys,
  signedCheckpoint,
  type CheckpointFilter,
} from './ledger.contract.js';

const anyone = { actor: 'anonymous', party: null, body: null, purpose: 'read' };

/** Checkpoints are public: only copies outside can show that the record was rewritten. */
@ApiTags('ledger')
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly units: UnitOfWork,
    private readonly checkpoints: CheckpointQueries,
    private readonly keys: SigningKeys,
  ) {}

  @Get('checkpoints')
  @For('public')
  @ApiOperation({ summary: 'Signed checkpoints of the whole record, newest first. Keep copies of them.' })
  @ApiOkResponse({ standardSchema: checkpointPage })
  async page(@Query({ schema: checkpointFilter }) filter: CheckpointFilter) {
    return this.read((tx) => this.checkpoints.page(tx, filter));
  }

  @Get('checkpoints/latest')
  @For('public')
  @ApiOperation({
    summary: 'The newest checkpoint. One is made every five minutes, whether or not anything happened.',
  })
  @ApiOkResponse({ standardSchema: signedCheckpoint })
  async latest() {
    return this.read((tx) => this.checkpoints.latest(tx));
  }

  @Get('key')
  @For('public')
  @ApiOperation({
    summary:
      'The public keys of checkpoints and receipts as a JWK Set, the one that signs now first. Keep a copy.',
  })
  @ApiOkResponse({ standardSchema: publishedKeys })
  key() {
    return { keys: [...this.keys.published] };
  }

  private async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.units.run(anyone, work);
  }
}
