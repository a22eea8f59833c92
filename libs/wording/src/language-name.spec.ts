import { languageName } from './language-name.js';

describe('the name of a language', () => {
  it.each([
    ['fr', 'French', 'français'],
    ['zh-Hans', 'Simplified Chinese (zh-Hans)', 'chinois simplifié (zh-Hans)'],
    ['qaa', 'qaa', 'qaa'],
    ['not a tag', 'not a tag', 'not a tag'],
  ])('of %s is %s, and in French %s', (tag, english, french) => {
    expect([languageName(tag, 'en'), languageName(tag, 'fr')]).toEqual([english, french]);
  });
});
