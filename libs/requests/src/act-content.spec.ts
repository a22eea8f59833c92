import { ownCatalogue } from '#libs/templates';
import { faultsInSaid, strayParts, templateOfAct, type Said } from './act-content.js';
import { acts, type Act } from './lifecycle.js';

const at = new Date('2026-03-14T22:30:00Z');
const text = { text: 'We need the hashes.', language: 'en' };
const keys = { from: 'XB', to: 'XA', request: 'AR-2026-7K3M9Q', tlp: 'AMBER' };

const pointers = (act: Act, said: Said) => {
  const template = ownCatalogue().find(templateOfAct[act] ?? '');
  const own = act === 'determine' ? { answer: said.answer } : { acknowledgedBy: { name: 'M. Example' } };
  const form = template && { template, keys: { ...keys, ...own } };
  return faultsInSaid(act, said, at, form).map(({ pointer }) => pointer);
};
const determine = (answer: Said['answer'], answers?: Said['answers']) =>
  pointers('determine', { answer, answers });

describe('what is said with an act', () => {
  it('is a text wherever the act says something', () => {
    const needing = acts.filter((act) => pointers(act, {}).includes('#/text'));
    expect(needing.sort()).toEqual([
      'answer-question',
      'ask',
      'message',
      'note',
      'redirect',
      'report-progress',
    ]);
    for (const act of needing) expect(pointers(act, { text })).toEqual([]);
  });

  it('is an answer on its template, with reasons or a next date where they are due', () => {
    expect(pointers('determine', {})).toEqual(['#/answer']);
    expect(determine('can-assist')).toEqual([]);
    expect(determine('in-part', { determination: { capacity: { answer: 'in-part' } } })).toEqual([]);
    expect(determine('cannot')).toEqual(['#/answers/refusal/reasons']);
    expect(determine('cannot', { refusal: { reasons: ['no-capacity'] } })).toEqual([]);
    expect(determine('cannot', { refusal: { reasons: { availability: 'withheld' } } })).toEqual([]);
    const until = (time: unknown) => determine('more-time', { moreTime: { until: time } });
    expect(determine('more-time')).toEqual(['#/answers/moreTime/until']);
    expect(until('2026-03-15T09:00:00Z')).toEqual([]);
    for (const time of ['2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z', { availability: 'unknown' }, 'soon'])
      expect(until(time)).toEqual(['#/answers/moreTime/until']);
  });

  it('fits the template of its act, with a pointer to each place where it does not', () => {
    expect(
      determine('can-assist', {
        nature: { kinds: ['advice', 'magic'] },
        refusal: { reasons: ['no-capacity'] },
        terms: { goodFaith: 'yes' },
      }).sort(),
    ).toEqual(['#/answers/nature/kinds/1', '#/answers/refusal/reasons', '#/answers/terms/goodFaith']);
    expect(determine('can-assist', { answer: 'cannot', tlp: 'CLEAR' })).toEqual([
      '#/answers/tlp',
      '#/answers/answer',
    ]);
    expect(pointers('acknowledge', {})).toEqual([]);
    expect(pointers('acknowledge', { answers: { next: { answerBy: '2026-03-15T09:00:00Z' } } })).toEqual([]);
    expect(pointers('acknowledge', { answers: { next: { answerBy: 'soon' } } })).toEqual([
      '#/answers/next/answerBy',
    ]);
  });

  it('names parts that belong to another act', () => {
    const parts = {
      text,
      redirectTo: { party: 'XC' },
      answer: 'cannot',
      answers: {},
      request: {},
      addressee: 'XB',
    };
    const stray = (act: (typeof acts)[number]) => strayParts(act, parts).map(({ pointer }) => pointer);
    expect(stray('message')).toEqual(['#/answer', '#/redirectTo', '#/request', '#/answers']);
    expect(stray('amend')).toEqual(['#/text', '#/addressee', '#/answer', '#/redirectTo', '#/request']);
    expect(strayParts('send', { text: undefined })).toEqual([]);
  });
});
