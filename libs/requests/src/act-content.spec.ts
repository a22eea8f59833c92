import { faultsInSaid, strayParts, type Determination } from './act-content.js';
import { acts } from './lifecycle.js';

const at = new Date('2026-03-14T22:30:00Z');
const text = { text: 'We need the hashes.', language: 'en' };
const pointers = (act: (typeof acts)[number], said: object) =>
  faultsInSaid(act, said, at).map(({ pointer }) => pointer);
const determine = (determination: Determination) => pointers('determine', { determination });

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

  it('is a determination with its reason or its next date where they are due', () => {
    expect(pointers('determine', {})).toEqual(['#/determination']);
    expect(
      determine({ answer: 'can-assist', capabilities: 'yes', capacity: 'partly', resources: 'yes' }),
    ).toEqual([]);
    expect(determine({ answer: 'cannot' })).toEqual(['#/determination/reason']);
    expect(determine({ answer: 'cannot', reason: 'no-capacity' })).toEqual([]);
    expect(determine({ answer: 'more-time' })).toEqual(['#/determination/nextAnswerBy']);
    expect(determine({ answer: 'more-time', nextAnswerBy: '2026-03-15T09:00:00Z' })).toEqual([]);
    expect(determine({ answer: 'more-time', nextAnswerBy: '2020-01-01T00:00:00Z' })).toEqual([
      '#/determination/nextAnswerBy',
    ]);
  });

  it('names parts that belong to another act', () => {
    const parts = {
      text,
      redirectTo: 'XC',
      determination: { answer: 'cannot' },
      answers: {},
      request: {},
      addressee: 'XB',
    };
    const stray = (act: (typeof acts)[number]) => strayParts(act, parts).map(({ pointer }) => pointer);
    expect(stray('message')).toEqual(['#/determination', '#/redirectTo', '#/request', '#/answers']);
    expect(stray('amend')).toEqual(['#/text', '#/addressee', '#/determination', '#/redirectTo', '#/request']);
    expect(strayParts('send', { text: undefined })).toEqual([]);
  });
});
