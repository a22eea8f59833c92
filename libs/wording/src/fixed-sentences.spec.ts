import { fixedSentence, fixedSentenceIds } from './fixed-sentences.js';
import { languages } from './language.js';

const english = {
  'fs.notice.no-implication':
    'This notification does not, of itself, imply that the notified State is responsible for the activity described (A/76/135, paragraph 30 (d)).',
  'fs.ack.notification':
    'This acknowledges receipt only. It does not indicate agreement with the information in the notification (A/76/135, paragraph 30 (c)).',
  'fs.ack.request':
    'This acknowledges receipt only. It is not a commitment to provide assistance and not a statement on the facts described.',
  'fs.assist.no-result':
    'The State asked is not expected to ensure a particular result (A/76/135, paragraph 53).',
  'fs.assist.good-faith':
    'Assistance is given in good faith and is not used for activity against the State assisted or a third State (A/76/135, paragraph 30 (b)).',
  'fs.capability.no-commitment':
    'This says what could be offered, without commitment. Whether it can be given is determined for each request, and no particular result is promised (A/76/135, paragraph 53).',
  'fs.mode.no-implication':
    'A mode says how the parties to a communication plan reach each other. It does not, of itself, imply that any State is responsible for any activity.',
  'fs.targets':
    'Time targets are aims that the parties of the network set themselves. They are not obligations.',
  'fs.exercise': 'EXERCISE EXERCISE EXERCISE: this message is part of an exercise.',
};

describe('fixed sentences', () => {
  it('are exactly those that are laid down, and English prevails', () => {
    const all = fixedSentenceIds.map((id) => fixedSentence(id, 'en'));
    expect(Object.fromEntries(all.map(({ id, text }) => [id, text]))).toEqual(english);
    expect(all.map(({ status, version }) => `${status} ${version}`)).toEqual(Array(9).fill('prevailing 1'));
  });

  it('have a French text that is marked unofficial and cites the same paragraph', () => {
    for (const id of fixedSentenceIds) {
      const { text, status, language } = fixedSentence(id, 'fr');
      expect([status, language]).toEqual(['unofficial', 'fr']);
      expect(text).not.toBe(fixedSentence(id, 'en').text);
      const [, number = '', letter] =
        /paragraph (\d+)(?: \((\w)\))?/.exec(fixedSentence(id, 'en').text) ?? [];
      const cited =
        number === ''
          ? ''
          : letter === undefined
            ? `paragraphe ${number})`
            : `paragraphe ${number} ${letter}))`;
      expect(text).toContain(cited);
      expect(text.includes('A/76/135')).toBe(number !== '');
    }
  });

  it('cannot be changed by whoever holds them', () => {
    for (const id of fixedSentenceIds) {
      for (const language of languages) {
        const sentence = fixedSentence(id, language);
        expect(() => Object.assign(sentence, { text: 'other' })).toThrow(TypeError);
        expect(fixedSentence(id, language)).toEqual(sentence);
      }
    }
    expect(Object.isFrozen(fixedSentenceIds)).toBe(true);
  });
});
