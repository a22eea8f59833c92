import type { FastifyInstance } from 'fastify';
import { Problem } from '#libs/runtime';

/** Bytes that a body may have; a form needs less. */
export const bodyLimit = 1_048_576;
const formLimit = 16_384;
/** Levels that JSON may be nested: no contract has more than five, and what walks a body must not run out of stack. */
const deepest = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON and forms, strictly: UTF-8 alone, no tricks with prototypes, not too deep. Raises `malformed-body`. */
export function readBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config?.bodyBytes !== undefined) route.bodyLimit = route.config.bodyBytes;
  });
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (call, body, done) => {
    try {
      const text = decode(body as Buffer);
      if (text.trim() === '') throw malformed('The body is empty.', 'must be a JSON object');
      if (nesting(text) > deepest)
        throw malformed('The body is nested too deep.', `has more than ${deepest} levels`);
      void parse(call, text, (error, value) => done(error ? unparsed(error) : null, value));
    } catch (error) {
      done(error as Error);
    }
  });
  const form = 'application/x-www-form-urlencoded';
  fastify.addContentTypeParser(form, { parseAs: 'buffer', bodyLimit: formLimit }, (_call, body, done) => {
    try {
      done(null, Object.fromEntries(new URLSearchParams(decode(body as Buffer))));
    } catch (error) {
      done(error as Error);
    }
  });
}

const malformed = (detail: string, fault: string) =>
  new Problem('malformed-body', detail, { errors: [{ pointer: '#', detail: fault }] });

const unparsed = ({ message }: Error) =>
  message.includes('prototype')
    ? malformed('The body has a key that is not read.', 'holds a key "__proto__" or "constructor"')
    : malformed('The body is not JSON.', 'cannot be parsed as JSON');

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw malformed('The body is not valid UTF-8.', 'holds bytes that are not UTF-8');
  }
}

/** How deep lists and objects are nested in a JSON text, well-formed or not; each character is looked at once. */
export function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') at++;
    else if (quoted) continue;
    else if (character === '[' || character === '{') most = Math.max(most, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return most;
}
