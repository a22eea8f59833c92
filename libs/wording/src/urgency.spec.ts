import { languages } from './language.js';
import { isUrgency, urgencies, urgencyName, urgencyWhen } from './urgency.js';

describe('urgencies', () => {
  it('are four, with names in both languages', () => {
    expect(urgencies.map((code) => urgencyName(code, 'en'))).toEqual([
      'Immediate',
      'Urgent',
      'Priority',
      'Routine',
    ]);
    expect(urgencies.map((code) => urgencyName(code, 'fr'))).toEqual([
      'Immédiat',
      'Urgent',
      'Prioritaire',
      'Ordinaire',
    ]);
  });

  it('say when they are meant, each differently, as one sentence', () => {
    for (const language of languages) {
      const sentences = urgencies.map((code) => urgencyWhen(code, language));
      expect(new Set(sentences).size).toBe(4);
      expect(sentences.filter((sentence) => !/^\p{Lu}[^.]+\.$/u.test(sentence))).toEqual([]);
    }
  });

  it('are known by their code and nothing else', () => {
    expect(urgencies.every(isUrgency)).toBe(true);
    expect(['u1', 'U0', 'U5', '', undefined].filter(isUrgency)).toEqual([]);
  });
});
