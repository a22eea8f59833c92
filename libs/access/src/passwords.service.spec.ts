import { hashPassword, noPasswordFits, passwordFits } from './passwords.service.js';

describe('passwords', () => {
  it('fit their own hash and no other', async () => {
    const hash = await hashPassword('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hash).not.toContain('horse');
    expect(await passwordFits('correct horse', hash)).toBe(true);
    expect(await passwordFits('correct horsf', hash)).toBe(false);
    expect(await hashPassword('correct horse')).not.toBe(hash);
  });

  it('never fit the hash that stands for no account', async () => {
    expect(await passwordFits('', noPasswordFits)).toBe(false);
    expect(await passwordFits('anything', noPasswordFits)).toBe(false);
  });
});
