import { savedVerifier, verifyPage } from './verify-page.js';

const frame = { language: 'en', instance: 'real', nonce: 'n', publicUrl: 'https://aldis.example' } as const;

describe('the page of the verifier', () => {
  it('holds the keys and the digest of the file, and runs one script of its own', () => {
    const page = verifyPage({ ...frame, keys: '{"keys":[]}</textarea>', digest: 'abc' });
    expect(page).toContain('{&quot;keys&quot;:[]}&lt;/textarea&gt;</textarea>');
    expect(page).toContain('SHA-256 of the verifier: abc');
    expect([...page.matchAll(/<script [^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="module" src="/scripts/verify.js">',
    ]);
  });
});

describe('the verifier as a file', () => {
  it('states its policy before its style and its script, and fetches nothing', () => {
    const text = savedVerifier('en', "default-src 'none'", 'const $1 = "$&";');
    const places = [
      'content="default-src \'none\'"',
      '<style>',
      '<script type="module">const $1 = "$&";</script>',
    ];
    const found = places.map((part) => text.indexOf(part));
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(found).not.toContain(-1);
    expect(text).not.toMatch(/src=|href=|SAMPLE|nonce/);
  });

  it('takes no script that would end its own element', () => {
    for (const script of ['"</script>"', '"</SCRIPT >"', '"<!--"'])
      expect(() => savedVerifier('en', '', script)).toThrow('cannot stand');
  });
});
