import { passwordFault } from './password-rules.js';

describe('a new password', () => {
  it.each([
    ['correct horse battery staple', undefined],
    ['Zwölf Zeichen', undefined],
    ['short enough', undefined],
    ['eleven char', 'passwordShort'],
    ['', 'passwordShort'],
    ['aaaaaaaaaaaaaaaa', 'passwordCommon'],
    ['password123456', 'passwordCommon'],
    ['sample-world-2026', 'passwordCommon'],
    ['m.rossi@xa.example', 'passwordCommon'],
    ['m.rossi-m.rossi-1', 'passwordCommon'],
    ['121212121212', 'passwordCommon'],
  ])('%j: %s', (password, fault) => {
    expect(passwordFault(password, 'M.Rossi@xa.example')).toBe(fault);
  });

  it('is counted in characters, not in bytes', () => {
    expect(passwordFault('é'.repeat(11), 'a@xa.example')).toBe('passwordShort');
  });
});
