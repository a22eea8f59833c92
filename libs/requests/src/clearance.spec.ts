import {
  clearableActs,
  clearanceStep,
  demandOn,
  differences,
  waitsBecause,
  type Clearing,
  type ToClear,
} from './clearance.js';
import { acts } from './lifecycle.js';

const words = { text: { text: 'We are on it.', language: 'en' } };
const cleared: ToClear = {
  ...{ request: 'r', party: 'XA', act: 'send', line: null, addressee: null, said: {} },
  versions: { request: 1, line: null },
  draft: { traffic: 'actual', to: ['XB'], urgency: 'U1', tlp: 'AMBER', answers: { b: 1, a: [2] } },
};

describe('clearance', () => {
  it('can be demanded of what leaves a party, and never of what must not wait or stays', () => {
    const never = acts.filter((act) => !clearableActs.includes(act));
    expect(never).toEqual(['save', 'acknowledge', 'take', 'assess', 'note']);
    for (const act of acts)
      expect([act, demandOn(act, { isDraft: false, said: {} }, acts)]).toEqual([
        act,
        never.includes(act) ? 'nothing' : 'clearance',
      ]);
  });

  it('is demanded by rules alone, and never of giving up a draft', () => {
    for (const act of acts) expect(demandOn(act, { isDraft: false, said: words }, [])).toBe('nothing');
    expect(demandOn('send', { isDraft: true, said: {} }, ['send'])).toBe('clearance');
    expect(demandOn('withdraw', { isDraft: true, said: {} }, ['withdraw'])).toBe('nothing');
  });

  it('of messages keeps words out of acts that do not wait', () => {
    for (const act of ['acknowledge', 'take', 'assess'] as const) {
      expect(demandOn(act, { isDraft: false, said: words }, ['message'])).toBe('no-words');
      expect(demandOn(act, { isDraft: false, said: { answers: { a: 1 } } }, ['message'])).toBe('no-words');
      expect(demandOn(act, { isDraft: false, said: { answers: {} } }, ['message'])).toBe('nothing');
      expect(demandOn(act, { isDraft: false, said: words }, ['send'])).toBe('nothing');
    }
    expect(demandOn('note', { isDraft: false, said: words }, ['message'])).toBe('nothing');
  });

  it('tells what differs from what was cleared, whatever the order of fields', () => {
    const reordered = { ...cleared, draft: { ...cleared.draft!, answers: { a: [2], b: 1 } } };
    expect(differences(cleared, reordered)).toEqual([]);
    expect(differences(cleared, { ...cleared, versions: { request: 2, line: null } })).toEqual(['#/version']);
    const { urgency: _urgency, ...rest } = cleared.draft!;
    expect(differences(cleared, { ...cleared, draft: { ...rest, to: ['XB', 'XC'] } })).toEqual([
      '#/draft/to',
      '#/draft/urgency',
    ]);
    expect(differences(cleared, { ...cleared, said: words, line: 'l' })).toEqual(['#/addressee', '#/text']);
  });
});

describe('the step that clearance has come to', () => {
  const on = { line: 'l', isDraft: false };
  const clearing = (open: Clearing['open'] = []): Clearing => ({ inForce: ['determine'], open });

  it('is told where it is demanded, and nothing where not', () => {
    expect(clearanceStep(clearing(), 'determine', on)).toBe('needed');
    expect(clearanceStep(clearing(), 'redirect', on)).toBeUndefined();
    const asked = { act: 'determine', line: 'l', state: 'asked' } as const;
    expect(clearanceStep(clearing([asked]), 'determine', on)).toBe('asked');
    expect(clearanceStep(clearing([asked, { ...asked, state: 'approved' }]), 'determine', on)).toBe(
      'approved',
    );
    expect(clearanceStep(clearing([{ ...asked, line: 'other' }]), 'determine', on)).toBe('needed');
    expect([waitsBecause.needed, waitsBecause.asked].every(Boolean)).toBe(true);
    expect(waitsBecause.approved).toBeUndefined();
  });
});
