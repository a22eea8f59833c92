import { channelProofMail } from './channel-proof-mail.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';

const facts = {
  ...{ party: 'XB\r\nBcc: a@b.example', code: '012345', instance: 'sample' as const },
  expiresAt: new Date('2026-11-23T09:00:00Z'),
};

describe('the mail that proves a channel', () => {
  it.each(languages)('in %s has the code, the end of its time and no link', (language) => {
    const mail = channelProofMail({ ...facts, language });
    expect(mail.subject).not.toMatch(/[\r\n]/);
    for (const rendered of [renderText(mail, undefined), renderHtml(mail, undefined)]) {
      expect(rendered).toContain('012345');
      expect(rendered).not.toMatch(/https?:/);
    }
    expect(mail.subject).not.toContain('012345');
  });

  it('says so in a sample world alone', () => {
    const [sample, real] = (['sample', 'real'] as const).map(
      (instance) => channelProofMail({ ...facts, language: 'en', instance }).blocks[0]?.kind,
    );
    expect([sample, real]).toEqual(['marking', 'paragraph']);
  });
});
