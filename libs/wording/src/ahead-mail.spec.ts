import { aheadMail, type AheadFacts } from './ahead-mail.js';
import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';

const facts: Omit<AheadFacts, 'language'> = {
  ...{ instance: 'sample', party: 'XB\r\nBcc: a@b.example', role: 'Desk', level: 'technical', over: false },
  unasked: false,
  dueAt: new Date('2027-01-01T00:00:00Z'),
  channel: { kind: 'mail', masked: 'd•••k@xb.example', lastDay: '2026-12-31' },
  link: 'https://aldis.example/api/v1/confirmations',
};

describe('the mail that tells what will be due', () => {
  it.each(languages)(
    'in %s names the last day of a channel, and has words of its own once it is past',
    (language) => {
      const mail = aheadMail({ ...facts, language });
      const past = aheadMail({ ...facts, language, over: true });
      for (const { subject } of [mail, past]) expect(subject).not.toMatch(/[\r\n]/);
      expect(past.subject).not.toBe(mail.subject);
      for (const one of [mail, past])
        for (const part of ['2026-12-31', 'd•••k@xb.example', facts.link])
          expect([part, renderText(one, undefined).includes(part)]).toEqual([part, true]);
    },
  );

  it.each(languages)('in %s says until when an entry is to be gone through', (language) => {
    const text = renderText(aheadMail({ ...facts, language, channel: null }), undefined);
    expect(text).toContain('2027-01-01 00:00');
    expect(text).not.toContain('xb.example');
  });

  it.each(languages)(
    'in %s says that nobody could be asked to confirm, before that is due and after',
    (language) => {
      const entry = { ...facts, language, channel: null };
      const mails = [entry, { ...entry, unasked: true }, { ...entry, unasked: true, over: true }].map(
        aheadMail,
      );
      expect(new Set(mails.map(({ subject }) => subject)).size).toBe(3);
      for (const mail of mails) expect(renderText(mail, undefined)).toContain('2027-01-01 00:00');
    },
  );
});
