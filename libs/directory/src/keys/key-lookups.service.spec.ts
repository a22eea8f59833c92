import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from '#libs/access';
import { outgoingCalls } from '#libs/runtime';
import { generateKey } from 'openpgp';
import { KeyLookups } from './key-lookups.service.js';
import { webKeyAddresses } from './web-key-directory.js';

const at = new Date('2026-11-23T09:00:00Z');
const address = 'Desk@xb.example';
const caller: Caller = {
  ...{ kind: 'account', actor: 'a', party: 'XB', body: 'b', role: 'party-administrator' },
  ...{ assurance: 'signed-in', name: 'A', language: 'en' },
};

describe('a look-up of keys', () => {
  let server: Server;
  let asked: string[] = [];
  /** What each method answers; undefined: no such host is known. */
  let answers: (Uint8Array | number | undefined)[] = [];
  const calls = outgoingCalls({ NODE_ENV: 'test', PUBLIC_URL: 'http://localhost' });
  const [advanced, direct] = webKeyAddresses(address);

  beforeAll(async () => {
    server = createServer((call, reply) => {
      const answer = answers[call.url?.includes('/xb.example/') ? 0 : 1] ?? 404;
      if (typeof answer === 'number') reply.writeHead(answer).end('none');
      else reply.end(answer);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** The same calls, led to this machine in place of the domain; where a name is to be unknown, they are made as they are. */
  const fetch = async (url: string) => {
    asked.push(url);
    if (answers[url === advanced ? 0 : 1] === undefined) return calls.fetch(url);
    const { pathname, search } = new URL(url);
    return calls.fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`);
  };
  const lookUp = async () => {
    const found = await new KeyLookups({ fetch }, { addressOf: async () => ({ address, at }) }).look(
      caller,
      'c',
    );
    return { outcomes: found.tried.map(({ outcome }) => outcome), keys: found.keys };
  };
  const made = async (email: string) =>
    generateKey({
      ...{ type: 'curve25519', userIDs: [{ email }], date: new Date('2026-11-01') },
      format: 'object',
    });

  it('finds a key by the advanced method, and then asks no further', async () => {
    const { publicKey } = await made('desk@xb.example');
    answers = [publicKey.write(), publicKey.write()];
    const { outcomes, keys } = await lookUp();
    expect([outcomes, asked]).toEqual([['found'], [advanced]]);
    expect(keys).toMatchObject([
      { fingerprint: publicKey.getFingerprint(), namesAddress: true, verdict: 'accept' },
    ]);
    expect(keys[0]?.material).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
  });

  it('asks by the direct method where the advanced one brought nothing', async () => {
    const { publicKey } = await made('desk@xb.example');
    for (const [first, outcome] of [
      [404, 'nothing'],
      [500, 'refused'],
      [302, 'refused'],
      [undefined, 'name'],
    ] as const) {
      asked = [];
      answers = [first, publicKey.write()];
      const { outcomes, keys } = await lookUp();
      expect([outcomes, asked, keys.length]).toEqual([[outcome, 'found'], [advanced, direct], 1]);
    }
  });

  it('takes nothing that does not name the address, is private, too large or no key', async () => {
    const [theirs, ours] = [await made('desk@xc.example'), await made('desk@xb.example')];
    for (const [content, outcome] of [
      [theirs.publicKey.write(), 'unfit'],
      [ours.privateKey.write(), 'unfit'],
      [Buffer.from('<html>'), 'unfit'],
      [new Uint8Array(), 'unfit'],
      [Buffer.alloc(300_000, 0x99), 'size'],
    ] as const) {
      answers = [content, 404];
      expect(await lookUp()).toEqual({ outcomes: [outcome, 'nothing'], keys: [] });
    }
    answers = [Buffer.concat([theirs.publicKey.write(), ours.publicKey.write()]), 404];
    expect((await lookUp()).keys.map(({ fingerprint }) => fingerprint)).toEqual([
      ours.publicKey.getFingerprint(),
    ]);
  });

  it('says clearly that a name is not known where there is no way out', async () => {
    answers = [undefined, undefined];
    expect((await lookUp()).outcomes).toEqual(['name', 'name']);
  });
});
