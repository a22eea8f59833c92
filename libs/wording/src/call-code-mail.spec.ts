import { callCodeMail, endpointProofText } from './call-code-mail.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';

const facts = {
  ...{ caller: 'XA\r\nBcc: a@b.example', code: '012345', instance: 'real' as const },
  expiresAt: new Date('2026-11-23T09:00:00Z'),
};

describe('the mail with the code of a call', () => {
  it.each(languages)('in %s has the code, the end of its time and no link', (language) => {
    const mail = callCodeMail({ ...facts, language });
    expect(mail.subject).not.toMatch(/[\r\n]|012345/);
    for (const rendered of [renderText(mail, undefined), renderHtml(mail, undefined)]) {
      expect(rendered).toContain('012345');
      expect(rendered).not.toMatch(/https?:/);
    }
    expect(callCodeMail({ ...facts, language, instance: 'sample' }).blocks[0]?.kind).toBe('marking');
  });

  it.each(languages)('as a text to a number is one line in %s, and says when it is a sample', (language) => {
    const [real, sample] = (['real', 'sample'] as const).map((instance) =>
      endpointProofText(language, instance, 'Exampleland B', '012345'),
    );
    expect(real).toMatch(/^Exampleland B [^\n]* 012345$/);
    expect([real === sample, sample?.endsWith(real ?? '')]).toEqual([false, true]);
  });
});
