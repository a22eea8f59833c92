import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage, isLanguage, parseAcceptLanguage, type Language } from '#libs/wording';
import { pageWith } from './headers.js';

/** Whether the call is for a page that people read, and not for the programming interface. */
export const asksForPage = ({ url }: FastifyRequest): boolean =>
  /^\/(?:ack|confirm|invite|sign-in|account|verify|organization-sign-in)(?:[/?]|$)/.test(url);

/** The language of the page: the one asked for by `?lang=`, else the reader's preferred one. */
export function languageOf({ query, headers }: FastifyRequest): Language {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return isLanguage(asked) ? asked : chooseLanguage(parseAcceptLanguage(headers['accept-language']));
}

/** 128 random bits that name one style element of one answer. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/**
 * Sends a page; `write` is given the nonce of its one style element. It runs no script and fetches nothing unless
 * another policy is given.
 */
export function sendPage(
  reply: FastifyReply,
  status: number,
  write: (nonce: string) => string,
  policy: (nonce: string) => string = pageWith,
): void {
  const nonce = newNonce();
  void reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy(nonce))
    .send(write(nonce));
}

/** Sends a PDF that a browser shows, and saves under the name. */
export function sendPdf(reply: FastifyReply, name: string, pdf: Uint8Array): void {
  void reply
    .header('content-type', 'application/pdf')
    .header('content-disposition', `inline; filename="${name}"`)
    .send(Buffer.from(pdf));
}
