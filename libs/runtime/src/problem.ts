/** Every problem the system can answer with: its HTTP status and its title (RFC 9457). */
export const problemCatalogue = {
  'invalid-input': { status: 400, title: 'The input does not fit' },
  'malformed-address': { status: 400, title: 'The address cannot be read' },
  'malformed-call': { status: 400, title: 'The call is not HTTP' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'The address or the password is wrong' },
  'second-factor-needed': { status: 401, title: 'Finish signing in first' },
  'wrong-second-factor': { status: 401, title: 'The second factor does not fit' },
  'organization-refused': { status: 401, title: 'Signing in through the organization did not succeed' },
  'step-up-needed': { status: 403, title: 'Give the second factor again first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'cross-site': { status: 403, title: 'The call came from another site' },
  'not-found': { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'It has changed meanwhile' },
  'clearance-needed': { status: 409, title: 'A second person has to clear this first' },
  'act-not-possible': { status: 409, title: 'This act is not possible now' },
  erased: { status: 410, title: 'Its content was erased' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not of a kind that is read here' },
  'too-many-tries': { status: 429, title: 'Too many tries' },
  'too-many-look-ups': { status: 429, title: 'Too many entries read within an hour' },
  'headers-too-large': { status: 431, title: 'The headers or the address are too long' },
  'too-many-calls': { status: 429, title: 'Too many calls from one address' },
  'key-reused': { status: 422, title: 'The Idempotency-Key was used for another call' },
  internal: { status: 500, title: 'Something went wrong here' },
  'organization-unavailable': { status: 503, title: 'The provider of the organization does not answer' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  'outcome-unknown': { status: 503, title: 'It is not known whether this was done' },
} as const;

export type ProblemCode = keyof typeof problemCatalogue;

/** One fault in the input: a JSON Pointer into the body (RFC 6901), or the name of a parameter or header. */
export interface Fault {
  pointer?: string;
  parameter?: string;
  header?: string;
  detail: string;
}

export interface ProblemExtra {
  errors?: readonly Fault[];
  /** Seconds after which a repeat makes sense; sent as Retry-After. */
  retryAfter?: number;
  [member: string]: unknown;
}

/** The one error that is answered to a caller as it is. `detail` is for people and holds nothing they may not see. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extra: ProblemExtra = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }

  get status(): number {
    return problemCatalogue[this.code].status;
  }

  /** The `application/problem+json` document (RFC 9457, section 3). */
  toDocument(): Record<string, unknown> {
    const { title, status } = problemCatalogue[this.code];
    return { type: `urn:aldis:problem:${this.code}`, title, status, detail: this.detail, ...this.extra };
  }
}

/** A JSON Pointer (RFC 6901) in its URI fragment form from the path of a fault. */
export const toPointer = (path: readonly PropertyKey[]): string =>
  '#' + path.map((step) => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
