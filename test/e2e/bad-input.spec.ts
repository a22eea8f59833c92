import { Instance } from '../harness/instance.js';
import { fiveFields, type Officer } from '../harness/officer.js';
import { tablePrints } from '../harness/table-prints.js';
import { told } from '../harness/told.js';

const long = (length: number) => 'a'.repeat(length);
const written = (text: unknown, language: unknown = 'en') => ({ text, language });
const manyCodes = Array.from(
  { length: 200 },
  (_, index) =>
    `${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor(index / 26))}`,
);

/** Texts that are no line of text. */
const noLines = [
  '',
  '   ',
  'a\r\nBcc: x@xb.example',
  'a\nb',
  'a\u0000b',
  'bell\u0007',
  'a\u2028b',
  'half \ud800',
  'bad \ufffd',
  7,
  null,
  {},
  [],
];
const badFields: [field: string, values: unknown[], pointer?: string][] = [
  ['to', ['XB', null, 7, {}, manyCodes, []]],
  ['to', [['ZZ'], ['xb'], ['XBB'], [''], ['XA'], [7], [null], [['XB']], ['XB\r\n']], '#/to/0'],
  [
    'to',
    [
      ['XB', 'XB'],
      ['XB', 'ZZ'],
      ['XB', 'XA'],
    ],
    '#/to/1',
  ],
  ['urgency', ['U9', 'u1', '', 1, null, ['U1'], undefined]],
  ['tlp', ['TLP:BLACK', 'amber', 'TLP:TLP:RED', '', 7, null, undefined]],
  ['sentence', ['a text', null, [], undefined]],
  ['sentence', [...noLines, long(501), undefined].map((text) => written(text)), '#/sentence/text'],
  [
    'sentence',
    ['english!', '', 'e', long(36), 'en_US', 'en-', 7, null, ['en'], 'en\r\n'].map((tag) =>
      written('A.', tag),
    ),
    '#/sentence/language',
  ],
  ['sentence', [{ ...written('A.'), translationOf: 'x' }], '#/sentence/translationOf'],
  ['text', ['a text', null, []]],
  [
    'text',
    ['', ' \n ', 'a\u0000b', 'bell\u0007', '\udfff', long(20_001), 7].map((text) => written(text)),
    '#/text/text',
  ],
  [
    'neededBy',
    [
      ...['0000-01-01T00:00:00Z', '0000-00-00T00:00:00Z', '9999-12-31T23:59:59Z', '+010000-01-01T00:00:00Z'],
      ...[
        '2099-02-30T10:00:00Z',
        '2099-01-01T10:00:00',
        '2099-01-01',
        '2099-01-01T25:00:00Z',
        '2020-01-01T00:00:00Z',
      ],
      ...['tomorrow', '', 1893456000, null, '2099-01-01T10:00:00+99:00', '2099-01-01T10:00:00Z\r\n'],
    ],
  ],
  ['traffic', ['test', 'real', '', null, 1]],
  ['draft', ['yes', 1, null]],
  ['from', ['XB', 'xa', 'ZZ', '', 7, null]],
  ['surprise', [1, null, {}]],
  ['a/b~c', [1], '#/a~1b~0c'],
];

