import { confirmationMail } from './confirmation-mail.js';
import { confirmationPage, type ConfirmationView, type ConfirmedEntry } from './confirmation-page.js';
import { correctionMail } from './correction-mail.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';

const at = new Date('2026-11-23T09:00:00Z');
const facts = {
  ...{
    party: 'XB\r\nBcc: a@b.example',
    role: 'Desk',
    level: 'technical' as const,
    instance: 'sample' as const,
  },
  ...{ reminder: false, lastAt: at, link: 'https://aldis.example/confirm/abc', expiresAt: at },
};
const entry: ConfirmedEntry = {
  ...{
    party: 'XB',
    body: '<b>CERT</b>',
    role: 'Desk',
    level: 'technical',
    person: undefined,
    zone: 'Etc/UTC',
  },
  languages: ['en'],
  hours: [{ days: [1, 7], from: '08:00', to: '18:00' }],
  channels: [{ kind: 'mail', masked: 'd•••k@xb.example', state: 'proven' }],
};
const frame = { instance: 'real' as const, nonce: 'n', publicUrl: 'https://aldis.example' };

describe('the mail that asks to confirm an entry', () => {
  it.each(languages)(
    'in %s has the link and the end of its time, and one line as its subject',
    (language) => {
      const mail = confirmationMail({ ...facts, language });
      for (const rendered of [renderText(mail, undefined), renderHtml(mail, undefined)])
        expect(rendered).toContain(facts.link);
      expect(mail.subject).not.toMatch(/[\r\n]/);
      expect(confirmationMail({ ...facts, language, reminder: true }).subject).not.toBe(mail.subject);
    },
  );
});

describe('the mail that tells of a correction', () => {
  it.each(languages)('in %s says what and by whom, and never what somebody wrote', (language) => {
    const said = { ...facts, language, what: 'refused' as const, byLink: false, reportedAt: at };
    const mail = correctionMail({
      ...said,
      channel: { kind: 'mail', masked: 'd•••k@xb.example' },
      reporter: 'XA',
    });
    const text = renderText(mail, undefined);
    expect([text.includes('d•••k@xb.example'), text.includes('XA')]).toEqual([true, true]);
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});

describe('the page that confirms an entry', () => {
  const states: (language: (typeof languages)[number]) => ConfirmationView[] = (language) => [
    {
      ...frame,
      language,
      state: 'open',
      entry,
      version: 7,
      fault: 'text-unfit',
      wrote: '</textarea><script>',
    },
    { ...frame, language, state: 'used', at, confirmedAt: undefined },
    { ...frame, language, state: 'used', at, confirmedAt: at },
    { ...frame, language, state: 'done', stale: true },
    ...(['reported', 'over', 'unknown'] as const).map((state) => ({ ...frame, language, state })),
  ];
  it.each(languages)('in %s runs no script and shows what was written as text', (language) => {
    for (const view of states(language)) {
      const html = confirmationPage(view);
      expect(html).not.toMatch(/<script|<b>CERT/);
      expect(html).toContain(`<html lang="${language}"`);
    }
  });

  it('has a button to confirm the version that it shows, and says when the hours are', () => {
    const html = confirmationPage({ ...frame, language: 'en', state: 'open', entry, version: 7 });
    expect(html).toContain('name="version" value="7"');
    expect(html).toContain('Mon, Sun 08:00–18:00');
    expect(html).toContain('Confirm without change');
    for (const [hours, said] of [
      ['around-the-clock', 'around the clock'],
      [[], 'not told'],
    ] as const)
      expect(
        confirmationPage({ ...frame, language: 'en', state: 'open', entry: { ...entry, hours }, version: 1 }),
      ).toContain(said);
  });
});
