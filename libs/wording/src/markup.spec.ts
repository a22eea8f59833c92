import { escapeHtml, markup, noMarkup } from './markup.js';

describe('markup', () => {
  it('escapes whatever is put in', () => {
    const bad = `<script>alert("x")</script> & 'y'`;
    expect(escapeHtml(bad)).toBe('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
    expect(String(markup`<p title="${bad}">${bad}</p>`)).toBe(
      `<p title="${escapeHtml(bad)}">${escapeHtml(bad)}</p>`,
    );
  });

  it('takes markup, lists of it and numbers as they are', () => {
    const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
    expect(String(markup`<ol start="${3}">${items}${noMarkup}</ol>`)).toBe(
      '<ol start="3"><li>a</li><li>&lt;b&gt;</li></ol>',
    );
  });

  it('does not read a value as part of the template', () => {
    expect(String(markup`<p>${'${1} $& \\n'}</p>`)).toBe('<p>${1} $&amp; \\n</p>');
  });
});
