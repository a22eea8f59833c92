import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so; the only kind of waiting in tests. Raises with its name when it never comes. */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T> | T,
  milliseconds = 20_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain until ${what}`);
    await sleep(25);
  }
}

/** A port on the loopback interface that nobody uses. */
export const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
