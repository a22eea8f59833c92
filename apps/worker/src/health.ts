import { createServer, type Server } from 'node:http';

/** Milliseconds without a successful sweep after which a worker is not well. */
const tooLong = 30_000;

/** Answers 200 while the worker's last sweep is recent, 503 when it is not; for container probes. */
export function serveHealth(host: string, port: number, sinceSweep: () => number): Server {
  return createServer((_call, reply) => {
    const isUp = sinceSweep() < tooLong;
    reply.writeHead(isUp ? 200 : 503, { 'content-type': 'application/json' });
    reply.end(JSON.stringify({ status: isUp ? 'up' : 'not sweeping' }));
  }).listen(port, host);
}
