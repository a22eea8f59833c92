import { languages } from './language.js';
import { problemPage } from './problem-page.js';

const frame = { instance: 'sample', nonce: 'n0nce', publicUrl: 'https://aldis.example' } as const;

describe('a problem page', () => {
  it.each(['notFound', 'invalid', 'tooMany', 'failed'] as const)(
    'says what %s means, in each language',
    (problem) => {
      const pages = languages.map((language) => problemPage({ ...frame, language }, problem));
      expect(new Set(pages.map((html) => /<h1>([^<]+)<\/h1><p>[^<]+<\/p>/.exec(html)?.[1])).size).toBe(2);
      for (const html of pages) {
        expect(html).not.toMatch(/<script|\sstyle=/);
        expect(html).toContain('class="band"');
      }
    },
  );
});
