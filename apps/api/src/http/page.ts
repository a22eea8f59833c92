import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage, isLanguage, parseAcceptLanguage, type Language } from '#libs/wording';
import { pageWith } from './headers.js';

/** Whether the call is for a page that people read, and not for the programming interface. */
export const asksForPage = ({ url }: FastifyRequest): boolean =>
  /^\/(?:ack|invite|organization-sign-in)(?:[/?]|$)/.test(url);

/** The language of the page: the one asked for by `?lang=`, else the reader's preferred one. */
export function languageOf({ query, headers }: FastifyRequest): Language {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return isLanguage(asked) ? asked : chooseLanguage(parseAcceptLanguage(headers['accept-language']));
}

/** 128 random bits that name one style element of one answer. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/** Sends a page that runs no script and fetches nothing; `write` is given the nonce of its one style element. */
export function sendPage(reply: FastifyReply, status: number, write: (nonce: string) => string): void {
  const nonce = newNonce();
  void reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', pageWith(nonce))
    .send(write(nonce));
}
