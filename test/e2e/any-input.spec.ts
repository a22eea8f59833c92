import fc from 'fast-check';
import type supertest from 'supertest';
import { Instance } from '../harness/instance.js';
import { fiveFields, type Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';

const runs = { numRuns: 120, seed: 20_261_121 };

/** Values as they come, and values that nearly fit: what fits but for one thing gets furthest in. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    'XA',
    'XB',
    'ZZ',
    'U1',
    'TLP:RED',
    'en',
    '',
    '\u0000',
    '\ud800',
    '__proto__',
    'acknowledge',
    'save',
  ),
);
const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const value = fc.oneof(
  { maxDepth: 3 },
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.integer(),
  instant,
);

/** An object that fits, whole, or with some of its fields replaced, removed or added. */
const nearly = (fits: Record<string, unknown>) => {
  const names = Object.keys(fits);
  const changes = fc.dictionary(fc.oneof(fc.constantFrom(...names), text), value, { maxKeys: 3 });
  const changed = fc
    .tuple(fc.subarray(names, { minLength: Math.max(0, names.length - 2) }), changes)
    .map(([kept, others]) => ({ ...Object.fromEntries(kept.map((name) => [name, fits[name]])), ...others }));
  return fc.oneof(fc.constant(fits), changed);
};

describe('whatever is sent', () => {
  let instance: Instance;
  let officer: Officer;
  let id: string;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    officer = await instance.officer('officer@xa.example');
    id = (await officer.files({ draft: true })).id;
  });
  afterAll(() => instance.stop());

  const statuses = new Set<number>();
  // A property that holds of nothing but refusals would say little.
  const bothWays = (done: number, refused: number) => {
    expect([...statuses]).toEqual(expect.arrayContaining([done, refused]));
    statuses.clear();
  };

  /** Done, or refused as a problem that is the caller's; never a fault of the server. */
  const isAnswered = async (call: PromiseLike<supertest.Response>): Promise<void> => {
    const answer = await call;
    statuses.add(answer.status);
    if (answer.status < 400) expect([200, 201]).toContain(answer.status);
    else expect(told(answer).filter((place) => /^\d{3} /.test(place))).toEqual([]);
  };
  const draft = { ...fiveFields, draft: true, text: { text: 'More.', language: 'en' }, neededBy: undefined };

  it('files a request or is refused', async () => {
    const body = fc.oneof(nearly(draft), nearly({ ...fiveFields, to: ['XB', 'XC'] }), fc.object(), value);
    await fc.assert(
      fc.asyncProperty(body, async (one) =>
        isAnswered(
          officer
            .post('/requests')
            .type('json')
            .send(JSON.stringify(one) ?? ''),
        ),
      ),
      runs,
    );
    bothWays(201, 400);
  });

  it('does an act or is refused', async () => {
    const { draft: _, from: __, ...saved } = draft;
    const body = fc.oneof(
      nearly({ act: 'save', addressee: undefined, request: saved }),
      nearly(saved).map((request) => ({ act: 'save', request })),
      value,
    );
    await fc.assert(
      fc.asyncProperty(body, async (one) =>
        isAnswered(
          officer
            .post(`/requests/${id}/acts`)
            .type('json')
            .send(JSON.stringify(one) ?? ''),
        ),
      ),
      runs,
    );
    bothWays(200, 400);
  });

  it('signs in or is refused', async () => {
    const body = fc.oneof(nearly({ email: 'officer@xa.example', password: 'wrong' }), value);
    await fc.assert(
      fc.asyncProperty(body, async (one) =>
        isAnswered(
          instance.anyone
            .post('/api/v1/sessions')
            .type('json')
            .send(JSON.stringify(one) ?? ''),
        ),
      ),
      { ...runs, numRuns: 60 },
    );
    bothWays(401, 400);
  });

  it('is JSON or is refused', async () => {
    const valid = JSON.stringify({ ...draft, to: ['XB'] });
    const broken = fc
      .tuple(fc.nat(valid.length), fc.nat(8), fc.uint8Array({ maxLength: 8 }))
      .map(([at, length, bytes]) =>
        Buffer.concat([Buffer.from(valid.slice(0, at)), bytes, Buffer.from(valid.slice(at + length))]),
      );
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) =>
        isAnswered(
          officer
            .post('/requests')
            .type('json')
            .serialize((sent: unknown) => sent as string)
            .send(bytes),
        ),
      ),
      runs,
    );
    bothWays(201, 400);
  });

  it('asks for something or is refused', async () => {
    const name = fc.oneof(
      fc.constantFrom(
        'limit',
        'cursor',
        'state',
        'party',
        'direction',
        'urgency',
        'level',
        'code',
        'lang',
        '__proto__',
      ),
      text,
    );
    const query = fc.oneof(
      fc
        .array(fc.tuple(name, text))
        .map((pairs) => pairs.map(([key, one]) => `${escaped(key)}=${escaped(one)}`).join('&')),
      fc.string({ unit: fc.constantFrom(...'%=&[]?+;aZ0/\\"\'<>'.split('')) }),
    );
    const path = fc.constantFrom(
      '/requests',
      '/points-of-contact',
      '/parties',
      '/parties/XB',
      '/me',
      `/requests/${id}`,
    );
    await fc.assert(
      fc.asyncProperty(path, query, async (where, asked) => isAnswered(officer.get(`${where}?${asked}`))),
      { ...runs, numRuns: 250 },
    );
    bothWays(200, 400);
  });

  it('leads somewhere or nowhere', async () => {
    const part = fc.oneof(
      text.map(escaped),
      fc.constantFrom('requests', 'parties', id, 'acts', 'deliveries', '%ff', '%00', '..'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) =>
        isAnswered(officer.get(`/${parts.join('/')}`)),
      ),
      runs,
    );
    bothWays(404, 400);
  });
});

/** As it travels in an address; half characters have no form there. */
const escaped = (one: string): string => encodeURIComponent(one.toWellFormed());
