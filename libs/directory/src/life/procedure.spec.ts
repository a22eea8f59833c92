import { textsIn } from '#libs/wording';
import { faultsInSteps, procedureSteps, type KeptStep } from './procedure.js';

const open: KeptStep = { step: 'decide', own: null, state: 'open', doneOn: null, note: null };
const own = { text: 'Ask the minister.', language: 'en' };
const fields = (steps: KeptStep[]) =>
  faultsInSteps(steps, '2026-07-01').map(({ at, field }) => `${at} ${field}`);

describe('a national procedure', () => {
  it('has words for each step of the catalogue, and for no other', () => {
    expect(Object.keys(textsIn('en').procedure)).toEqual([...procedureSteps]);
  });

  it('takes steps of the catalogue and of its own, open or done with their day', () => {
    const done: KeptStep = { ...open, step: null, own, state: 'done', doneOn: '2026-07-01', note: own };
    expect(fields([open, done, { ...done, doneOn: '2020-02-29' }])).toEqual([]);
    expect(fields([])).toEqual([]);
  });

  it('refuses a step that is none or two, one listed twice, and days that do not fit', () => {
    expect(fields([{ ...open, own }])).toEqual(['0 step']);
    expect(fields([{ ...open, step: null }])).toEqual(['0 step']);
    expect(fields([open, { ...open, step: 'tell' }, open])).toEqual(['2 step']);
    expect(fields([{ ...open, doneOn: '2026-06-30' }])).toEqual(['0 doneOn']);
    expect(fields([{ ...open, state: 'done' }])).toEqual(['0 doneOn']);
    expect(fields([{ ...open, state: 'done', doneOn: '2026-07-02' }])).toEqual(['0 doneOn']);
  });
});
