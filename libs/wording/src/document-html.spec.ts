import { renderDocumentHtml } from './document-html.js';
import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';
import { fixedSentence } from './fixed-sentences.js';
import { escapeHtml } from './markup.js';
import { tlpCodes, tlpLabel } from './tlp.js';

const bad = `"><script>alert('1')</script><img src=x onerror="x">&</style>`;
const written = (text: string, language = 'en'): DocumentValue => ({ kind: 'written', text, language });
const plain = (text: string): DocumentValue => ({ kind: 'plain', text });
const entry = (label: string, value: DocumentValue): DocumentEntry => ({ label, value });

const doc: DocumentText = {
  language: 'en',
  instance: 'real',
  traffic: 'actual',
  tlp: 'AMBER',
  title: 'Request for assistance',
  reference: 'AR-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [entry('From', plain('Fictional State A'))],
  sections: [
    {
      title: 'The request',
      level: 1,
      source: 'A/76/135, paragraph 53',
      entries: [entry('Sought', written('Keep the logs.'))],
    },
    { title: 'Incident', level: 2, entries: [entry('Cause', { kind: 'absent', text: 'unknown' })] },
  ],
  fixed: ['fs.assist.no-result', 'fs.exercise'],
};
const show = (given: Partial<DocumentText> = {}) =>
  renderDocumentHtml({ ...doc, ...given }, { nonce: 'n0nce' });
const holding = (value: DocumentValue) =>
  show({ sections: [{ title: 'S', level: 1, entries: [entry('E', value)] }] });
const body = (html: string) => html.slice(html.indexOf('<body>'));

describe('a document as HTML', () => {
  it('runs nothing, fetches nothing, and has its styles in one element with the nonce', () => {
    const html = show({ traffic: 'exercise', instance: 'sample' });
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)\b|\sstyle=|\son\w+=|url\(|@import|\ssrc=/i);
    expect(html.match(/<style nonce="n0nce">/g)).toHaveLength(1);
  });

  it('escapes every value, whatever holds it', () => {
    const values: DocumentValue[] = [written(bad, bad), plain(bad), { kind: 'absent', text: bad }];
    const entries = [...values, { kind: 'list', items: values } as const].map((value) => entry(bad, value));
    const all = [...entries, entry(bad, { kind: 'group', entries })];
    const html = show({
      title: bad,
      reference: bad,
      entries: all,
      sections: [{ title: bad, level: 2, source: bad, entries: all }],
    });
    expect(html).not.toMatch(/<script|<img|onerror="/i);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html.split(escapeHtml(bad)).length - 1).toBe(2 + 1 + 2 + 2 * (9 + 12 + 4));
  });

  it('shows reference and time, each entry, heading and source', () => {
    const html = show();
    expect(html).toContain('<title>Request for assistance</title>');
    expect(html).toContain('<h1>Request for assistance</h1>');
    expect(html).toContain('<dt>Reference</dt><dd><bdi>AR-2026-7K3M9Q</bdi></dd>');
    expect(html).toContain('<dt>Drawn up at</dt><dd><bdi>2026-11-24 20:43 UTC</bdi></dd>');
    expect(html).toContain('<dt>From</dt><dd><bdi>Fictional State A</bdi></dd>');
    expect(html).toMatch(/<h2>The request<\/h2>\s*<p class="source">A\/76\/135, paragraph 53<\/p>/);
    expect(html).toContain('<h3>Incident</h3>');
    expect(html).toContain('<dt>Cause</dt><dd><em>unknown</em></dd>');
  });

  it('keeps lines, language and direction of what somebody wrote', () => {
    expect(holding(written('a\r\nb\u202e', 'en'))).toContain(
      '<blockquote lang="en" dir="ltr">a\nb</blockquote>',
    );
    expect(holding(written('نطلب المساعدة', 'ar-EG'))).toContain('<blockquote lang="ar-EG" dir="rtl">');
  });

  it('numbers items that hold groups, and only those', () => {
    const group: DocumentValue = { kind: 'group', entries: [entry('Host', written('srv'))] };
    const html = holding({ kind: 'list', items: [group, { kind: 'list', items: [plain('a'), plain('b')] }] });
    expect(html).toMatch(/<ol>\s*<li><dl>\s*<dt>Host<\/dt>/);
    expect(html).toMatch(/<ul>\s*<li><bdi>a<\/bdi><\/li>\s*<li><bdi>b<\/bdi><\/li>\s*<\/ul>/);
  });

  it('puts exercise first and last, then sample, and the label around the text', () => {
    const html = body(show({ traffic: 'exercise', instance: 'sample' }));
    const places = ['EXERCISE EXERCISE', 'SAMPLE:', 'TLP:AMBER', '<h1>', '[fs.assist.no-result, 1]'].map(
      (text) => html.indexOf(text),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(html.lastIndexOf('TLP:AMBER')).toBeGreaterThan(places[4] ?? 0);
    expect(html.lastIndexOf('EXERCISE EXERCISE')).toBeGreaterThan(html.lastIndexOf('TLP:AMBER'));
    expect(html.split(fixedSentence('fs.exercise', 'en').text)).toHaveLength(3);
  });

  it('marks a test, and nothing else as one', () => {
    expect(show({ traffic: 'test' })).toContain('<p class="band">TEST: this is a technical test');
    expect(show()).not.toMatch(/class="band"|TEST:|SAMPLE:|EXERCISE/);
  });

  it('shows fixed sentences with their identity, a translation as unofficial', () => {
    expect(show()).toContain(
      `${fixedSentence('fs.assist.no-result', 'en').text} <span dir="ltr">[fs.assist.no-result, 1]</span></p>`,
    );
    expect(show({ language: 'fr' })).toContain('Traduction non officielle.');
    expect(show()).not.toContain('Unofficial');
  });

  it.each(tlpCodes)('has TLP:%s at the right of top and bottom of each printed page', (tlp) => {
    const html = show({ tlp });
    const label = tlpLabel(tlp).replace(/[:+]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `);
    for (const box of ['@top-right{', '@bottom-right{']) expect(html).toContain(`${box}content:"${label}";`);
    expect(html.match(/font:700 12pt/g)).toHaveLength(3);
  });

  it('has markings, reference and page numbers in the margins of each printed page', () => {
    const html = show({ traffic: 'exercise', language: 'fr' });
    expect(html).toMatch(/@top-left\{content:"EXERCICE EXERCICE EXERCICE\\a0 \\3a /);
    expect(html).toMatch(
      /@bottom-left\{content:"EXERCICE [^"]*\\a AR-2026-7K3M9Q" [^}]*Page " counter\(page\) " sur " counter\(pages\) ""/,
    );
  });
});
