import type { Response } from 'supertest';

interface Told {
  type?: string;
  status?: number;
  errors?: { pointer?: string; parameter?: string; header?: string; detail: string }[];
}

/**
 * Where a problem says that the fault lies: pointers, parameters, headers, each once; `none` where it does not say.
 * An answer that is no problem, or one of the server's own making, is told as it is.
 */
export function told(answer: Pick<Response, 'status' | 'headers' | 'text'>): string[] {
  const kind = answer.headers['content-type'];
  if (answer.status < 400 || answer.status >= 500 || kind !== 'application/problem+json; charset=utf-8')
    return [`${answer.status} ${kind} ${answer.text.slice(0, 300)}`];
  const { type, status, errors } = JSON.parse(answer.text) as Told;
  expect([status, type?.startsWith('urn:aldis:problem:')]).toEqual([answer.status, true]);
  const places = (errors ?? [{ detail: 'none' }]).map(
    ({ pointer, parameter, header }) => pointer ?? parameter ?? header ?? 'none',
  );
  return [...new Set(places)];
}
