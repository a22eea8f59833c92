import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outgoingCalls, type OutgoingCalls } from '#libs/runtime';
import { waitUntil } from './waiting.js';

/** One call as it arrived. */
export interface CaughtCall {
  host: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: Record<string, string>;
}

/** The far end of webhooks and gateways under `.example`: it takes what is said to them, or answers as it is told. */
export class EndpointSink {
  readonly calls: CaughtCall[] = [];
  /** What is answered; the last one again and again. */
  statuses: number[] = [200];
  /** The same for one host alone. */
  readonly statusesOf = new Map<string, number[]>();

  private constructor(private readonly server: Server) {
    server.on('request', (call, reply) => {
      const parts: Buffer[] = [];
      call.on('data', (part: Buffer) => parts.push(part));
      call.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const { url = '', headers } = call;
        const host = String(headers['x-asked-for']);
        this.calls.push({ host, path: url, headers, text, body: JSON.parse(text) as Record<string, string> });
        const statuses = this.statusesOf.get(host) ?? this.statuses;
        const status = statuses.length > 1 ? statuses.shift() : statuses[0];
        reply.writeHead(status ?? 200).end();
      });
    });
  }

  static async start(): Promise<EndpointSink> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new EndpointSink(server);
  }

  /** Outgoing calls that find every name under `.example` here; any other goes where it goes. */
  get outgoing(): Pick<OutgoingCalls, 'fetch'> {
    const { port } = this.server.address() as AddressInfo;
    const real = outgoingCalls({ NODE_ENV: 'test', PUBLIC_URL: 'http://localhost' });
    return {
      fetch: async (address, ask = {}) => {
        const { host, hostname, pathname, search } = new URL(address);
        if (!hostname.endsWith('.example')) return real.fetch(address, ask);
        const headers = { ...ask.headers, 'x-asked-for': host };
        return real.fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...ask, headers });
      },
    };
  }

  /** The call that comes as number `count` (from 1) to a host. */
  async callTo(host: string, count = 1): Promise<CaughtCall> {
    return waitUntil(
      `call ${count} to ${host}`,
      () => this.calls.filter((call) => call.host === host)[count - 1],
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((stopped) => this.server.close(stopped));
  }
}
