import { fold, wordsOf } from './fold.js';
import { besideLevel, levelNamed } from './level-words.js';

describe('the words that name a level', () => {
  it.each([
    ['policy', ['policy', 'poli', 'politique', 'política', 'политическая', 'السياسات', '政策']],
    ['diplomatic', ['diplomatic', 'diplomático', 'дипломатический', 'الدبلوماسي', '外交联络点']],
    ['technical', ['technical', 'technique', 'técnica', 'техническая', 'تقني', '技术联络点']],
    ['law-enforcement-liaison', ['enforcement', 'police', 'policía', 'полиция', 'شرطة', '警务', '执法']],
    [undefined, ['desk', 'tec', 'law', 'energy', 'дежурный']],
  ])('%s', (level, words) => {
    expect(words.map((word) => levelNamed(fold(word)))).toEqual(words.map(() => level));
  });

  it('leave the others', () => {
    expect(besideLevel(wordsOf(fold('Law-enforcement desk')), 'law-enforcement-liaison')).toEqual(['desk']);
    expect(besideLevel(wordsOf(fold('contact técnico law')), 'technical')).toEqual(['contact', 'law']);
  });
});
