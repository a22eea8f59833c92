import { applyDecorators } from '@nestjs/common';
import { ApiDefaultResponse, ApiHeader } from '@nestjs/swagger';
import { problem } from './fields.js';

/** Documents what every call that changes something takes and answers. */
export const Mutation = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A value of your own for this call. A repeat with the same key is answered alike and done once.',
      schema: { type: 'string', maxLength: 128 },
    }),
    ApiDefaultResponse({ description: 'A problem (RFC 9457)', standardSchema: problem }),
  );
