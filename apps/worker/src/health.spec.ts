import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveHealth } from './health.js';

describe("the worker's health", () => {
  it('is good while sweeps succeed and bad when they have stopped', async () => {
    let since = 0;
    const server = serveHealth('127.0.0.1', 0, () => since);
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const ask = async () => (await fetch(`http://127.0.0.1:${port}`)).status;
      expect(await ask()).toBe(200);
      since = 60_000;
      expect(await ask()).toBe(503);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
