import fc from 'fast-check';
import { blocksOf, readHeader, readLine } from './registry-lines.js';

const range = (type: string, start: string, value: string, rest = '20200102|allocated') =>
  readLine(`apnic|XA|${type}|${start}|${value}|${rest}`, 'apnic');
const size = (block: string) => 2 ** (32 - Number(block.split('/')[1]));
const numberOf = (block: string) =>
  (block.split('/')[0] ?? '').split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

describe('lines of a delegated statistics file', () => {
  it('begin with whose it is and until when', () => {
    expect(readHeader('2|apnic|20260102|3|19830101|20260101|+1000')).toEqual({
      ...{ registry: 'apnic', serial: '20260102', records: 3, date: '2026-01-01' },
    });
    for (const line of [
      '',
      '<html>',
      '1|apnic|1|3|x|20260101|0',
      '2|iana|1|3|x|20260101|0',
      '2|arin|1|3|x|20261332|0',
    ])
      expect(readHeader(line)).toBeUndefined();
  });

  it('give addresses and autonomous systems to countries', () => {
    const registered = { country: 'XA', status: 'allocated', since: '2020-01-02' };
    expect(range('ipv4', '198.51.100.0', '256')).toEqual({
      ...{ is: 'range', type: 'ipv4', ranges: ['198.51.100.0/24'], registered },
    });
    expect(range('ipv6', '2001:DB8::', '32', '|assigned|A1')).toMatchObject({
      ranges: ['2001:db8::/32'],
      registered: { status: 'assigned', since: null },
    });
    expect(range('asn', '64500', '4')).toMatchObject({ first: 64500, last: 64503 });
  });

  it.each([
    ['', 'nothing'],
    ['# a remark', 'nothing'],
    ['apnic|*|ipv4|*|12|summary', 'summary'],
    ['apnic||ipv4|10.0.0.0|256||available', 'other'],
    ['apnic|XA|asn|1|1|20200101|reserved', 'other'],
    ['apnic|ZZ|asn|1|1|20200101|allocated', 'other'],
    ['arin|XA|asn|1|1|20200101|allocated', 'fault'],
    ['apnic|XA|ipv5|1|1|20200101|allocated', 'fault'],
    ['apnic|XA|ipv4|1.2.3|256|20200101|allocated', 'fault'],
    ['apnic|XA|ipv4|1.2.3.256|1|20200101|allocated', 'fault'],
    ['apnic|XA|ipv4|255.255.255.255|2|20200101|allocated', 'fault'],
    ['apnic|XA|ipv4|1.2.3.0|0|20200101|allocated', 'fault'],
    ['apnic|XA|ipv6|2001:db8::1|32|20200101|allocated', 'fault'],
    ['apnic|XA|ipv6|2001:db8:::|32|20200101|allocated', 'fault'],
    ['apnic|XA|ipv6|2001::db8::|32|20200101|allocated', 'fault'],
    ['apnic|XA|ipv6|2001:db8::|129|20200101|allocated', 'fault'],
    ['apnic|XA|asn|4294967295|2|20200101|allocated', 'fault'],
    ['apnic|XA|asn|x|1|20200101|allocated', 'fault'],
    ['no line at all', 'fault'],
  ])('%j is %s', (line, is) => {
    expect(readLine(line, 'apnic').is).toBe(is);
  });

  it('name the fewest blocks that hold exactly the addresses that are counted', () => {
    expect(blocksOf('192.0.2.0', 768)).toEqual(['192.0.2.0/23', '192.0.4.0/24']);
    expect(blocksOf('10.0.0.255', 3)).toEqual(['10.0.0.255/32', '10.0.1.0/31']);
    expect(blocksOf('0.0.0.0', 2 ** 32)).toEqual(['0.0.0.0/0']);
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.integer({ min: 1, max: 2 ** 24 }), (start, count) => {
        const quad = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.');
        let at = start;
        for (const block of blocksOf(quad, count) ?? []) {
          expect([numberOf(block), at % size(block)]).toEqual([at, 0]);
          at += size(block);
        }
        expect(at).toBe(start + count);
      }),
    );
  });
});
