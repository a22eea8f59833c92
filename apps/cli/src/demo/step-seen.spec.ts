import type { RequestView } from '#libs/requests';
import { unseen } from './step-seen.js';

type Entry = Partial<RequestView['timeline'][number]>;
const view = (state: string, ...timeline: Entry[]) =>
  ({
    from: 'XA',
    addressees: [{ party: 'XB', state, handedOver: false }],
    timeline,
  }) as unknown as RequestView;
const question = { text: 'Which version?', language: 'en' };
const asked: Entry = { id: '2', act: 'ask', party: 'XB', said: { text: question } };
const ask = { minute: 32, by: 'XB', body: 'cert', act: 'ask', text: question };
const close = { minute: 90, by: 'XA', body: 'cert', act: 'close', addressee: 'XB' };

describe('a step', () => {
  it('is seen when its entry is new, with what was said', () => {
    expect(unseen(ask, view('assessing'), view('assessing', asked))).toBeUndefined();
  });

  it('is not seen in an entry that was there, of another party, or with other words', () => {
    expect(unseen(ask, view('assessing', asked), view('assessing', asked))).toMatch(/timeline/);
    expect(unseen(ask, view('assessing'), view('assessing', { ...asked, party: 'XC' }))).toMatch(/timeline/);
    expect(unseen(ask, view('assessing'), view('assessing', { ...asked, said: null }))).toMatch(/text/);
  });

  it('is not seen while the line is not where it leads', () => {
    const entry: Entry = { id: '3', act: 'close', party: 'XA', said: null };
    expect(unseen(close, view('completed'), view('completed', entry))).toBe(
      'the state "closed" after "close" by XA',
    );
    expect(unseen(close, view('completed'), view('closed', entry))).toBeUndefined();
  });

  it('that answers is seen with its answer', () => {
    const step = { minute: 9, by: 'XB', body: 'cert', act: 'determine', answers: { answer: 'cannot' } };
    const entry: Entry = { id: '4', act: 'determine', party: 'XB', said: { answer: 'in-part' } };
    expect(unseen(step, view('assessing'), view('answered', entry))).toMatch(/answer/);
    expect(
      unseen(step, view('assessing'), view('answered', { ...entry, said: { answer: 'cannot' } })),
    ).toBeUndefined();
  });
});
