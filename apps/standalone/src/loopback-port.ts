import { createServer } from 'node:net';
import { StartRefused } from './start-refused.js';
import { hasCode } from './secret-file.js';

const bind = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

/** A port of the loopback interface that is free now. */
export const freeLoopbackPort = (): Promise<number> => bind('127.0.0.1', 0);

/**
 * The port to serve on: the one asked for when it is free, any free one for 0.
 * Raises {@link StartRefused} naming PORT or HOST when it cannot be had.
 */
export async function claimPort(host: string, port: number): Promise<number> {
  try {
    return await bind(host, port);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE'))
      throw new StartRefused(
        `Port ${port} is in use by another program. Choose another: PORT=${port + 1} npm start (PORT=0 takes any free one).`,
      );
    if (hasCode(error, 'EACCES'))
      throw new StartRefused(
        `Port ${port} needs more rights than this user has. Choose one above 1023 with PORT.`,
      );
    if (hasCode(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'))
      throw new StartRefused(`This machine has no address ${host}. Choose another with HOST.`);
    throw error;
  }
}
