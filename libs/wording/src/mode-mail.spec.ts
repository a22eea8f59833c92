import { fixedSentence } from './fixed-sentences.js';
import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';
import { modeMail, type ModeFacts } from './mode-mail.js';

const facts: ModeFacts = {
  ...{ language: 'en', instance: 'sample', traffic: 'actual', mode: 'crisis', number: 3 },
  ...{
    of: ['State A', 'State B\r\nBcc: a@b.example'],
    declaredBy: 'State B',
    reportEvery: 60,
    hasBridge: true,
  },
  declaredAt: new Date('2026-11-23T09:00:00Z'),
  reason: { text: 'Hospitals are down.', language: 'en' },
  link: 'https://aldis.example/api/v1/plans/7',
};
/** As one line, however it was wrapped. */
const read = (changes: Partial<ModeFacts> = {}) =>
  renderText(modeMail({ ...facts, ...changes }), undefined).replace(/\s+/g, ' ');

describe('the mail that tells of a mode', () => {
  it.each(languages)('in %s says who declared it, since when, why, and the fixed sentence', (language) => {
    const text = read({ language });
    const neutral = fixedSentence('fs.mode.no-implication', language).text;
    for (const part of ['State A', 'State B', '2026-11-23 09:00 UTC', 'Hospitals are down.', '60', neutral])
      expect([part, text.includes(part)]).toEqual([part, true]);
    expect(text).toContain(facts.link);
  });

  it('names no State in its subject, and marks exercises there, first and last', () => {
    expect(modeMail(facts).subject).toBe('Communication plan: mode “crisis” declared');
    expect(modeMail({ ...facts, traffic: 'exercise' }).subject).toMatch(/^\[EXERCISE\] /);
    expect(read({ traffic: 'exercise' }).match(/EXERCISE EXERCISE EXERCISE/g)).toHaveLength(2);
    expect(read()).not.toContain('EXERCISE');
  });

  it('says what changes, and only that', () => {
    expect(read()).toMatch(/every 60 minutes.*conference bridge.*all points of contact/);
    const calm = read({
      mode: 'normal',
      reportEvery: null,
      hasBridge: false,
      of: 'Network',
      declaredBy: null,
    });
    expect(calm).toContain('no situation reports');
    expect(calm).toContain('Secretariat of the network');
    expect(calm).not.toMatch(/bridge|all points of contact/);
  });
});
