import { emergencyMail, type EmergencyFacts } from './emergency-mail.js';
import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';
import { textsIn } from './texts.js';

const facts: EmergencyFacts = {
  ...{ language: 'en', instance: 'real', what: 'asked', name: 'O. Fficer', own: false, vouchers: [] },
  ...{ askedAt: new Date('2026-11-21T12:00:00Z'), until: new Date('2026-11-21T13:00:00Z') },
};
const url = 'https://aldis.example';
/** Without the breaks of lines and the signs before them. */
const words = (text: string) => text.replace(/\s+/gu, ' ');

describe('a mail about emergency access', () => {
  it.each(languages)('in %s tells those who vouch to call back, and the person what to do', (language) => {
    const { emergency } = textsIn(language);
    const asked = words(renderText(emergencyMail({ ...facts, language }, url)));
    expect(asked).toContain(words(emergency.advice));
    expect(asked).toContain('O. Fficer');
    const own = words(renderText(emergencyMail({ ...facts, language, own: true }, url)));
    expect(own).toContain(words(emergency.notYou));
    expect(own).not.toContain(words(emergency.advice));
  });

  it.each(languages)('in %s tells everybody that a factor stays when it was ended', (language) => {
    const { emergency } = textsIn(language);
    for (const own of [true, false]) {
      const text = words(renderText(emergencyMail({ ...facts, language, own, what: 'ended' }, url)));
      expect(text).toContain(words(emergency.factorStays));
      expect(text).toContain(words(own ? emergency.ended.own : emergency.ended.sentence));
      expect(text).not.toContain(words(emergency.end));
    }
  });

  it('says who vouched and until when, and in a sample world that it is one', () => {
    const vouchers = ['D. Uty', 'A. Dministrator'];
    const granted = { ...facts, what: 'granted' as const, instance: 'sample' as const, vouchers };
    const text = words(renderText(emergencyMail(granted, url)));
    expect(text).toContain('D. Uty, A. Dministrator');
    expect(text).toContain('2026-11-21 13:00 UTC');
    expect(text).toContain('SAMPLE: this comes from a sample world.');
  });

  it('keeps names from breaking out of their line', () => {
    const text = renderText(emergencyMail({ ...facts, name: 'O.\r\nFficer\u202e' }, url));
    expect(text).toContain('O. Fficer');
    expect(text).not.toMatch(/\u202e/);
  });
});
