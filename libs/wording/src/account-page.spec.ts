import { accountPage, type AccountView } from './account-page.js';

const at = new Date('2026-11-21T23:43:00Z');
const view: AccountView = {
  ...{ language: 'en', instance: 'real', nonce: 'n', publicUrl: 'https://aldis.example' },
  ...{ name: 'M. <Anager>', role: 'officer', party: 'State A (XA)', body: 'CERT', enrol: false },
  factors: {
    totp: { since: at },
    passkeys: [{ id: 'p1', name: 'Key "one"', createdAt: at, lastUsedAt: null }],
    recoveryCodesLeft: 7,
  },
  sessions: [
    ...[true, false].map((current, index) => ({
      ...{ id: `s${index}`, current, stage: 'full', factor: 'passkey' as const },
      ...{ createdAt: at, seenAt: at, expiresAt: at },
    })),
  ],
  organizations: [],
  emergencies: [],
};

describe('the page of an account', () => {
  it('says who it is, with which factors and sessions, and escapes what people wrote', () => {
    const page = accountPage(view);
    for (const said of ['M. &lt;Anager&gt;', 'State A (XA)', 'CERT', 'Key &quot;one&quot;', 'left: 7'])
      expect(page).toContain(said);
    expect(page).toContain('opened 2026-11-21 23:43 UTC, by passkey');
  });

  it('offers to remove each factor, and to end each session but the one in use', () => {
    const ends = [...accountPage(view).matchAll(/data-delete="([^"]*)"/g)].map(([, address]) => address);
    expect(ends).toEqual(['passkeys/p1', 'totp', 'sessions/s1', 'sessions']);
  });

  it('asks for the factors that are there, and no others, when one is needed again', () => {
    const offered = (factors: AccountView['factors']) =>
      [...accountPage({ ...view, factors }).matchAll(/data-factor="(\w+)"/g)].map(([, factor]) => factor);
    expect(offered(view.factors)).toEqual(['totp', 'passkey', 'recoveryCode']);
    expect(offered({ ...view.factors, passkeys: [], recoveryCodesLeft: 0 })).toEqual(['totp']);
  });

  it('leads to the first factor where one is demanded, and then shows nothing else to do', () => {
    const factors = { totp: null, passkeys: [], recoveryCodesLeft: 0 };
    const page = accountPage({ ...view, enrol: true, factors, sessions: [] });
    expect(page).toContain('Set up a second factor to go on');
    for (const absent of ['Your sessions', 'data-delete', 'id="new-recovery"'])
      expect(page).not.toContain(absent);
  });

  it('shows providers of the organization, each with its address and the way to link or unlink', () => {
    const organizations = [
      { provider: 'o1', name: 'Ministry <A>', link: { id: 'l1', since: at } },
      { provider: 'o2', name: 'Agency', link: null },
    ];
    const page = accountPage({ ...view, organizations });
    for (const said of [
      'Ministry &lt;A&gt;',
      'href="https://aldis.example/organization-sign-in/o1"',
      'data-delete="organization-identities/l1"',
      'data-link="o2"',
      'data-prove="o1"',
    ])
      expect(page).toContain(said);
    for (const absent of ['data-link="o1"', 'data-prove="o2"']) expect(page).not.toContain(absent);
    expect(accountPage(view)).not.toContain('organizations-heading');
  });

  const asked = {
    ...{ id: 'e1', state: 'asked' as const, who: 'O. <Fficer>', own: false, mayVouch: true },
    ...{ reason: { text: 'Lost <b>\nall', language: 'ar' }, askedAt: at, until: at, vouched: ['D. Uty'] },
  };

  it('shows who asks to be let in, with the advice to call back before the field for the code', () => {
    const page = accountPage({ ...view, emergencies: [asked] });
    for (const said of [
      'O. &lt;Fficer&gt;',
      '<blockquote lang="ar" dir="rtl">Lost &lt;b&gt;\nall</blockquote>',
      'D. Uty',
      'data-delete="emergency-access/e1"',
    ])
      expect(page).toContain(said);
    expect(page.indexOf('call the person back')).toBeLessThan(page.indexOf('id="vouch-e1"'));
    expect(page.indexOf('call the person back')).toBeGreaterThan(-1);
  });

  it('lets nobody vouch for themself, nor where that is over', () => {
    const own = accountPage({ ...view, emergencies: [{ ...asked, own: true, mayVouch: false }] });
    expect(own).toContain('If this was not you');
    const granted = { ...asked, state: 'granted' as const, mayVouch: false };
    for (const page of [own, accountPage({ ...view, emergencies: [granted] })]) {
      expect(page).not.toContain('data-vouch');
      expect(page).toContain('data-delete="emergency-access/e1"');
    }
  });

  it('tells who was let in by emergency access to set up a factor', () => {
    const sessions = view.sessions.map((one) => ({ ...one, factor: 'emergency' as const }));
    expect(accountPage({ ...view, sessions })).toContain('Set up a new second factor now');
    expect(accountPage(view)).not.toContain('Set up a new second factor now');
  });

  it('is read in French, and runs nothing inside', () => {
    const page = accountPage({ ...view, language: 'fr' });
    expect(page).toContain('Clé d’accès «\u00a0Key &quot;one&quot;\u00a0»');
    expect(page).not.toMatch(/<script(?![^>]* src=)|\son\w+=|\sstyle=/);
  });
});