describe('input that does not fit', () => {
  let instance: Instance;
  let officer: Officer;
  let draft: string;
  let sent: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    officer = await instance.officer('officer@xa.example');
    draft = (await officer.files({ draft: true })).id;
    sent = (await officer.files()).id;
    before = await tablePrints(instance.database, ['throttles']);
  });
  // Whatever was refused has left nothing behind, not a row nor part of one, but that somebody tried to sign in.
  afterEach(async () => expect(await tablePrints(instance.database, ['throttles'])).toEqual(before));
  afterAll(() => instance.stop());

  it.each(badFields)(
    'is told of by its field when a request is filed: %s',
    async (field, values, pointer = `#/${field}`) => {
      for (const value of values) {
        const answer = await officer.post('/requests', { ...fiveFields, [field]: value });
        expect([value, told(answer)]).toEqual([value, [pointer]]);
      }
    },
  );

  it('is told of field by field, all faults at once', async () => {
    const answer = await officer.post('/requests', {
      to: ['xb', 'XC'],
      urgency: 'U9',
      sentence: { text: 'a\nb' },
      odd: 1,
      even: 2,
    });
    expect(told(answer).sort()).toEqual([
      '#/even',
      '#/odd',
      '#/sentence/language',
      '#/sentence/text',
      '#/to/0',
      '#/urgency',
    ]);
  });

  it.each([
    ['nothing of it', {}, ['#/act']],
    ['no act', { act: 'fly' }, ['#/act']],
    ['an act of nobody', { act: null }, ['#/act']],
    ['a field too many', { act: 'send', force: true }, ['#/force']],
    ['no version', { act: 'send', version: 0 }, ['#/version']],
    ['half a version', { act: 'send', version: 1.5 }, ['#/version']],
    ['a version in quotes', { act: 'send', version: '1' }, ['#/version']],
    ['a version beyond counting', { act: 'send', version: 2 ** 60 }, ['#/version']],
    ['a version that never was', { act: 'send', version: 2 ** 40 }, ['#/version']],
    ['no party', { act: 'withdraw', addressee: 'xb' }, ['#/addressee']],
    ['nothing to save', { act: 'save' }, ['#/request']],
    ['an unknown State to save', { act: 'save', request: { to: ['ZZ'] } }, ['#/request/to/0']],
    ['itself to save', { act: 'save', request: { to: ['XB', 'XA'] } }, ['#/request/to/1']],
    [
      'a past time to save',
      { act: 'save', request: { neededBy: '2020-01-01T00:00:00Z' } },
      ['#/request/neededBy'],
    ],
    ['a draft turned exercise', { act: 'save', request: { traffic: 'exercise' } }, ['#/request/traffic']],
    ['a field too many to save', { act: 'save', request: { odd: 1 } }, ['#/request/odd']],
  ])('is told of by its field when an act is done: %s', async (_, body, pointers) => {
    expect(told(await officer.post(`/requests/${draft}/acts`, body))).toEqual(pointers);
  });

  it('names the line that a request does not have', async () => {
    expect(told(await officer.post(`/requests/${sent}/acts`, { act: 'withdraw', addressee: 'XC' }))).toEqual([
      '#/addressee',
    ]);
    expect(told(await officer.post(`/requests/${sent}/acts`, { act: 'withdraw', addressee: 'ZZ' }))).toEqual([
      '#/addressee',
    ]);
  });

  it.each([
    [{}, ['#/email', '#/password']],
    [{ email: 'officer@xa.example\r\nX-Header: 1', password: 'x' }, ['#/email']],
    [{ email: 'a\u0000b', password: 'x' }, ['#/email']],
    [{ email: long(255), password: 'x' }, ['#/email']],
    [{ email: ['officer@xa.example'], password: 'x' }, ['#/email']],
    [{ email: 'officer@xa.example', password: '' }, ['#/password']],
    [{ email: 'officer@xa.example', password: long(1025) }, ['#/password']],
    [{ email: 'officer@xa.example', password: { $ne: null } }, ['#/password']],
    [{ email: 'officer@xa.example', password: 'x', admin: true }, ['#/admin']],
    [{ email: 'half \ud800', password: 'half \ud800' }, ['#/email']],
  ])('is told of by its field at sign-in: %j', async (body, pointers) => {
    expect(told(await instance.anyone.post('/api/v1/sessions').send(body))).toEqual(pointers);
  });

  it("is nobody's address at sign-in: refused, and recorded as that", async () => {
    const body = { email: `' OR 1=1 --`, password: 'x' };
    expect(told(await instance.anyone.post('/api/v1/sessions').send(body))).toEqual(['none']);
    const after = await tablePrints(instance.database, ['throttles']);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed.sort()).toEqual([...['access_events', 'ledger_entries', 'ledger_heads']]);
    before = after;
  });

  it.each([
    ...['0', '101', '-1', '1.5', 'abc', '', '1&limit=2', '1e999', 'NaN', '%00', '9007199254740993'].map(
      (value) => [`limit=${value}`, 'limit'],
    ),
    ...['', 'x', '%25%25', 'AAAA', long(65), '%00', "'%3B--", '%ff', 'AAAAAAAAAAAAAAAAAAAAAA&cursor=x'].map(
      (value) => [`cursor=${value}`, 'cursor'],
    ),
    ...['foo', '', 'sent&state=draft', '%00'].map((value) => [`state=${value}`, 'state']),
    ...['xb', 'X-B', '', 'XA&party=XB', '%ff', 'X%00'].map((value) => [`party=${value}`, 'party']),
    ...['sideways', 'OUTGOING', ''].map((value) => [`direction=${value}`, 'direction']),
    ...['U9', 'u1'].map((value) => [`urgency=${value}`, 'urgency']),
    ...[
      ['foo=1', 'foo'],
      ['limit[]=1', 'limit[]'],
      ['constructor=1', 'constructor'],
      ['__proto__=1', '__proto__'],
    ],
  ] as [string, string][])('is told of by its parameter: GET /requests?%s', async (query, parameter) => {
    expect(told(await officer.get(`/requests?${query}`))).toEqual([parameter]);
  });

  it.each([
    ['/points-of-contact?party=xb', 'party'],
    ['/points-of-contact?level=cook', 'level'],
    ['/points-of-contact?level=technical&level=policy', 'level'],
    ['/points-of-contact?odd=1', 'odd'],
    ['/parties/xb', 'code'],
    ['/parties/X-B', 'code'],
    ['/parties/%00', 'code'],
    ['/parties/%F0%9F%8F%B4', 'code'],
    [`/parties/${long(9000)}`, 'code'],
    ['/parties/ZZ', 'none'],
    ['/requests/abc', 'id'],
    ['/requests/%00', 'id'],
    ['/requests/AR-2026-7K3M9Q', 'id'],
    [`/requests/${long(9000)}`, 'id'],
    ["/requests/1'%20OR%20'1'='1", 'id'],
    ['/requests/00000000-0000-0000-0000-000000000000', 'none'],
    ['/requests/abc/deliveries', 'id'],
    ['/requests/%ff', 'none'],
    ['/requests/%', 'none'],
    ['/nothing/here', 'none'],
    ['/requests/../../../etc/passwd', 'none'],
  ])('is told of by its parameter, or as an address that leads nowhere: GET %s', async (path, where) => {
    expect(told(await officer.get(path))).toEqual([where]);
  });

  it.each(['abc', '%00', long(9000)])('is told of by its parameter: POST /requests/%s/acts', async (id) => {
    expect(told(await officer.post(`/requests/${id}/acts`, { act: 'send' }))).toEqual(['id']);
  });

  it.each([long(129), 'two words', 'k\u00e4se', 'tab\there', ' ', ''])(
    'is told of by its header: Idempotency-Key %j',
    async (key) => {
      expect(told(await officer.post('/requests', fiveFields, key))).toEqual(['Idempotency-Key']);
    },
  );
});
