import { disclosed, nothingToDisclose, type Disclosure } from './disclosure.js';
import type { LineState } from './lifecycle.js';

const line = (party: string, state: LineState = 'sent') => ({ party, state });
const three = [line('XB'), line('XC'), line('FR')];
const told = (asked: Disclosure, lines = three, before: { to: string; party: string }[] = []) => {
  const outcome = disclosed(asked, lines, before);
  return 'told' in outcome ? Object.fromEntries(outcome.told) : outcome;
};

describe('a disclosure', () => {
  it('tells all of all, and none of itself', () => {
    expect(told({ to: 'all', parties: 'all' })).toEqual({
      XB: ['XC', 'FR'],
      XC: ['XB', 'FR'],
      FR: ['XB', 'XC'],
    });
  });

  it('tells those named of those named, each once', () => {
    expect(told({ to: ['XB', 'XB'], parties: ['XC', 'XB', 'XC'] })).toEqual({ XB: ['XC'] });
  });

  it('adds what is new', () => {
    const before = [{ to: 'XB', party: 'XC' }];
    expect(told({ to: ['XB'], parties: 'all' }, three, before)).toEqual({ XB: ['FR'] });
    expect(told({ to: ['XB'], parties: ['XC'] }, three, before)).toMatchObject({
      refused: { code: 'already-done' },
    });
    expect(told({ to: ['XB'], parties: ['XB'] })).toMatchObject({ refused: { code: 'already-done' } });
  });

  it('tells those nothing more whose lines are over, but tells of them', () => {
    const lines = [line('XB'), line('XC', 'withdrawn'), line('FR', 'closed')];
    expect(told({ to: 'all', parties: 'all' }, lines)).toEqual({ XB: ['XC', 'FR'] });
    expect(told({ to: ['XB', 'XC'], parties: 'all' }, lines)).toMatchObject({
      faults: [{ pointer: '#/disclosure/to/1' }],
    });
  });

  it('is about addressees of the request alone', () => {
    expect(told({ to: ['ZZ'], parties: ['XB', 'XA'] })).toMatchObject({
      faults: [{ pointer: '#/disclosure/to/0' }, { pointer: '#/disclosure/parties/1' }],
    });
  });

  it('needs more than one addressee, however many lines it has', () => {
    expect(told({ to: 'all', parties: 'all' }, [line('XB')])).toMatchObject({ refused: { code: 'not-yet' } });
    expect(nothingToDisclose([line('XB'), line('XB')])).toMatchObject({ code: 'not-yet' });
    expect(nothingToDisclose(three)).toBeUndefined();
  });
});
