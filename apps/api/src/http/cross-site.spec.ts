import { isCrossSite } from './cross-site.js';

const publicUrl = 'https://aldis.example';
const call = (headers: Record<string, string>, hasSession = true, method = 'POST') =>
  isCrossSite({ method, headers: { host: 'aldis.example', ...headers }, hasSession }, publicUrl);

describe('a call that changes something', () => {
  it.each(['cross-site', 'same-site', 'nonsense', ''])('is foreign when the browser says %j', (site) => {
    expect(call({ 'sec-fetch-site': site })).toBe(true);
    expect(call({ 'sec-fetch-site': site, origin: publicUrl })).toBe(true);
  });

  it.each([
    'https://evil.example',
    'https://aldis.example.evil.example',
    'https://sub.aldis.example',
    'https://aldis.example:8443',
    'nonsense',
    '',
  ])('is foreign when it comes from %j, whatever else is said', (origin) => {
    expect(call({ origin })).toBe(true);
    expect(call({ origin, 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(call({ origin }, false)).toBe(true);
  });

  it('is ours from the public address and from the host that was called', () => {
    expect(call({ origin: 'https://aldis.example', 'sec-fetch-site': 'same-origin' })).toBe(false);
    expect(call({ origin: 'https://aldis.example', host: '127.0.0.1:3000' })).toBe(false);
    expect(call({ origin: 'http://localhost:3000', host: 'LOCALHOST:3000' })).toBe(false);
  });

  it('is a program when it says nothing of it', () => {
    expect(call({})).toBe(false);
    expect(call({ 'sec-fetch-site': 'none' })).toBe(false);
  });

  it('that hides its origin is believed from our own page, or where no session comes along', () => {
    expect(call({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(false);
    expect(call({ origin: 'null' }, false)).toBe(false);
    expect(call({ origin: 'null' }, true)).toBe(true);
    expect(call({ origin: 'null', 'sec-fetch-site': 'cross-site' }, false)).toBe(true);
  });
});

it('a call that only reads is let through from everywhere', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    expect(call({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, true, method)).toBe(
      false,
    );
});
