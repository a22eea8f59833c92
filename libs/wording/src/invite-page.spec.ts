import { invitationMail } from './invitation-mail.js';
import { invitePage, type InviteView } from './invite-page.js';
import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';
import { termsVersion } from './terms.js';
import { textsIn } from './texts.js';

const expiresAt = new Date('2026-11-28T12:00:00Z');
const link = 'https://aldis.example/invite/abc';
const invitation = {
  ...({ instance: 'sample', network: 'Network <of> "points"', role: 'duty-officer', expiresAt } as const),
  ...{ state: 'State B', body: 'CERT of B' },
};
const frame = { instance: 'sample', nonce: 'n0', publicUrl: 'https://aldis.example' } as const;

describe.each(languages)('an invitation in %s', (language) => {
  const open: InviteView = {
    ...{ ...frame, language, state: 'open', email: 'a@xb.example', leastPassword: 12 },
    invitation: { ...invitation, language },
  };
  const texts = textsIn(language);

  it('says in the mail what is offered, until when, and that it comes from a sample', () => {
    const mail = invitationMail({ ...invitation, language }, link);
    const text = renderText(mail).replaceAll(/\s+/g, ' ');
    for (const part of [
      'State B',
      'CERT of B',
      texts.role['duty-officer'],
      link,
      '2026-11-28',
      texts.marking.sample,
    ])
      expect([part, text.replaceAll('*** ', '').includes(part.replaceAll(/\s+/g, ' '))]).toEqual([
        part,
        true,
      ]);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(invitationMail({ ...invitation, language, instance: 'real' }, link).blocks[0]?.kind).toBe('facts');
  });

  it('has a page with a form, the terms and their version, without script', () => {
    const page = invitePage(open);
    expect(page).toContain(`<html lang="${language}"`);
    expect(page).toContain(texts.terms.version(termsVersion));
    expect(page).toContain('Network &lt;of&gt; &quot;points&quot;');
    expect(page).not.toMatch(/<script|<img|role="alert"/);
    expect([...page.matchAll(/<input[^>]* name="(\w+)"/g)].map(([, name]) => name)).toEqual([
      ...['name', 'username', 'password', 'terms'],
    ]);
  });

  it('names each fault beside its field, and keeps the name but no password', () => {
    const page = invitePage({ ...open, name: 'O. "Brien"', faults: ['passwordShort', 'termsMissing'] });
    expect(page).toContain(texts.invitation.passwordShort('12'));
    expect(page).toContain(texts.invitation.termsMissing);
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect(page).toContain('value="O. &quot;Brien&quot;"');
    expect(page).not.toMatch(/id="password"[^>]*value=/);
  });

  it.each(['unknown', 'taken', 'done'] as const)('has a page for what is %s', (state) => {
    const page = invitePage({ ...frame, language, state });
    expect(page).toContain(texts.invitation[`${state}Text`]);
    expect(page).not.toContain('<form');
  });
});
