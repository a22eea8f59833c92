import { commitmentTo } from './commitment.js';

describe('a commitment', () => {
  it('does not depend on the order of members', () => {
    expect(commitmentTo({ salt: 's', content: { a: 1, b: [2, { d: 3, c: 4 }] } })).toBe(
      commitmentTo({ content: { b: [2, { c: 4, d: 3 }], a: 1 }, salt: 's' }),
    );
  });

  it('changes with the content and with the salt', () => {
    const first = commitmentTo({ salt: 's', content: { a: 1 } });
    expect(commitmentTo({ salt: 's', content: { a: 2 } })).not.toBe(first);
    expect(commitmentTo({ salt: 't', content: { a: 1 } })).not.toBe(first);
  });

  it('is SHA-256 over the canonical text (a fixed vector for other implementations)', () => {
    // printf '{"content":{"act":"acknowledge"},"salt":"00"}' | sha256sum
    expect(commitmentTo({ salt: '00', content: { act: 'acknowledge' } })).toBe(
      '120bc4d09a000f1eed0d4b67a5cec80b1f7e7ef652c8c7f666fc43732f64538e',
    );
  });
});
