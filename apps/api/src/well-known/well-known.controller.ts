import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { clock, Problem } from '#libs/runtime';
import { For } from '../http/audience.js';
import { PUBLIC_URL } from '../http/public-url.js';
import { securityText } from './security-text.js';

/** Whom to tell of a weakness in this instance, as an address; undefined where the operator has named nobody. */
export const SECURITY_CONTACT = Symbol('security contact');

@ApiExcludeController()
@Controller('.well-known')
export class WellKnownController {
  constructor(
    @Inject(SECURITY_CONTACT) private readonly contact: string | undefined,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get('security.txt')
  @For('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  security(): string {
    const { contact, publicUrl } = this;
    if (!contact) throw new Problem('not-found', 'No contact has been named for this instance.');
    return securityText({ contact, publicUrl, at: clock.now() });
  }
}
