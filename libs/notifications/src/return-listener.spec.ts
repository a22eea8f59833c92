import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { listenForReturns } from './return-listener.service.js';

const nobody = { noticeOf: async () => Promise.resolve(undefined) };
const none = { take: async () => Promise.resolve('nothing' as const) };
const greeting = async (port: number): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const [first] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return first.toString();
};

describe('the listener for mails that come back', () => {
  it('waits for a port that another process has, and holds up nothing by that', async () => {
    const other = createServer((socket) => socket.end('another'));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const said: string[] = [];
    let told: () => void = () => undefined;
    const logger = {
      error: (_: object, text: string) => {
        said.push(text);
        told();
      },
      debug: () => undefined,
    };
    const place = { host: '127.0.0.1', port, every: 10 };
    const listener = await listenForReturns(place, nobody, none, logger as never);
    try {
      expect(said).toEqual(['mails that come back are not taken']);
      expect(await greeting(port)).toBe('another');
      const refusedAgain = new Promise<void>((resolve) => (told = resolve));
      await refusedAgain;
      other.close();
      let text = '';
      while (text === '') text = await greeting(port).catch(() => '');
      expect(text).toMatch(/^220 .*returned mail/);
    } finally {
      await listener.close();
    }
    await expect(greeting(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('stops waiting when it is closed', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const logger = { error: () => undefined, debug: () => undefined };
    const listener = await listenForReturns(
      { host: '127.0.0.1', port, every: 1 },
      nobody,
      none,
      logger as never,
    );
    await listener.close();
    other.close();
    await once(other, 'close');
    await expect(greeting(port)).rejects.toThrow('ECONNREFUSED');
  });
});
