import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { entriesInSixScripts } from '../../../../test/harness/entries-in-six-scripts.js';
import { placeless } from '../../../../test/harness/placeless.js';
import { channelColumns, columns } from './csv-columns.js';
import { readCsv } from './read-csv.js';
import { tidyEntry } from './tidy-entry.js';
import { writeCsv } from './write-csv.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCsv(bytes(text), { at });
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const codes = (text: string) =>
  read(text)
    .findings.filter(({ severity }) => severity !== 'accept')
    .map(({ code, line, column }) => [code, line, column]);

const documented = readFileSync(new URL('README.md', import.meta.url), 'utf8');

describe('a table of points of contact', () => {
  it.each([...columns, ...Object.keys(channelColumns)])(
    'has its column "%s" in the documentation',
    (column) => {
      expect(documented).toContain(`\`${column}\``);
    },
  );

  it('comes back as it was written, in six scripts, with formulas, quotes and control characters', () => {
    fc.assert(
      fc.property(fc.array(entriesInSixScripts, { minLength: 1, maxLength: 3 }), (entries) => {
        const text = writeCsv(entries);
        const { drafts } = read(text);
        expect(json(drafts.map(placeless))).toEqual(json(entries.map(tidyEntry)));
        expect(writeCsv(drafts)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(entriesInSixScripts, (entry) => {
        const cells = parse(writeCsv([entry]), { bom: true }).flat();
        expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('may come from a hand: semicolons, loose names of columns, Windows-1252, telephone numbers as people write them', () => {
    const text =
      'Country;Organisation;Level;Role_FR;Name;E-Mail;Phone;Time zone;Hours;Shoe size\r\n' +
      'xa;Équipe d’alerte;Technical;Veille;"Doe; Jane";cert [at] xa.example;+41 (0)22 917 12 34;Europe/Zurich;9am-5pm;44\r\n' +
      'xa;Équipe d’alerte;Policy;Politique;;policy@xa.example;;;;';
    const { drafts, findings } = readCsv(Buffer.from(text.replaceAll('’', "'"), 'latin1'), { at });
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ party: 'XA', body: { names: { und: "Équipe d'alerte" } } });
    const [first, second] = drafts[0]?.pointsOfContact ?? [];
    expect(first).toMatchObject({
      ...{
        level: 'technical',
        roleNames: { fr: 'Veille' },
        person: { name: 'Doe; Jane' },
        zone: 'Europe/Zurich',
      },
      duty: { weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] },
      channels: [
        { kind: 'mail', address: 'cert@xa.example' },
        { kind: 'telephone', address: '+41229171234' },
      ],
    });
    expect(second).toMatchObject({ level: 'policy', channels: [{ address: 'policy@xa.example' }] });
    const told = findings.filter(({ severity }) => severity === 'warn').map(({ code }) => code);
    expect(told).toEqual(['encoding', 'unknown-field', 'assumed', 'obfuscated']);
  });

  it('says of each cell that does not fit where it is and why', () => {
    const text =
      'level,channel,address,zone,expires on,person,purpose\n' +
      'tactical,mail,cert@xa.example,Mars/Olympus,2026-02-30,"=HYPERLINK(""x"")",often\n' +
      'technical,telephone,022 917,,2026-06-30,,\n';
    expect(codes(text)).toEqual([
      ['formula', 2, 'person'],
      ['bad-value', 2, 'level'],
      ['bad-value', 2, 'zone'],
      ['bad-value', 2, 'expires on'],
      ['bad-value', 2, 'purpose'],
      ['bad-value', 3, 'address'],
    ]);
  });

  it('tells what has expired, and rows that say different things of one point of contact', () => {
    const text =
      'entry,contact,level,channel,address,expires on\n' +
      '1,1,technical,mail,a@xa.example,2026-06-30\n1,1,policy,mail,b@xa.example,\n';
    expect(codes(text)).toEqual([
      ['ambiguous', 3, undefined],
      ['expired', 2, undefined],
    ]);
  });

  it('is told with the line of each point of contact, channel and key, wherever the rows of a body stand', () => {
    const { drafts } = read(
      'entry,contact,order,level,channel,address,mail,key fingerprint\n' +
        '1,1,2,technical,telephone,+41229171234,,\n' +
        '2,1,1,policy,mail,other@xa.example,,\n' +
        `1,1,1,technical,mail,"a@xa.example",b@xa.example,${'AB'.repeat(20)}\n` +
        '1,2,1,policy,,,c@xa.example,\n',
    );
    const placed = drafts.map((draft) => [
      draft.at?.line,
      draft.pointsOfContact.map(({ at: first, channels, keys }) => [
        first?.line,
        channels.map((channel) => [channel.address, channel.at?.line]),
        keys.map((key) => key.at?.line),
      ]),
    ]);
    const ways = [
      ['a@xa.example', 4],
      ['b@xa.example', 4],
      ['+41229171234', 2],
    ];
    expect(placed).toEqual([
      [
        2,
        [
          [2, ways, [4]],
          [5, [['c@xa.example', 5]], []],
        ],
      ],
      [3, [[3, [['other@xa.example', 3]], []]]],
    ]);
  });

  it.each([
    ['', 'not-this-format'],
    ['colour,size\nred,4\n', 'not-this-format'],
    ['level,address\n', 'empty'],
    ['level,address\ntechnical,"never ends\n', 'not-this-format'],
  ])('is refused when it is %j', (text, code) => {
    const { findings } = read(text);
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'refuse', code }));
  });
});
