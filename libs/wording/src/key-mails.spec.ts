import { keyChangeMail, keyExpiryMail, keyTestMail } from './key-mails.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';

const expiresAt = new Date('2026-11-23T09:00:00Z');
const facts = {
  ...{ party: 'XB\r\nBcc: a@b.example', mailbox: 'desk@xb.example', instance: 'sample' as const },
  ...{ kind: 'OpenPGP', fingerprint: 'abcd'.repeat(10) },
};

describe('mails about a key', () => {
  it.each(languages)('in %s name the mailbox and the fingerprint, and have no link', (language) => {
    const about = { ...facts, language };
    const mails = [
      ...(['added', 'renewed', 'ended', 'revoked'] as const).map((change) =>
        keyChangeMail({ ...about, change }),
      ),
      keyTestMail({ ...about, code: '012345', expiresAt }),
      ...[true, false].flatMap((over) =>
        [true, false].map((keeper) => keyExpiryMail({ ...about, over, keeper, expiresAt })),
      ),
    ];
    for (const mail of mails) {
      expect(mail.subject).not.toMatch(/[\r\n]/);
      const rendered = [renderText(mail, undefined), renderHtml(mail, undefined)];
      for (const text of rendered) expect(text).toMatch(/desk@xb\.example[\s\S]*ABCD ABCD/);
      for (const text of rendered) expect(text).not.toMatch(/https?:/);
    }
    expect(new Set(mails.map((mail) => renderText(mail, undefined))).size).toBe(mails.length);
  });

  it('have the code of a test in the text, which is encrypted, and not in the subject, which is not', () => {
    const mail = keyTestMail({ ...facts, language: 'en', code: '012345', expiresAt });
    expect(renderText(mail, undefined)).toContain('012345');
    expect(mail.subject).not.toContain('012345');
  });

  it('say so in a sample world alone', () => {
    const first = (instance: 'sample' | 'real') =>
      keyExpiryMail({ ...facts, instance, language: 'en', over: false, keeper: false, expiresAt }).blocks[0]
        ?.kind;
    expect([first('sample'), first('real')]).toEqual(['marking', 'paragraph']);
  });
});
