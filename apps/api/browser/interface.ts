/** A call that the interface refused, by the code of its problem (RFC 9457). */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly retryAfter: number | undefined,
  ) {
    super(code);
  }
}

interface ProblemDocument {
  type?: string;
  retryAfter?: number;
}

/** Calls the interface as this page's visitor. Raises {@link Refused}, `other` where nothing better is known. */
export async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const answer = await fetch(`/api/v1/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  }).catch(() => undefined);
  if (!answer) throw new Refused('other', undefined);
  const text = await answer.text();
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  throw refusal(text);
}

function refusal(text: string): Refused {
  try {
    const { type = '', retryAfter } = JSON.parse(text) as ProblemDocument;
    return new Refused(type.replace('urn:aldis:problem:', ''), retryAfter);
  } catch {
    return new Refused('other', undefined);
  }
}
