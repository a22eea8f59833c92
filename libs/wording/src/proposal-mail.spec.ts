import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';
import { proposalMail, type ProposalFacts } from './proposal-mail.js';
import { textsIn } from './texts.js';

const at = new Date('2026-11-23T09:00:00Z');
const facts: Omit<ProposalFacts, 'language'> = {
  ...{ instance: 'sample', what: 'replace-channel', party: 'XB\r\nBcc: a@b.example', role: 'Desk' },
  ...{ level: 'technical', key: null, proposedBy: 'First person', proposedAt: at, until: at },
  ended: { kind: 'mail', masked: 'd•••k@xb.example' },
  added: { kind: 'telephone', masked: '+41•••34' },
  link: 'https://aldis.example/api/v1/entry-changes/7',
};

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');

describe('the mail that tells of a proposal', () => {
  it.each(languages)(
    'in %s says what would change, by whom, until when and where it is decided',
    (language) => {
      const mail = proposalMail({ ...facts, language });
      const text = renderText(mail, undefined);
      for (const part of ['d•••k@xb.example', '+41•••34', 'First person', '2026-11-23 09:00', facts.link])
        expect([part, text.includes(part)]).toEqual([part, true]);
      expect(mail.subject).not.toMatch(/[\r\n]/);
    },
  );

  it('shows the fingerprint of a key, and no end where there is none', () => {
    const key = { kind: 'OpenPGP', fingerprint: 'ab12'.repeat(10) };
    const said = { ...facts, what: 'add-key' as const, ended: null, until: null, key };
    const text = renderText(proposalMail({ ...said, language: 'en' }), undefined);
    expect(text).toContain(`Fingerprint: ${Array.from({ length: 10 }, () => 'AB12').join(' ')}`);
    expect(text).not.toMatch(/Can be confirmed until|Would end/);
  });

  it.each(languages)('says in %s that a key would end: which, of which mailbox, until when', (language) => {
    const key = { kind: 'S/MIME', fingerprint: 'cd34'.repeat(16) };
    const mail = proposalMail({ ...facts, what: 'end-key', added: null, key, language });
    const text = inOneLine(renderText(mail, undefined));
    const { mailbox } = textsIn(language).keyMail;
    for (const part of [
      textsIn(language).proposal.whats['end-key'],
      'S/MIME',
      'CD34 CD34',
      '2026-11-23 09:00',
    ])
      expect([part, text.includes(inOneLine(part))]).toEqual([part, true]);
    expect(text).toMatch(new RegExp(`${mailbox}.*d•••k@xb\\.example`));
    expect(text).not.toContain(textsIn(language).proposal.ended);
  });
});
