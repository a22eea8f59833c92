import { samples, staged } from '#libs/templates';
import { callOf, filingOf } from './calls.js';

const all = samples.map((sample) => staged(sample, new Date('2026-03-14T22:10:00Z'), 'AR-2026-7K3M9Q'));
const bodyId = (party: string, kind: string) => `${kind} of ${party}`;

describe('what is sent', () => {
  it('to file a sample are its five fields, and the groups of its template beside them', () => {
    for (const sample of all) {
      const { answers, ...fields } = filingOf(sample) as { answers: object } & Record<string, unknown>;
      expect(fields).toEqual({
        from: sample.answers.from,
        to: sample.addressees,
        urgency: sample.answers.urgency,
        tlp: sample.answers.tlp,
        sentence: sample.answers.sentence,
        template: sample.template.key,
      });
      expect(Object.keys(answers)).toEqual(expect.arrayContaining(['incident', 'assistance']));
    }
  });

  it('to do a step are its act and what belongs to it, without what follows by itself', () => {
    const calls = all.flatMap(({ script }) => script.map((step) => callOf(step, bodyId)));
    const given = calls.map((call) => ('answers' in call ? Object.keys(call.answers as object) : []));
    for (const key of ['from', 'to', 'request', 'tlp', 'answer', 'acknowledgedBy'])
      expect(given.filter((keys) => keys.includes(key))).toEqual([]);
    expect(calls).toContainEqual(expect.objectContaining({ act: 'determine', answer: 'in-part' }));
    expect(calls).toContainEqual({ act: 'assess' });
    expect(calls).toContainEqual(
      expect.objectContaining({ act: 'redirect', redirectTo: { party: 'XB', body: 'agency of XB' } }),
    );
    expect(calls).toContainEqual(expect.objectContaining({ act: 'accept-offer', addressee: 'XB' }));
  });
});
