import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { For } from './audience.js';

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Aldis</title>
<h1>Aldis</h1>
<p>Points of contact, requests for assistance and their acknowledgement between States (A/76/135, paragraphs 53, 54 and 76 to 78).</p>
<ul>
<li><a href="/api/docs">The programming interface, to read and try</a></li>
<li><a href="/api/v1/openapi.json">The same as an OpenAPI document</a></li>
<li><a href="/api/v1/ready">Whether it is ready</a></li>
MAILBOX</ul>
</html>
`;

/** What stands at the address that `npm start` prints. */
export const homePage = (mailbox: boolean): string =>
  page.replace('MAILBOX', mailbox ? '<li><a href="/mailbox">The mailbox: what was sent</a></li>\n' : '');

/** Controller for the start page; whether there is a mailbox is known when the server is made. */
export function homeController(mailbox: boolean) {
  @ApiExcludeController()
  @Controller()
  class HomeController {
    @Get()
    @For('public')
    @Header('content-type', 'text/html; charset=utf-8')
    @Header('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
    home(): string {
      return homePage(mailbox);
    }
  }
  return HomeController;
}
