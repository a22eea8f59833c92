import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutgoingCallError, outgoingCalls, OutgoingCalls, type OutgoingOptions } from './outgoing-call.js';

describe('an outgoing call', () => {
  let server: Server;
  let port: number;
  let reached: { url: string; host: string; method: string; body: string }[] = [];
  let answer: RequestListener = (_call, reply) => void reply.end('{"well": true}');

  beforeAll(async () => {
    server = createServer((call, reply) => {
      const parts: Buffer[] = [];
      call.on('data', (part: Buffer) => parts.push(part));
      call.on('end', () => {
        const { url = '', method = '', headers } = call;
        reached.push({ url, method, host: headers.host ?? '', body: Buffer.concat(parts).toString() });
        answer(call, reply);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    reached = [];
    answer = (_call, reply) => void reply.end('{"well": true}');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const calls = (options: Partial<OutgoingOptions> = {}) =>
    new OutgoingCalls({ reachesLoopback: true, resolve: async () => ['127.0.0.1'], ...options });
  /** What is wrong with it; undefined when it is answered. */
  const faultOf = async (made: Promise<unknown>) =>
    made.then(
      () => undefined,
      (error: unknown) => (error instanceof OutgoingCallError ? error.fault : error),
    );

  it('goes to the address that was looked at, under the name that was asked for', async () => {
    const asked: string[] = [];
    // Whoever asks a second time is sent to another place.
    const resolve = async (name: string) => {
      asked.push(name);
      return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
    };
    const form = new URLSearchParams({ code: 'a b' });
    const got = await calls({ resolve }).fetch(`http://idp.example:${port}/token`, {
      method: 'POST',
      body: form,
    });
    expect([got.status, await got.json()]).toEqual([200, { well: true }]);
    expect(asked).toEqual(['idp.example']);
    expect(reached).toEqual([
      { url: '/token', method: 'POST', host: `idp.example:${port}`, body: 'code=a+b' },
    ]);
  });

  it('does not go where any of the addresses is none to be called', async () => {
    for (const places of [
      ['10.0.0.1'],
      ['127.0.0.1', '10.0.0.1'],
      ['93.184.215.14', '169.254.169.254'],
      ['::1', 'fd00::1'],
    ])
      expect([
        places,
        await faultOf(calls({ resolve: async () => places }).fetch(`https://idp.example:${port}/`)),
      ]).toEqual([places, 'place']);
    expect(reached).toEqual([]);
  });

  it.each([
    ...['https://127.0.0.1', 'https://127.1', 'https://0x7f.1', 'https://2130706433', 'https://0177.0.0.1'],
    ...[
      'https://[::1]',
      'https://[::ffff:127.0.0.1]',
      'https://[::ffff:7f00:1]',
      'https://[64:ff9b::7f00:1]',
    ],
    ...[
      'https://0',
      'https://169.254.169.254',
      'https://localhost',
      'https://idp.example',
      'https://１２７.0.0.1',
    ],
    ...['http://127.0.0.1', 'http://93.184.215.14', 'http://idp.example'],
  ])('does not reach loopback in production: %s', async (begin) => {
    const inProduction = calls({ reachesLoopback: false });
    expect(await faultOf(inProduction.fetch(`${begin}:${port}/`))).toBe('place');
    expect(reached).toEqual([]);
  });

  it('goes to no other port than those of https, but to loopback where that is reached', async () => {
    const signal = AbortSignal.abort();
    const toPublic = calls({ resolve: async () => ['93.184.215.14'] });
    const made = (port: string) => faultOf(toPublic.fetch(`https://idp.example${port}/`, { signal }));
    for (const port of [':22', ':80', ':444', ':6379', ':8444'])
      expect([port, await made(port)]).toEqual([port, 'place']);
    // Let through, and given up before it leaves.
    for (const port of ['', ':443', ':8443'])
      expect([port, await made(port)]).toMatchObject([port, { name: 'AbortError' }]);
    expect(await faultOf(calls().fetch(`http://idp.example:${port}/`))).toBeUndefined();
  });

  it('is not made in clear, but to loopback where that is reached', async () => {
    for (const place of ['93.184.215.14', '2606:4700::1111'])
      expect(await faultOf(calls({ resolve: async () => [place] }).fetch('http://idp.example/'))).toBe(
        'place',
      );
  });

  it('is made by http alone, to an address that holds no password', async () => {
    for (const address of [
      '',
      'idp.example',
      'ftp://idp.example',
      'file:///etc/passwd',
      'data:,x',
      `https://a:b@idp.example`,
    ])
      expect([address, await faultOf(calls().fetch(address))]).toEqual([address, 'address']);
  });

  it('follows no redirect', async () => {
    answer = (_call, reply) =>
      void reply.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end();
    const got = await calls().fetch(`http://idp.example:${port}/`);
    expect([got.status, reached.map(({ url }) => url)]).toEqual([302, ['/']]);
  });

  it('takes no answer without end, whole or in pieces', async () => {
    answer = (_call, reply) => {
      const more = () => {
        while (!reply.destroyed && reply.write('a'.repeat(10_000)));
      };
      reply.on('drain', more);
      more();
    };
    expect(await faultOf(calls().fetch(`http://idp.example:${port}/`))).toBe('size');
    answer = (_call, reply) => void reply.end('a'.repeat(101));
    expect(await faultOf(calls({ bytes: 100 }).fetch(`http://idp.example:${port}/`))).toBe('size');
    expect(await faultOf(calls({ bytes: 101 }).fetch(`http://idp.example:${port}/`))).toBeUndefined();
  });

  it('waits for nobody without end', async () => {
    const impatient = { milliseconds: 100 };
    answer = () => undefined;
    expect(await faultOf(calls(impatient).fetch(`http://idp.example:${port}/`))).toBe('time');
    answer = (_call, reply) => void reply.write('half');
    expect(await faultOf(calls(impatient).fetch(`http://idp.example:${port}/`))).toBe('time');
    const never = { ...impatient, resolve: () => new Promise<string[]>(() => undefined) };
    expect(await faultOf(calls(never).fetch('https://idp.example/'))).toBe('time');
  });

  it('says when nobody answers, a name is unknown, or its caller has given up', async () => {
    expect(await faultOf(calls().fetch('http://idp.example:1/'))).toBe('silence');
    const unknown = async () => Promise.reject(new Error('ENOTFOUND'));
    expect(await faultOf(calls({ resolve: unknown }).fetch('https://idp.example/'))).toBe('name');
    answer = () => undefined;
    const signal = AbortSignal.timeout(50);
    const given = calls().fetch(`http://idp.example:${port}/`, { signal });
    expect(await faultOf(given)).toMatchObject({ name: 'TimeoutError' });
  });

  it('reaches loopback only out of production, where people reach the instance there alone', () => {
    const reaches = (NODE_ENV: string, PUBLIC_URL: string) =>
      outgoingCalls({ NODE_ENV, PUBLIC_URL }).reachesLoopback;
    expect(reaches('test', 'http://localhost:3000')).toBe(true);
    expect(reaches('development', 'http://[::1]:3000')).toBe(true);
    expect(reaches('production', 'http://localhost:3000')).toBe(false);
    expect(reaches('development', 'https://aldis.example')).toBe(false);
  });
});
