import { readDate } from './date-text.js';
import { readHours, writeHours } from './hours-text.js';
import { plainMail, plainNumber } from './read-channel.js';
import { textOfHtml } from './html-text.js';
import { readZone } from './zone-text.js';

const at = new Date('2026-07-01T09:00:00Z');

describe('a date', () => {
  it.each([
    ['2021-03-04', '2021-03-04'],
    ['20210304', '2021-03-04'],
    ['Version 1.2 of 2021/3/4', '2021-03-04'],
    ['04.03.2021', '2021-03-04'],
    ['4th of March, 2021', '2021-03-04'],
    ['March 4, 2021', '2021-03-04'],
    ['4-Mar-2021', '2021-03-04'],
    ['4 mars 2021', '2021-03-04'],
    ['1er août 2021', '2021-08-01'],
    ['4 de marzo de 2021', '2021-03-04'],
    ['4. März 2021', '2021-03-04'],
    ['4 марта 2021 г.', '2021-03-04'],
    ['4 março 2021', '2021-03-04'],
    ['2021年3月4日', '2021-03-04'],
    ['٤ مارس ٢٠٢١', '2021-03-04'],
    ['12/31/2021', '2021-12-31'],
  ])('is read from %j', (text, on) => {
    expect(readDate(text)).toEqual({ on, ambiguous: false });
  });

  it('whose day could be its month is taken day first, and said to be ambiguous', () => {
    expect(readDate('03/04/2021')).toEqual({ on: '2021-04-03', ambiguous: true });
  });

  it.each(['', '31.02.2021', 'soon', '1.2.3', '99/99/9999'])('is not read from %j', (text) => {
    expect(readDate(text)).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each([
    ['Europe/Zurich', undefined, 'Europe/Zurich', false],
    ['europe/zurich', undefined, 'Europe/Zurich', false],
    ['UTC', undefined, 'UTC', false],
    ['CET/CEST (UTC+1, UTC+2 in summer)', undefined, 'Europe/Paris', true],
    ['CET', 'CH', 'Europe/Zurich', true],
    ['UTC+1', 'CH', 'Europe/Zurich', true],
    ['GMT-03:00', undefined, 'Etc/GMT+3', true],
    ['UTC+5:30', undefined, 'Asia/Kolkata', true],
    ['UTC+09', 'JP', 'Asia/Tokyo', true],
  ])('is read from %j for %j', (text, party, zone, assumed) => {
    const read = readZone(text, at, party);
    expect(read?.zone).toBe(zone);
    expect(read?.assumed !== undefined).toBe(assumed);
  });

  it.each(['', 'local time', 'UTC+25', 'Mars/Olympus'])('is not read from %j', (text) => {
    expect(readZone(text, at)).toBeUndefined();
  });
});

describe('hours', () => {
  it.each([
    ['Mon-Fri 09:00-17:00', 'Mon-Fri 09:00-17:00'],
    ['Monday to Thursday from 8.30 to 16.00, Friday 8.30 to 14.00', 'Mon-Thu 08:30-16:00; Fri 08:30-14:00'],
    ['weekdays 9am - 5:30pm', 'Mon-Fri 09:00-17:30'],
    ['Sunday to Thursday 08:00-15:00', 'Mon-Thu, Sun 08:00-15:00'],
    ['Mon, Wed 10h à 12h', 'Mon, Wed 10:00-12:00'],
    ['daily 00:00-24:00', 'Mon-Sun 00:00-24:00'],
    ['24/7', '24/7'],
    ['24 hours a day, 7 days a week', '24/7'],
    ['круглосуточно', '24/7'],
  ])('are read from %j', (text, hours) => {
    const read = readHours(text);
    expect(read && writeHours(read.duty)).toBe(hours);
    expect(read?.assumed).toBe(false);
  });

  it('without days are taken for those of Monday to Friday, and said to be', () => {
    expect(readHours('09:00 - 17:00')).toEqual({
      ...{ duty: { weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] }, assumed: true },
    });
  });

  it.each(['', 'by appointment', '25:00-26:00', 'Mon-Fri'])('are not read from %j', (text) => {
    expect(readHours(text)).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    'cert [at] xa.example',
    'cert(at)xa(dot)example',
    'cert at xa dot example',
    '<cert@xa.example>',
    'mailto:cert@xa.example',
    'cert＠xa.example',
    'cert {arroba} xa {punto} example',
  ])('of a mailbox is read from %j', (text) => {
    expect(plainMail(text).address).toBe('cert@xa.example');
  });

  it.each([
    '+41 22 917 12 34',
    'tel:+41-22-917-12-34',
    '0041 (0)22 917 12 34',
    '＋41 22 917 12 34',
    '+41 22 917 12 34 ext. 5',
    '+41/22/917 12 34',
  ])('of a telephone is read from %j', (text) => {
    expect(plainNumber(text).replace(/[ -]/g, '')).toBe('+41229171234');
  });
});

describe('the text of a page', () => {
  it('has lines for blocks, characters for entities, and nothing of scripts and comments', () => {
    const page =
      '<html><head><title>T</title></head><!-- <p>no</p> --><body><h1>A &amp; B</h1><p>x&nbsp;&#64;&#x61;<br/>1 &lt; 2 < 3</p><script>no</script>';
    expect(
      textOfHtml(page)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ).toEqual(['A & B', 'x @a', '1 < 2 < 3']);
  });
});
