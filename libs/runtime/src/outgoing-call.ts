import { lookup } from 'node:dns/promises';
import { request as requestByHttp, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { request as requestByHttps, Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { isLoopback, isPublic } from './network-address.js';

/** Milliseconds that a whole call may take, and bytes that its answer may have. */
const longest = 10_000;
const largest = 262_144;

/** Ports that are called beyond loopback; empty: 443. Others belong to services that are no business of whoever writes one. */
const ports = ['', '8443'];

/**
 * Why a call was not made or brought nothing: its address is not one that is called, it leads to where nothing is
 * called, its name is unknown, nobody answered, it took too long, the answer was too large.
 */
export type OutgoingFault = 'address' | 'place' | 'name' | 'silence' | 'time' | 'size';

/** A call that brought no answer. Its message holds no address. */
export class OutgoingCallError extends Error {
  constructor(readonly fault: OutgoingFault) {
    super(`the outgoing call failed: ${fault}`);
    this.name = 'OutgoingCallError';
  }
}

export interface OutgoingOptions {
  /** That loopback may be called, by http too: for tests and for trying out on one's own machine. */
  reachesLoopback: boolean;
  /** The addresses of a name; the system's own way to find them unless told otherwise. */
  resolve?: (name: string) => Promise<readonly string[]>;
  milliseconds?: number;
  bytes?: number;
}

/** What is asked; of the Fetch API what is needed here. */
export interface OutgoingAsk {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

const ofSystem = async (name: string): Promise<string[]> =>
  (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * The one way in which this project calls an address that somebody else has written. Only https at its
 * usual ports, only public addresses: the name is resolved once, each of its addresses is looked at, and the connection goes to those and no
 * others. No redirect is followed, no proxy of the environment asked; time and size of the answer have limits.
 */
export class OutgoingCalls {
  constructor(private readonly options: OutgoingOptions) {}

  get reachesLoopback(): boolean {
    return this.options.reachesLoopback;
  }

  /**
   * Answers as `fetch` does with `redirect: 'manual'`, the body read whole. Raises {@link OutgoingCallError}, and
   * what the signal of the caller bears.
   */
  async fetch(address: string, ask: OutgoingAsk = {}): Promise<Response> {
    const own = AbortSignal.timeout(this.options.milliseconds ?? longest);
    const signal = ask.signal ? AbortSignal.any([own, ask.signal]) : own;
    try {
      const url = readAddress(address);
      const places = await orAborted(this.placesOf(url), signal);
      return await this.call(url, places, ask, signal);
    } catch (error) {
      if (error instanceof OutgoingCallError) throw error;
      if (ask.signal?.aborted) throw ask.signal.reason;
      throw new OutgoingCallError(own.aborted ? 'time' : 'silence');
    }
  }

  /** Where the connection may go. The URL parser has brought every spelling of an IPv4 address into its usual one. */
  private async placesOf({ protocol, hostname, port }: URL): Promise<readonly string[]> {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const places = isIP(host) ? [host] : await this.resolved(host);
    const { reachesLoopback } = this.options;
    const allowed = (place: string): boolean =>
      (protocol === 'https:' && ports.includes(port) && isPublic(place)) ||
      (reachesLoopback && isLoopback(place));
    if (!places.every(allowed)) throw new OutgoingCallError('place');
    return places;
  }

  private async resolved(name: string): Promise<readonly string[]> {
    const places = await (this.options.resolve ?? ofSystem)(name).catch(() => []);
    if (places.length === 0) throw new OutgoingCallError('name');
    return places;
  }

  private async call(url: URL, places: readonly string[], ask: OutgoingAsk, signal: AbortSignal) {
    const secure = url.protocol === 'https:';
    // An agent of its own: it shares no connection, and asks no proxy that the environment names.
    const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    try {
      return await new Promise<Response>((resolve, reject) => {
        const options = {
          ...{ agent, signal, method: ask.method ?? 'GET', maxHeaderSize: 16_384 },
          // Nothing is unpacked: a small answer cannot become a large one.
          headers: { ...ask.headers, 'accept-encoding': 'identity' },
          lookup: pinnedTo(places),
        };
        const call = (secure ? requestByHttps : requestByHttp)(url, options, (answer) => {
          this.whole(answer).then(resolve, reject);
        });
        call.on('error', reject);
        call.end(bytesOf(ask.body));
      });
    } finally {
      agent.destroy();
    }
  }

  private async whole(answer: IncomingMessage): Promise<Response> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > (this.options.bytes ?? largest)) throw new OutgoingCallError('size');
      parts.push(part);
    }
    const headers = new Headers();
    for (const [name, values] of Object.entries(answer.headersDistinct))
      for (const value of values ?? []) headers.append(name, value);
    const status = answer.statusCode ?? 0;
    const body = [204, 205, 304].includes(status) ? null : Buffer.concat(parts);
    return new Response(body, { status, headers });
  }
}

function readAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const named = url && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '';
  if (!named || url.username !== '' || url.password !== '') throw new OutgoingCallError('address');
  return url;
}

type Found = (
  error: Error | null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void;

/** In place of a second resolution, which might find something else: what was looked at, and nothing more. */
const pinnedTo =
  (places: readonly string[]) =>
  (_name: string, options: { all?: boolean | undefined }, found: Found): void => {
    const [first = ''] = places;
    if (options.all)
      found(
        null,
        places.map((address) => ({ address, family: isIP(address) })),
      );
    else found(null, first, isIP(first));
  };

function bytesOf(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body is text, bytes or a form');
}

/** The same, unless the signal comes first: a resolver knows no signal. */
const orAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new OutgoingCallError('time')), { once: true });
    work.then(resolve, reject);
  });

/** By the settings of a process: loopback is reached where a process out of production is itself reached there alone. */
export const outgoingCalls = ({ NODE_ENV, PUBLIC_URL }: { NODE_ENV: string; PUBLIC_URL: string }) => {
  const { hostname } = new URL(PUBLIC_URL);
  const local = hostname === 'localhost' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
  return new OutgoingCalls({ reachesLoopback: NODE_ENV !== 'production' && local });
};
