import { asciiOf, endingOf, suffixesOf } from './country-domains.js';
import { specialSystem } from './special-numbers.js';

const country = (name: string) => {
  const ending = endingOf(name);
  return ending.is === 'country' ? `${ending.code}${ending.isOftenGeneric ? ' generic' : ''}` : ending.why;
};

describe('domain names', () => {
  it.each([
    ['cert.fr', 'FR'],
    ['gov.uk', 'GB'],
    ['a.eu', 'not-a-country'],
    ['a.su', 'not-a-country'],
    ['a.io', 'IO generic'],
    ['a.com', 'generic'],
    ['a.example', 'special'],
    ['xn--e1afmkfd.xn--p1ai', 'RU'],
    ['a.xn--fiqs8s', 'CN'],
    ['a.xn--mgbaam7a8h', 'AE'],
  ])('%s end with the code of %s', (name, says) => {
    expect(country(name)).toBe(says);
  });

  it('are compared in their ASCII form', () => {
    expect(asciiOf('Пример.РФ')).toBe('xn--e1afmkfd.xn--p1ai');
    expect(asciiOf('CERT.XB.Example.')).toBe('cert.xb.example');
    expect(asciiOf('_dmarc.xb.example')).toBe('_dmarc.xb.example');
    for (const name of [
      '',
      'a b.fr',
      'http://a.fr',
      'a.fr/x',
      'u@a.fr',
      'a.fr:80',
      '192.0.2.1',
      '[::1]',
      'a..fr',
      '-a.fr',
      '%41.fr',
    ])
      expect([name, asciiOf(name)]).toEqual([name, undefined]);
  });

  it('lie under each of their endings', () => {
    expect(suffixesOf('a.b.c')).toEqual(['a.b.c', 'b.c', 'c']);
  });
});

describe('autonomous systems', () => {
  it('are nobody’s where their number is reserved', () => {
    expect(specialSystem(64500)).toMatchObject({ source: 'RFC 5398' });
    expect(specialSystem(65000)).toMatchObject({ is: 'private' });
    expect([specialSystem(3333), specialSystem(131072), specialSystem(4199999999)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
