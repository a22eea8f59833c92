import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BodyView, Origin, RouteOrigin, RouteView } from '#libs/directory';
import { importRegistries } from '../../apps/cli/src/import-rir.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';

const header = (registry: string, date: string, records: number) =>
  `2|${registry}|${date}|${records}|19830101|${date}|+0000`;
const first = [
  '# what a registry publishes',
  header('ripencc', '20260105', 5),
  'ripencc|*|ipv4|*|2|summary',
  'ripencc|*|asn|*|2|summary',
  'ripencc|FR|ipv4|9.8.0.0|768|20100102|allocated|a',
  'ripencc||ipv4|9.9.0.0|256||available',
  'ripencc|FR|asn|3300|10|19990101|allocated|b',
  'ripencc|QQ|asn|3400|1|19990101|assigned|c',
  'ripencc|FR|ipv6|2a00:1::|32|20200101|allocated|d',
  'ripencc|FR|ipv6|2a00:1::1|32|20200101|allocated|d',
];

describe('the party that a trace leads to', () => {
  let instance: Instance;
  let officer: Officer;
  let folder: string;
  let body: BodyView;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    officer = await instance.officer('officer@xa.example');
    folder = await mkdtemp(join(tmpdir(), 'aldis-rir-'));
    const administrator = await instance.officer('administrator@xb.example');
    const constituency = [
      { kind: 'range', value: '198.51.100.0/24' },
      { kind: 'range', value: '198.51.100.128/25' },
      { kind: 'range', value: '9.8.1.0/24' },
      { kind: 'range', value: '2001:db8::/32' },
      { kind: 'asn', value: 'AS64500' },
      { kind: 'domain', value: 'xb.example' },
      { kind: 'domain', value: 'gov.xb.example' },
      { kind: 'domain', value: 'xn--e1afmkfd.xn--p1ai' },
    ];
    const input = { kind: 'cert', names: { en: 'National CERT' }, constituency };
    body = (await administrator.post('/bodies', input)).body as BodyView;
  });
  afterAll(async () => {
    await instance.stop();
    await rm(folder, { recursive: true });
  });

  const ask = async (query: string): Promise<Origin> => {
    const answer = await officer.get(`/origins?${query}`);
    expect([query, answer.status, answer.body]).toEqual([query, 200, expect.anything()]);
    return answer.body as Origin;
  };
  const leads = async (query: string) => {
    const { source, candidates } = await ask(query);
    return [source, ...candidates.map(({ party, matched }) => `${party.code} ${matched}`)];
  };
  const take = async (lines: readonly string[], ...options: string[]): Promise<string[]> => {
    const path = join(folder, 'delegated');
    await writeFile(path, `${lines.join('\r\n')}\n`);
    const printed: string[] = [];
    const url = instance.database.urls.owner;
    await importRegistries({ DATABASE_URL: url }, [path, ...options], (line) => printed.push(line));
    return printed;
  };

  it('is the one that declares it, by the most specific first', async () => {
    expect(await leads('ip=198.51.100.200')).toEqual([
      'declared',
      'XB 198.51.100.128/25',
      'XB 198.51.100.0/24',
    ]);
    expect(await leads('ip=::ffff:198.51.100.7')).toEqual(['declared', 'XB 198.51.100.0/24']);
    expect(await leads('ip=2001:DB8:0:0::7')).toEqual(['declared', 'XB 2001:db8::/32']);
    expect(await leads('asn=as64500')).toEqual(['declared', 'XB AS64500']);
    expect(await leads('domain=Mail.GOV.xb.example.')).toEqual([
      'declared',
      'XB gov.xb.example',
      'XB xb.example',
    ]);
    expect(await leads(`domain=${encodeURIComponent('почта.пример.рф')}`)).toEqual([
      ...['declared', 'XB xn--e1afmkfd.xn--p1ai', 'RU xn--e1afmkfd.xn--p1ai'],
    ]);
    const { special, candidates } = await ask('ip=198.51.100.7');
    expect(special).toEqual({ is: 'for documentation', source: 'RFC 5737' });
    expect(candidates[0]).toMatchObject({
      body: { id: body.id },
      since: expect.stringMatching(/^\d{4}-/) as string,
    });
  });

  it('is said to be nobody where it is private or reserved, and unknown with what can be done', async () => {
    for (const query of ['ip=10.1.2.3', 'ip=fe80::1', 'ip=224.0.0.1', 'asn=65000', 'domain=a.test']) {
      const { source, special } = await ask(query);
      expect([query, source, special]).toEqual([
        query,
        null,
        expect.objectContaining({ is: expect.any(String) as string }),
      ]);
    }
    const { source, notes } = await ask('ip=9.8.0.7');
    expect([source, notes.join(' ')]).toEqual([null, expect.stringMatching(/import-rir.*RDAP/) as string]);
    expect(await leads('domain=notxb.example')).toEqual([null]);
    expect(await leads('domain=a.com')).toEqual([null]);
  });

  it('is that of the ending of a name, where nothing better is known, and said to be weak', async () => {
    expect(await leads('domain=www.cert.gov.uk')).toEqual(['country-code', 'GB cert.gov.uk']);
    expect((await ask('domain=a.tv')).notes.join(' ')).toMatch(/weak.*sold to anybody/);
    expect(await ask('domain=a.pr')).toMatchObject({ source: null, country: 'PR' });
    expect((await ask('domain=a.eu')).notes.join(' ')).toMatch(/of a union/);
  });

  it('is that of the file of a registry, with its day; declared ones come before', async () => {
    const printed = await take(first);
    expect(printed.join('\n')).toMatch(
      /ripencc: the file of 2026-01-05 .* in force\.\n {2}4 lines were taken/,
    );
    expect(printed.join('\n')).toMatch(/1 of what is given out to nobody.*1 that cannot be read/);
    expect(printed.join('\n')).toMatch(/line 9 names no addresses/);
    expect(await leads('ip=9.8.0.7')).toEqual(['registry', 'FR 9.8.0.0/23']);
    expect(await leads('ip=9.8.2.255')).toEqual(['registry', 'FR 9.8.2.0/24']);
    expect(await leads('ip=9.8.3.0')).toEqual([null]);
    expect(await leads('ip=9.8.1.1')).toEqual(['declared', 'XB 9.8.1.0/24', 'FR 9.8.0.0/23']);
    expect((await ask('ip=9.8.1.1')).notes.join(' ')).toMatch(/its own word/);
    expect(await leads('ip=2a00:1::9')).toEqual(['registry', 'FR 2a00:1::/32']);
    expect(await leads('asn=3309')).toEqual(['registry', 'FR AS3300–AS3309']);
    expect(await leads('asn=3310')).toEqual([null]);
    const answer = await ask('asn=3400');
    expect(answer).toMatchObject({
      source: null,
      country: 'QQ',
      files: [{ registry: 'ripencc', date: '2026-01-05' }],
    });
    expect(answer.notes.join(' ')).toMatch(/QQ is named/);
  });

  it('changes with a newer file, whole or not at all', async () => {
    const older = [header('ripencc', '20250101', 1), 'ripencc|DE|asn|3300|1|19990101|allocated'];
    await expect(take(older)).rejects.toThrow(/the one in force is of 2026-01-05/);
    const cut = [
      header('ripencc', '20260201', 3),
      'ripencc|*|asn|*|3|summary',
      'ripencc|DE|asn|3300|1||allocated',
    ];
    await expect(take(cut)).rejects.toThrow(/has 3 records of asn, and has 1/);
    await expect(take(['<html>', ...first])).rejects.toThrow(/no delegated statistics file/);
    await expect(take([])).rejects.toThrow(/no delegated statistics file/);
    expect(await leads('asn=3300')).toEqual(['registry', 'FR AS3300–AS3309']);
    expect((await take(older, '--anyway')).join()).toMatch(/in place of that of 2026-01-05/);
    expect(await leads('asn=3300')).toEqual(['registry', 'DE AS3300']);
    expect(await leads('ip=9.8.0.7')).toEqual([null]);
    const packed = join(folder, 'delegated.gz');
    await writeFile(packed, gzipSync(first.join('\n')));
    await importRegistries({ DATABASE_URL: instance.database.urls.owner }, [packed], () => undefined);
    expect(await leads('asn=3300')).toEqual(['registry', 'FR AS3300–AS3309']);
  });

  it('is not looked for by what is no trace', async () => {
    for (const query of [
      '',
      'ip=1.2.3',
      'ip=fe80::1%25eth0',
      'ip=1.2.3.0/24',
      'asn=4294967296',
      'asn=x',
      'domain=a/b',
      'domain=1.2.3.4',
      'ip=1.2.3.4&asn=1',
      'who=x',
    ])
      expect([query, (await officer.get(`/origins?${query}`)).status]).toEqual([query, 400]);
    expect((await instance.anyone.get('/api/v1/origins?asn=1')).status).toBe(401);
  });

  it('is on the record as a look-up of that party', async () => {
    const other = await instance.officer('officer@xc.example');
    await other.get('/origins?asn=64500');
    const [view] = await instance.database.rows('SELECT kind, sought FROM views ORDER BY at DESC LIMIT 1');
    expect(view).toEqual({ kind: 'look-up', sought: 'XB' });
  });

  describe('is reached by a route that names none', () => {
    const route = async (query: string) =>
      (await officer.get(`/routes?${query}`)).body as RouteView & { origin: RouteOrigin | null };

    it('with the source, the others that it may be, and the body that declares it first', async () => {
      await instance.database.rows(
        `UPDATE points_of_contact SET body_id = $1 WHERE party_code = 'XB' AND level = 'diplomatic'`,
        [body.id],
      );
      const found = await route('ip=198.51.100.200');
      expect(found).toMatchObject({
        party: 'XB',
        steps: [{ level: 'diplomatic', body: { id: body.id } }, { level: 'technical' }, {}, {}],
        origin: {
          ...{ source: 'declared', file: null, special: { source: 'RFC 5737' } },
          by: { party: { code: 'XB' }, body: { id: body.id }, matched: '198.51.100.128/25' },
          others: [{ matched: '198.51.100.0/24' }],
        },
      });
      expect(found.steps.map(({ because }) => because[0]?.code)).toEqual([
        ...['constituency', 'primary', 'hours-unknown', 'primary'],
      ]);
      const named = await route('party=XB');
      expect([named.origin, named.steps[0]?.level]).toEqual([null, 'technical']);
    });

    it('with the file of the registry and its day, or the ending of the name', async () => {
      expect(await route('ip=9.8.0.7')).toMatchObject({
        ...{ party: 'FR', steps: [{ level: 'technical', because: [{ code: 'primary' }, {}] }, {}, {}] },
        origin: {
          source: 'registry',
          by: { body: null, matched: '9.8.0.0/23', registry: 'ripencc' },
          file: { registry: 'ripencc', date: '2026-01-05' },
        },
      });
      expect((await route('domain=www.cert.gov.uk')).origin).toMatchObject({
        ...{ source: 'country-code', by: { party: { code: 'GB' } }, file: null },
        notes: [expect.stringContaining('weak')],
      });
    });

    it('or says that nobody is known, and what can be done', async () => {
      const { status, body: problem } = await officer.get('/routes?asn=AS3310');
      expect([status, (problem as { detail: string }).detail]).toEqual([
        404,
        expect.stringMatching(/^No party of this network is known for AS3310\..*RDAP/),
      ]);
      const private4 = (await officer.get('/routes?ip=10.1.2.3')).body as { detail: string };
      expect(private4.detail).toMatch(/nobody's/);
      for (const [query, parameter] of [
        ['ip=9.8.0.7&party=XB', 'ip'],
        ['ip=9.8.0.7&asn=1', 'asn'],
        ['urgency=U1', 'party'],
        ['ip=9.8.0', 'ip'],
        ['asn=x', 'asn'],
        ['domain=a%2Fb', 'domain'],
      ])
        expect(told(await officer.get(`/routes?${query}`))).toEqual([parameter]);
    });

    it('on the record, and counted, with the party that was found, or with none', async () => {
      const other = await instance.officer('observer@xc.example');
      const lookUps = async () => {
        const [row] = await instance.database.rows<{ count: number }>(
          `SELECT count(*)::int AS count FROM views WHERE kind = 'look-up' AND sought IS NULL`,
        );
        return row?.count ?? 0;
      };
      const before = await lookUps();
      expect((await other.get('/routes?asn=3310')).status).toBe(404);
      expect(await lookUps()).toBe(before + 1);
      await other.get('/routes?asn=64500');
      const views = await instance.database.rows(
        `SELECT v.kind, v.sought, (SELECT count(*)::int FROM entry_readings r WHERE r.actor = v.actor) AS read
         FROM views v ORDER BY v.at DESC LIMIT 1`,
      );
      expect(views).toEqual([{ kind: 'look-up', sought: 'XB', read: 4 }]);
    });
  });
});
