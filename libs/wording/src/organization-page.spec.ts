import { languages } from './language.js';
import { organizationPage, type OrganizationOutcome } from './organization-page.js';
import { textsIn } from './texts.js';

const frame = { instance: 'sample', nonce: 'n0', publicUrl: 'https://aldis.example' } as const;

describe.each(languages)('signing in through an organization, in %s', (language) => {
  const texts = textsIn(language);
  const framed = { ...frame, language };

  it('offers it under the name of the provider', () => {
    const page = organizationPage({ ...framed, state: 'offer', provider: 'Ministry of "A" <B>' });
    expect(page).toContain(texts.organization.offer('Ministry of &quot;A&quot; &lt;B&gt;'));
    expect(page).toMatch(/<form method="post"><button/);
    expect(page).not.toMatch(/<script|<img|action=/);
  });

  it('names where one is about to go', () => {
    const authorizationUrl = 'https://idp.xb.example/authorize?state=1&nonce=2';
    const page = organizationPage({ ...framed, state: 'leave', provider: 'Ministry', authorizationUrl });
    expect(page).toContain(texts.organization.leave('idp.xb.example'));
    expect(page).toContain('href="https://idp.xb.example/authorize?state=1&amp;nonce=2"');
    expect(page).not.toContain('<form');
  });

  it('sends what came back only when it is told to, and keeps it when the language changes', () => {
    const fields = { code: 'a"b', state: 'c&d' };
    const page = organizationPage({ ...framed, state: 'returned', fields, asked: fields });
    expect(page).toContain('<input type="hidden" name="code" value="a&quot;b">');
    expect(page).toContain('<input type="hidden" name="state" value="c&amp;d">');
    expect(page).toMatch(/href="\?code=a%22b&amp;state=c%26d&amp;lang=/);
    expect(page).not.toMatch(/<script|action=/);
  });

  it.each<[OrganizationOutcome, string | undefined]>([
    ['signed-in', 'account'],
    ['enrol', 'account'],
    ['linked', 'account'],
    ['stepped-up', 'account'],
    ['second-factor', 'sign-in'],
    ['refused', 'sign-in'],
    ['unavailable', 'sign-in'],
    ['unknown', undefined],
  ])('says what has become of it, and where to go on: %s', (state, onward) => {
    const page = organizationPage({ ...framed, state });
    expect(page).toMatch(/<h1( class="good")?>[^<]+<\/h1>\n<p>[^<]+<\/p>/);
    expect(page).not.toContain('<form');
    expect(/href="https:\/\/aldis\.example\/([\w-]+)"/.exec(page)?.[1]).toBe(onward);
  });
});
