/** What a call says of where it comes from. */
export interface Origin {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether it bears a session's cookie. */
  hasSession: boolean;
}

/** Methods that change nothing here (RFC 9110, section 9.2.1). */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a call that changes something comes from a page of another site. Browsers say so in `Sec-Fetch-Site` (Fetch
 * Metadata) and `Origin` (RFC 6454); programs send neither and hold no other person's cookie. Our own pages send
 * `Origin: null`, for they tell nobody where they are; without Fetch Metadata that is taken as foreign as soon as a
 * session comes along.
 */
export function isCrossSite({ method, headers, hasSession }: Origin, publicUrl: string): boolean {
  if (safeMethods.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  if (origin === 'null') return site === undefined && hasSession;
  return !isOurs(String(origin), String(headers.host ?? ''), publicUrl);
}

/** An origin is ours when it is the public address or the very host that was called. */
function isOurs(origin: string, host: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(publicUrl).origin || (host !== '' && from.host === host.toLowerCase());
}
