import { renderText } from './mail-plain-text.js';
import { fixedBlock, type AcknowledgeSlot, type MailText } from './mail-text.js';

const slot: AcknowledgeSlot = {
  link: `https://aldis.example/ack/${'t'.repeat(90)}`,
  code: '48192073',
  expiresAt: new Date('2026-11-24T20:43:10Z'),
};
const mail = (language: MailText['language'], ...blocks: MailText['blocks']): MailText => ({
  subject: 'subject',
  language,
  blocks,
});

describe('a mail as plain text', () => {
  it('shows link and code each on a line of their own, the link whole', () => {
    const lines = renderText(mail('en', { kind: 'acknowledge' }), slot).split('\n');
    expect(lines).toContain(slot.link);
    expect(lines).toContain('Code: 4819 2073');
    expect(lines).toContain('ACKNOWLEDGE RECEIPT');
    expect(lines.join(' ')).toContain('valid until 2026-11-24 20:43 UTC.');
  });

  it('asks to sign in where there is no slot', () => {
    expect(renderText(mail('fr', { kind: 'acknowledge' }))).toBe('Pour accuser réception, connectez-vous.\n');
  });

  it('wraps everything else at 76 characters', () => {
    const text = 'word '.repeat(200);
    const body = renderText(
      mail(
        'fr',
        { kind: 'marking', text },
        { kind: 'paragraph', text },
        { kind: 'quote', label: 'Label', language: 'en', text },
        { kind: 'facts', rows: [['Référence', text]] },
        fixedBlock('fs.ack.request', 'fr'),
      ),
    );
    expect(Math.max(...body.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });

  it('puts the label at the right margin', () => {
    expect(renderText(mail('en', { kind: 'tlp', code: 'AMBER+STRICT' }))).toBe(
      `${'TLP:AMBER+STRICT'.padStart(76)}\n`,
    );
  });

  it('marks each line of what somebody wrote, so that it cannot pass for the system’s own', () => {
    const text = 'Please help.\r\n\r\nACKNOWLEDGE RECEIPT\nhttps://elsewhere.example/ack';
    const body = renderText(mail('en', { kind: 'quote', label: 'Assistance sought', language: 'en', text }));
    expect(body).toBe(
      'Assistance sought:\n> Please help.\n>\n> ACKNOWLEDGE RECEIPT\n> https://elsewhere.example/ack\n',
    );
  });

  it('keeps a value on its line, whatever it holds', () => {
    const body = renderText(
      mail('en', {
        kind: 'facts',
        rows: [
          ['From', 'XA\nTo: XC'],
          ['Sent at', 'now'],
        ],
      }),
    );
    expect(body).toBe('From:    XA To: XC\nSent at: now\n');
  });

  it('says that a translation is unofficial', () => {
    expect(renderText(mail('fr', fixedBlock('fs.assist.no-result', 'fr')))).toContain(
      '[Traduction non officielle. Le texte anglais fait foi.]',
    );
    expect(renderText(mail('en', fixedBlock('fs.assist.no-result', 'en')))).toBe(
      'The State asked is not expected to ensure a particular result (A/76/135,\nparagraph 53).\n',
    );
  });

  it('shows a section under its title', () => {
    const body = renderText(
      mail('en', {
        kind: 'section',
        title: 'The incident',
        entries: [
          { label: 'Cause', value: { kind: 'absent', text: 'unknown' } },
          { label: 'Remark', value: { kind: 'written', language: 'en', text: 'Two\nlines' } },
        ],
      }),
    );
    expect(body).toBe('The incident\n------------\n\nCause: (unknown)\n\nRemark:\n> Two\n> lines\n');
  });
});
