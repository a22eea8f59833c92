import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { coordinationFunctions, expectedRoles, statesWithoutHolidays } from '#libs/directory';
import { For } from '../http/audience.js';
import { directoryWords } from './directory-words.contract.js';

/** Words that forms of the directory offer. */
@ApiTags('directory')
@Controller('directory-words')
export class DirectoryWordsController {
  private readonly offered = {
    expectedRoles,
    coordination: coordinationFunctions,
    statesWithoutHolidays: statesWithoutHolidays(),
  };

  @Get()
  @For('network', ['full', 'token'])
  @ApiOperation({
    summary:
      'Words to choose from for points of contact, and the States whose public holidays are not known.',
  })
  @ApiOkResponse({ standardSchema: directoryWords })
  all() {
    return this.offered;
  }
}
