import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#libs/runtime';
import { z } from 'zod';
import { For } from '../http/audience.js';

/** The scripts of the pages, by their names. */
export const SCRIPTS = Symbol('scripts');

/** Scripts of our own; the policy of a page lets no other run. */
@ApiExcludeController()
@Controller('scripts')
export class ScriptsController {
  constructor(@Inject(SCRIPTS) private readonly scripts: ReadonlyMap<string, string>) {}

  @Get(':name')
  @For('public')
  script(@Param('name', { schema: z.string().max(100) }) name: string, @Res() reply: FastifyReply): void {
    const script = this.scripts.get(name);
    if (script === undefined) throw new Problem('not-found', 'There is no such script.');
    void reply.header('content-type', 'text/javascript; charset=utf-8').send(script);
  }
}
