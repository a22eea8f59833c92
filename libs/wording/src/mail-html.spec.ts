import { renderHtml } from './mail-html.js';
import { fixedBlock, type AcknowledgeSlot, type Block, type MailText } from './mail-text.js';

const bad = `"><script>alert('1')</script><img src=x onerror="x">&`;
const escaped =
  '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&lt;img src=x onerror=&quot;x&quot;&gt;&amp;';
const slot: AcknowledgeSlot = {
  link: 'https://aldis.example/ack/token?a=1&b=2',
  code: '48192073',
  expiresAt: new Date('2026-11-24T20:43:10Z'),
};
const mail = (...blocks: Block[]): MailText => ({ subject: 'subject', language: 'en', blocks });

describe('a mail as HTML', () => {
  it('escapes every value, quotes too', () => {
    const blocks: Block[] = [
      { kind: 'marking', text: bad },
      { kind: 'paragraph', text: bad },
      { kind: 'facts', rows: [[bad, bad]] },
      { kind: 'quote', label: bad, language: bad, text: bad },
      { kind: 'link', label: bad, url: bad },
      { kind: 'acknowledge' },
    ];
    const html = renderHtml(
      { subject: bad, language: 'en', blocks },
      { link: bad, code: bad, expiresAt: slot.expiresAt },
    );
    expect(html).not.toMatch(/<script|<img|onerror="/i);
    expect(html.split(escaped).length - 1).toBe(14);
  });

  it('fetches nothing and runs nothing', () => {
    const html = renderHtml(mail({ kind: 'acknowledge' }, fixedBlock('fs.exercise', 'en')), slot);
    expect(html).not.toMatch(/<(?:script|img|link|style|iframe|object|form)\b|url\(|@import|\ssrc=/i);
  });

  it('says its language and direction, and those of a quotation', () => {
    const html = renderHtml(mail({ kind: 'quote', language: 'ar', text: 'نطلب المساعدة' }));
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(html).toContain('<blockquote lang="ar" dir="rtl"');
    expect(renderHtml({ ...mail(), language: 'fr' })).toContain('<html lang="fr" dir="ltr">');
  });

  it('shows the code large and in groups, and the link to press and to copy', () => {
    const html = renderHtml(mail({ kind: 'acknowledge' }), slot);
    expect(html).toMatch(/font:bold 32px[^>]*>4819 2073</);
    expect(html.split('href="https://aldis.example/ack/token?a=1&amp;b=2"')).toHaveLength(3);
    expect(html).toContain('>https://aldis.example/ack/token?a=1&amp;b=2</a>');
    expect(html).toContain('2026-11-24 20:43 UTC');
  });

  it('asks to sign in where there is no slot', () => {
    expect(renderHtml(mail({ kind: 'acknowledge' }))).toContain('To acknowledge receipt, sign in.');
  });

  it('shows the label in its colour on black, at the right', () => {
    const html = renderHtml(mail({ kind: 'tlp', code: 'AMBER' }));
    expect(html).toMatch(/text-align:right"><span[^>]*color:#FFC000;background:#000000">TLP:AMBER<\/span>/);
  });

  it('carries the identity of a fixed sentence and says when it is a translation', () => {
    const html = renderHtml({ ...mail(fixedBlock('fs.ack.request', 'fr')), language: 'fr' });
    expect(html).toContain('title="fs.ack.request, 1"');
    expect(html).toContain('Traduction non officielle.');
  });

  it('keeps the lines of a text', () => {
    expect(renderHtml(mail({ kind: 'quote', language: 'en', text: 'a\r\nb' }))).toMatch(
      /pre-wrap[^>]*>a\nb</,
    );
  });

  it('shows a section with its entries, styled on the elements and escaped', () => {
    const group = {
      kind: 'group',
      entries: [{ label: 'Host', value: { kind: 'plain', text: 'srv' } }],
    } as const;
    const html = renderHtml(
      mail({
        kind: 'section',
        title: bad,
        entries: [
          { label: bad, value: { kind: 'written', language: 'ar', text: bad } },
          { label: 'Cause', value: { kind: 'absent', text: 'unknown' } },
          { label: 'Hosts', value: { kind: 'list', items: [group] } },
        ],
      }),
    );
    expect(html.split(escaped).length - 1).toBe(3);
    expect(html).toMatch(/<h2 style="[^"]+">/);
    expect(html).toMatch(/<blockquote lang="ar" dir="rtl" style="[^"]*pre-wrap/);
    expect(html).toMatch(
      /<dt style="[^"]+">Cause<\/dt><dd style="[^"]+"><em style="[^"]+">unknown<\/em><\/dd>/,
    );
    expect(html).toMatch(
      /<ol style="[^"]+">\s*<li style="[^"]+"><dl style="[^"]+">\s*<dt style="[^"]+">Host</,
    );
    expect(html.slice(html.indexOf('<h2'))).not.toMatch(/<(?:h2|dl|dt|dd|blockquote|em|ol|li)>/);
  });
});
