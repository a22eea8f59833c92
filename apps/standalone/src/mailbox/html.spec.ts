import { html, linkify } from './html.js';

describe('HTML from a template', () => {
  it('escapes whatever is put into it', () => {
    expect(html`<b title="${'"\'>'}">${'<script>&'}</b>`.value).toBe(
      '<b title="&quot;&#39;&gt;">&lt;script&gt;&amp;</b>',
    );
  });

  it('leaves finished pieces as they are, alone or in a row', () => {
    expect(
      html`<ul>
          ${['a', 'b&'].map((text) => html`<li>${text}</li>`)}
        </ul>
        ${html`<hr />`}${3}`.value,
    ).toMatch(/<li>a<\/li><li>b&amp;<\/li>.*<hr ?\/?>3$/s);
  });
});

describe('links in a text', () => {
  it('are made of web addresses, without the end of the sentence', () => {
    expect(linkify('See (http://localhost:3000/ack/a_b-c?d=1&e=2).').value).toBe(
      'See (<a href="http://localhost:3000/ack/a_b-c?d=1&amp;e=2" rel="noreferrer">http://localhost:3000/ack/a_b-c?d=1&amp;e=2</a>).',
    );
  });

  it('are not made of anything that could run', () => {
    const text = linkify('javascript:alert(1) data:text/html,x <a href="http://x.example/"onclick=1>').value;
    expect(text).not.toContain('href="javascript');
    expect(text).toContain('<a href="http://x.example/" rel="noreferrer">http://x.example/</a>&quot;onclick');
  });
});
