import { ownCatalogue, samples } from '#libs/templates';
import { codesIn, sectionsOf } from './shown-answers.js';

const names = new Map([['XA', { en: 'Fictional State A', fr: 'État fictif A' }]]);
const template = ownCatalogue().find('assistance-request');

describe('answers as they are read', () => {
  it('name the parties in them', () => {
    expect(codesIn({ a: ['XA', 'UDP'], b: { c: 'XB', d: { text: 'XC is asked' } }, e: null, f: 2 })).toEqual([
      'XA',
      'XB',
    ]);
    if (!template) throw new Error('there is no such template');
    const shown = { template, answers: { incident: { affectedStates: ['XA', 'XB'] } } };
    expect(JSON.stringify(sectionsOf(shown, 'fr', names))).toContain('État fictif A');
    expect(JSON.stringify(sectionsOf(shown, 'en', names))).toContain('"XB"');
  });

  it('show after an amendment what it changed, and nothing else', () => {
    const [sample] = samples;
    if (!sample || !template) throw new Error('there is no sample');
    const before = sample.answers;
    const answers = { ...before, parties: { reference: 'XA-0042' } };
    const changed = JSON.stringify(sectionsOf({ template, answers, before }, 'en', names));
    expect(changed).toContain('XA-0042');
    expect(changed).not.toContain('encryption started');
    expect(sectionsOf({ template, answers: before, before }, 'en', names)).toEqual([]);
  });
});
