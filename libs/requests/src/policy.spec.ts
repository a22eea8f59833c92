import { acts } from './lifecycle.js';
import { holds, may, readsOnly } from './policy.js';

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

describe('a line', () => {
  const [handed, other] = ['0190a0b0-0000-7000-8000-000000000001', '0190a0b0-0000-7000-8000-000000000002'];

  it('is held by any body of the State asked until it is handed over to one', () => {
    expect(holds({ bodyId: null }, 'addressee', other)).toBeUndefined();
    expect(holds({ bodyId: handed }, 'addressee', handed)).toBeUndefined();
    expect(holds({ bodyId: handed }, 'addressee', other)).toMatchObject({
      refused: true,
      code: 'not-your-body',
    });
  });

  it('is open to the requester whoever holds it', () => {
    for (const bodyId of [null, handed, other]) expect(holds({ bodyId }, 'requester', other)).toBeUndefined();
  });
});

describe('what was shared', () => {
  it('is read, and takes internal notes and nothing else', () => {
    expect(acts.filter((act) => readsOnly(act) === undefined)).toEqual(['note']);
    expect(readsOnly('acknowledge')).toMatchObject({ refused: true, code: 'shared-to-read' });
  });
});
