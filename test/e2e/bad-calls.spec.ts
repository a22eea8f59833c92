import supertest from 'supertest';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, type Officer } from '../harness/officer.js';
import { rawCall } from '../harness/raw-call.js';
import { tablePrints, whereLookingShows } from '../harness/table-prints.js';
import { told } from '../harness/told.js';

const json = 'application/json';
const text = JSON.stringify(fiveFields);
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const megabyte = 1_048_576;

describe('calls that are not well-formed', () => {
  let instance: Instance;
  let officer: Officer;
  let link: AckLink;
  let before: Record<string, string>;

  beforeAll(async () => {
    instance = await Instance.start();
    officer = await instance.officer('officer@xa.example');
    await officer.files();
    link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    await instance.sink.mailTo('diplomatic@xa.example');
    await instance.sink.mailTo('cert-alternate@xb.example');
    await instance.stopWorker();
    before = await prints();
  });
  // Whatever was refused has left nothing behind, not a row nor part of one.
  afterEach(async () => expect(await prints()).toEqual(before));
  afterAll(() => instance.stop());

  // That the link of a mail was fetched is observed, and changes nothing else.
  const prints = () => tablePrints(instance.database, whereLookingShows);
  const port = () => Number(instance.env.PORT);

  it.each([
    ['nothing', json, '', 400, '#'],
    ['blanks', json, ' \r\n ', 400, '#'],
    ['half of it', json, text.slice(0, -9), 400, '#'],
    ['a comment', json, `${text} // done`, 400, '#'],
    ['single quotes', json, "{'to':['XB']}", 400, '#'],
    ['two of it', json, text + text, 400, '#'],
    ['a byte order mark', json, `\ufeff${text}x`, 400, '#'],
    ['NaN', json, '{"version":NaN}', 400, '#'],
    ['null', json, 'null', 400, '#'],
    ['a list', json, `[${text}]`, 400, '#'],
    ['a text', json, '"a text"', 400, '#'],
    ['a number', json, '1e400', 400, '#'],
    ['true', json, 'true', 400, '#'],
    ['a prototype', json, `${text.slice(0, -1)},"__proto__":{"draft":true}}`, 400, '#'],
    ['a prototype inside', json, `${text.slice(0, -1)},"text":{"__proto__":null}}`, 400, '#'],
    ['a constructor', json, `${text.slice(0, -1)},"constructor":{"prototype":{"draft":true}}}`, 400, '#'],
    ['lists in lists', json, nested(500_000, '[', ']'), 400, '#'],
    ['objects in objects', json, nested(100_000, '{"a":', '}').replace('}', '1}'), 400, '#'],
    ['a deep field', json, `${text.slice(0, -1)},"text":${nested(20_000, '[', ']')}}`, 400, '#'],
    ['a body of 10 MB', json, `{"text":"${'a'.repeat(10 * megabyte)}"}`, 413, 'none'],
    ['a body one byte too large', json, `"${'a'.repeat(megabyte - 1)}"`, 413, 'none'],
    ['plain text', 'text/plain', text, 415, 'none'],
    ['XML', 'application/xml', '<request/>', 415, 'none'],
    ['something else', 'application/json5', text, 415, 'none'],
    ['no type at all', 'nonsense', text, 415, 'none'],
    ['several parts', 'multipart/form-data; boundary=x', '--x--', 415, 'none'],
    ['a form', 'application/x-www-form-urlencoded', 'to=XB&urgency=U1', 400, '#/to'],
  ])('are told so when a request is filed with %s', async (_, type, body, status, where) => {
    for (const key of [undefined, 'a-key']) {
      const call = officer.post('/requests', undefined, key).type(type).send(Buffer.from(body));
      const answer = await call.serialize((sent: unknown) => sent as string);
      expect([answer.status, told(answer)[0]]).toEqual([status, where]);
    }
  });

  it('are told so when they have no body and no type', async () => {
    expect(told(await officer.post('/requests'))).toEqual(['#']);
    const head = `POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: ${text.length}\r\n\r\n`;
    const answer = await rawCall(port(), head, text);
    expect([answer.status, told(answer)]).toEqual([415, ['none']]);
  });

  it.each([
    ['a lone continuation', [0x80]],
    ['half a character', [0xc3]],
    ['an overlong NUL', [0xc0, 0x80]],
    ['half a pair', [0xed, 0xa0, 0x80]],
    ['more than there is', [0xf4, 0x90, 0x80, 0x80]],
  ])('are told so when bytes are not UTF-8: %s', async (_, bytes) => {
    const body = Buffer.concat([
      Buffer.from('{"email":"a'),
      Buffer.from(bytes),
      Buffer.from('","password":"x"}'),
    ]);
    for (const type of [json, 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
      const head = `POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
      expect(told(await rawCall(port(), head, body))).toEqual(['#']);
    }
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no method', 'FOO /api/v1/me HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a header that is none', 'GET /api/v1/me HTTP/1.1\r\nhost: a\r\nno colon\r\n\r\n', 400],
    ['a header of bytes', Buffer.from('GET /api/v1/me HTTP/1.1\r\nhost: a\r\nx: a\u0000b\r\n\r\n'), 400],
    [
      'two lengths',
      'POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
    ],
    [
      'chunks that are none',
      'POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    ['a blank in the address', 'GET /api/v1/par ties HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['an endless address', `GET /api/v1/${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431],
    ['an endless header', `GET /api/v1/me HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'too many cookies',
      `GET /api/v1/me HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncookie: ${'a=%ff; '.repeat(1500)}__Host-aldis=%ff\r\n\r\n`,
      401,
    ],
    ['another protocol', 'GET /api/v1/me HTTP/9.9\r\nhost: a\r\n\r\n', 400],
  ])('are told so as bytes: %s', async (_, bytes, status) => {
    const answer = await rawCall(port(), bytes);
    expect([answer.status, told(answer)]).toEqual([status, ['none']]);
  });

  it.each(['put', 'patch', 'delete', 'options', 'trace'] as const)(
    'lead nowhere by a method that is not offered: %s',
    async (method) => {
      for (const path of ['/api/v1/requests', '/api/v1/nothing', '/'])
        expect([
          path,
          (await supertest(instance.url)[method](path)).status,
          told(await supertest(instance.url)[method](path)),
        ]).toEqual([path, 404, ['none']]);
    },
  );

  it.each(['cross-site', 'same-site', 'nonsense'])(
    'change nothing from a page of another site (%s)',
    async (site) => {
      const from = { 'Sec-Fetch-Site': site };
      const calls = [
        ...[officer.post('/requests', fiveFields).set(from), officer.delete('/sessions/current').set(from)],
        instance.anyone
          .post('/api/v1/sessions')
          .set(from)
          .send({ email: 'officer@xa.example', password: 'x' }),
      ];
      for (const call of calls) {
        const answer = await call;
        expect([answer.status, told(answer)]).toEqual([403, ['none']]);
      }
      expect((await link.submit('A. Duty').set(from)).status).toBe(403);
      expect((await officer.get('/me').set(from)).status).toBe(200);
    },
  );

  describe('on the page that acknowledges', () => {
    const page = (answer: supertest.Response, status: number, words: RegExp) => {
      expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
      expect(answer.text).toMatch(words);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.text).not.toMatch(/<script|officer@xa/i);
    };
    const post = (type: string, body: string | Buffer) =>
      supertest(instance.url)
        .post(link.path)
        .type(type)
        .serialize((sent: unknown) => sent as string)
        .send(Buffer.from(body));
    const form = 'application/x-www-form-urlencoded';

    it.each([
      ['A. Duty\r\nBcc: x@xb.example', 'name'],
      ['bell\u0007', 'name'],
      ['a\u0000b', 'name'],
      ['two\u2028lines', 'name'],
      ['\ufffd', 'name'],
      ['   ', 'name'],
      ['', 'name'],
      ['a'.repeat(121), 'name'],
    ])('are told so beside the name: %j', async (name) => {
      const answer = await link.submit(name);
      page(answer, 422, /aria-invalid/);
      expect(answer.text).toMatch(
        /<input[^>]*name="name"[^>]*aria-invalid|<input[^>]*aria-invalid[^>]*name="name"/,
      );
    });

    it.each(['', 'abc', '12345', '1234567', '12 34 5x', '\u0661\u0662\u0663\u0664\u0665', '<b>'])(
      'are told so beside the code, and it does not count as a try: %j',
      async (code) => {
        const answer = await link.submit('A. Duty', code);
        page(answer, 422, /<input[^>]*name="code"[^>]*aria-invalid|<input[^>]*aria-invalid[^>]*name="code"/);
      },
    );

    it.each([
      ['half a JSON', json, '{"name":', 400],
      ['a list', json, '[]', 400],
      ['other types', json, '{"name":{},"code":[1]}', 400],
      ['deep lists', json, nested(100_000, '[', ']'), 400],
      ['plain text', 'text/plain', 'name=A', 415],
      ['a form too long', form, `name=${'a'.repeat(20_000)}`, 413],
      ['a name too long', form, `name=${'a'.repeat(1_001)}&code=123456`, 400],
      ['bytes that are no text', form, Buffer.from([0x6e, 0x3d, 0xff, 0xfe]), 400],
    ])('are told so by a page: %s', async (_, type, body, status) => {
      page(await post(type, body), status, /<h1>[^<]+<\/h1>/);
    });

    it.each([
      '/ack/%ff',
      '/ack/%',
      '/ack/%00',
      '/ack/%2e%2e%2f',
      '/ack/',
      '/ack',
      `/ack/${'a'.repeat(9_000)}`,
      '/ack/<b>x',
    ])('are told so by a page where no link leads: %s', async (path) => {
      const answer = await instance.anyone.get(path).set('Accept-Language', 'fr');
      page(answer, path.length > 1_000 || /%f?f?$/.test(path) ? 400 : 404, /<html lang="fr"/);
      expect(answer.text).not.toContain('<b>');
    });

    it('let no language in that is none', async () => {
      for (const query of ['?lang=xx', '?lang=fr&lang=en', '?lang=__proto__', '?lang=%ff', '?lang[]=fr'])
        page(await instance.anyone.get(`${link.path}${query}`), 200, /<html lang="en"/);
    });
  });
});
