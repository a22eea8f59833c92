import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { textsIn } from '#libs/wording';
import { sessionCookie } from './http/caller.guard.js';
import { requestExamples } from './requests/requests.contract.js';

const description = `Points of contact, requests for assistance and their acknowledgement between States, as A/76/135 describes them.

Sign in with \`POST /api/v1/sessions\`, then file with \`POST /api/v1/requests\`. Errors are RFC 9457 problems.
One address may call 300 times a minute unless the operator says otherwise; beyond it is 429 with \`Retry-After\`.
An acknowledgement acknowledges receipt only: it is not a commitment and not a statement on the facts described.`;

/** The OpenAPI 3.1 document, derived from the contracts of the routes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Aldis')
    .setDescription(description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addCookieAuth(sessionCookie)
    .addBearerAuth({ type: 'http', description: 'An API token: `aldis_…`' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  // A schema's own example does not survive the conversion from its contract.
  for (const [name, example] of Object.entries(requestExamples))
    Object.assign(document.components?.schemas?.[name] ?? {}, { example });
  return document;
}

const plain = '.swagger-ui .topbar { display: none } body > svg { position: absolute; width: 0; height: 0 }';
const banner = `body::before { content: '${textsIn('en').marking.sample}'; display: block; padding: .6rem 1rem;
  background: #fff3cd; color: #3d2c00; font: 600 1rem/1.5 system-ui, sans-serif }`;

/** Serves the document, and pages to read and try it; those of a sample world say so. */
export function serveDocs(app: INestApplication, isSample: boolean): void {
  SwaggerModule.setup('api/docs', app, describeApi(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customCss: isSample ? plain + banner : plain,
    customSiteTitle: 'Aldis: programming interface',
  });
}
