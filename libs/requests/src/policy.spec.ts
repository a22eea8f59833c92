import { acts } from './lifecycle.js';
import { may } from './policy.js';

const allowedTo = (role: string) => acts.filter((act) => may(role, act) === undefined);

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
    expect(may('observer', 'send')).toMatchObject({
      refused: true,
      because: expect.stringContaining('observer'),
    });
  });
});
