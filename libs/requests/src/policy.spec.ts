import { acts } from './lifecycle.js';
import { may } from './policy.js';

const allowedTo = (role: string) => acts.filter((act) => may({ role }, act) === undefined);

describe('roles', () => {
  it('decide who may do what', () => {
    expect(allowedTo('officer')).toEqual([...acts]);
    expect(allowedTo('duty-officer')).toEqual(['acknowledge', 'take', 'ask', 'message', 'note']);
    expect(allowedTo('link-bearer')).toEqual(['acknowledge']);
  });

  it('give those who manage accounts, observers and unknown roles nothing', () => {
    for (const role of [
      'directory-manager',
      'party-administrator',
      'auditor',
      'exercise-director',
      'observer',
      '',
      'constructor',
    ])
      expect(allowedTo(role)).toEqual([]);
  });

  it('say which role lacks which act', () => {
    expect(may({ role: 'observer' }, 'send')).toMatchObject({
      refused: true,
      because: expect.stringContaining('observer'),
    });
  });

  it('are narrowed by the scope of a token, and widened by none', () => {
    const scope = ['read-requests', 'acknowledge-requests'] as const;
    const within = (role: string) => acts.filter((act) => may({ role, scope }, act) === undefined);
    expect([within('officer'), within('observer')]).toEqual([['acknowledge'], []]);
    expect(may({ role: 'officer', scope }, 'send')).toMatchObject({
      because: expect.stringContaining('token'),
    });
  });
});
