import type { Socket } from 'node:net';
import { Problem } from '#libs/runtime';
import { noPage } from './headers.js';

/**
 * Answers bytes that are no HTTP call, or one whose headers are longer than the server reads (16 KiB), straight on the
 * connection: there is no call yet that an answer could belong to. Nothing of what was sent is repeated.
 */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('headers-too-large', 'Address and headers together may have at most 16 KiB.')
      : new Problem('malformed-call', 'What was sent cannot be read as an HTTP call.');
  const body = JSON.stringify(problem.toDocument());
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `content-security-policy: ${noPage}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
