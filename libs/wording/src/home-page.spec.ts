import { homePage } from './home-page.js';

const view = {
  language: 'en',
  nonce: 'n',
  publicUrl: 'http://localhost:3000',
  instance: 'sample',
  hasMailbox: true,
  accounts: [{ email: 'officer@xa.example', does: 'files <requests>' }],
  password: 'a & b',
} as const;

describe('the start page', () => {
  it('of a sample world says so, and names the accounts to try', () => {
    const page = homePage(view);
    expect(page).toContain('SAMPLE:');
    expect(page).toContain('officer@xa.example');
    expect(page).toContain('files &lt;requests&gt;');
    expect(page).toContain('a &amp; b');
    expect(page).toContain('href="/mailbox"');
  });

  it('of a real instance names no account and no mailbox', () => {
    const page = homePage({ ...view, instance: 'real', hasMailbox: false });
    for (const word of ['SAMPLE:', 'officer@xa.example', 'a &amp; b', '/mailbox'])
      expect(page).not.toContain(word);
  });

  it('says that an instance has not been set up', () => {
    expect(homePage({ ...view, instance: null })).toContain('not been set up');
  });

  it('is there in French, and leads to the other language', () => {
    const page = homePage({ ...view, language: 'fr' });
    expect(page).toContain('<html lang="fr"');
    expect(page).toContain('href="?lang=en"');
    expect(page).toContain('Comptes d’essai');
  });
});
