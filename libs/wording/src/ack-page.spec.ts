import { ackPage, type AckState } from './ack-page.js';
import type { AckRequest } from './ack-request.js';
import type { Responsibility } from './ack-responsibility.js';
import { fixedSentence } from './fixed-sentences.js';
import { byteLength } from './fit-bytes.js';
import { languages, type Language } from './language.js';
import { escapeHtml } from './markup.js';
import { tlpCodes } from './tlp.js';

const request: AckRequest = {
  traffic: 'actual',
  reference: 'AR-2026-7K3M9Q',
  urgency: 'U1',
  tlp: 'AMBER',
  from: 'Fictional State A',
  to: 'Fictional State B',
  sentAt: new Date('2026-11-21T20:43:00Z'),
  sentence: { text: 'Hospital SENTENCE', language: 'en' },
  text: { text: 'Longer FURTHER', language: 'ar' },
  neededBy: new Date('2026-11-22T06:00:00Z'),
};
const at = new Date('2026-11-21T21:05:00Z');
const expiresAt = new Date('2026-11-24T20:43:00Z');
const open: AckState = { state: 'open', expiresAt };
const states: AckState[] = [
  open,
  { state: 'wrong-code', triesLeft: 2, expiresAt, name: 'Duty officer' },
  { state: 'locked' },
  { state: 'expired', expiredAt: expiresAt },
  { state: 'already-acknowledged', acknowledgedAt: at, byName: 'First officer', selfStated: true },
  { state: 'just-acknowledged', acknowledgedAt: at, byName: 'Duty officer', selfStated: true },
  { state: 'withdrawn', withdrawnAt: at },
];
const frame = {
  language: 'en',
  instance: 'real',
  nonce: 'n0nce',
  publicUrl: 'https://aldis.example',
} as const;
const show = (state: AckState, language: Language = 'en', given: AckRequest = request) =>
  ackPage({ ...frame, ...state, language, request: given });

describe('the acknowledgement page', () => {
  it('runs nothing, fetches nothing, and has its styles in one element with the nonce', () => {
    for (const state of states) {
      const html = show(state);
      expect(html).not.toMatch(
        /<(?:script|img|link|iframe|object)\b|\sstyle=|\son\w+=|url\(|@import|\ssrc=/i,
      );
      expect(html.match(/<style nonce="n0nce">/g)).toHaveLength(1);
    }
  });

  it('says its language and links to the others', () => {
    expect(show(open)).toContain('<html lang="en" dir="ltr">');
    expect(show(open)).toContain('<a href="?lang=fr" lang="fr" hreflang="fr">Français</a>');
    expect(show(open, 'fr')).toContain('<html lang="fr" dir="ltr">');
    expect(show(open, 'fr')).toContain('<a href="?lang=en" lang="en" hreflang="en">English</a>');
  });

  it('shows reference, States, urgency, label and time in every state, and the fixed sentences', () => {
    for (const language of languages) {
      for (const state of states) {
        const html = show(state, language);
        const sentences = (['fs.ack.request', 'fs.assist.no-result'] as const).map((id) =>
          escapeHtml(fixedSentence(id, language).text),
        );
        for (const part of [
          'AR-2026-7K3M9Q',
          'Fictional State A',
          'Fictional State B',
          'U1 Imm',
          ...sentences,
        ]) {
          expect(html).toContain(part);
        }
        expect(html).toContain('2026-11-21 20:43 UTC');
        expect(html.match(/>TLP:AMBER</g)).toHaveLength(2);
        expect(html.includes('Traduction non officielle')).toBe(language === 'fr');
      }
    }
  });

  it('shows content where the mail showed it, and none under RED and AMBER+STRICT even when it is passed in', () => {
    for (const tlp of tlpCodes) {
      for (const state of states) {
        const html = show(state, 'en', { ...request, tlp });
        expect(/SENTENCE|FURTHER|2026-11-22/.test(html)).toBe(['AMBER', 'GREEN', 'CLEAR'].includes(tlp));
      }
    }
    expect(show(open)).toContain('<blockquote lang="ar" dir="rtl">Longer FURTHER</blockquote>');
  });

  it('offers the form while the link is open, and in no other state', () => {
    expect(states.map((state) => /<form method="post">/.test(show(state)))).toEqual([
      ...[true, true],
      ...[false, false, false, false, false],
    ]);
    const html = show(open);
    expect(html).toMatch(/<label for="name">[^<]+<\/label>/);
    expect(html).toMatch(/<input id="name" name="name" [^>]*autocomplete="name"/);
    expect(html).toMatch(
      /<input id="code" name="code" [^>]*inputmode="numeric" autocomplete="one-time-code"/,
    );
    expect(html).not.toContain('role="alert"');
  });

  it('offers to say that one is not responsible, below all else, or says that it was said and what waits', () => {
    for (const language of languages) {
      const shown = (responsibility: Responsibility) =>
        ackPage({ ...frame, ...open, language, request, responsibility });
      const offered = shown('offered');
      expect(offered).toMatch(/name="code"[^]*<button type="submit" name="act" value="not-responsible"/);
      const reported = shown({ reportedAt: at });
      expect(reported).toMatch(/role="status">[^]*2026-11-21 21:05 UTC[^]*<h1>[^]*name="code"/);
      expect([reported.includes('not-responsible'), offered.includes('role="status"')]).toEqual([
        false,
        false,
      ]);
    }
    expect(show(open)).not.toContain('not-responsible');
  });

  it('says what was wrong, leads to the field and keeps the name', () => {
    const html = show({ state: 'wrong-code', triesLeft: 2, expiresAt, name: 'A "B" <C>' });
    expect(html).toMatch(/role="alert"[^]*<a href="#code" id="code-fault">[^<]*2 tries are left/);
    expect(html).toMatch(/id="code"[^>]*aria-invalid="true" aria-describedby="code-fault code-hint"/);
    expect(html).toContain('value="A &quot;B&quot; &lt;C&gt;"');
    const empty = show({ state: 'open', expiresAt, missing: ['name', 'code'] });
    expect(empty).toContain('href="#name"');
    expect(empty).toContain('href="#code"');
    expect(empty).toContain('<title>Receipt is not acknowledged yet');
  });

  it('tells the second officer who acknowledged, as stated, and when', () => {
    const html = show(states[4] ?? open);
    expect(html).toContain('Receipt is already acknowledged');
    expect(html).toContain('First officer (name as stated, not verified)');
    expect(html).toContain('2026-11-21 21:05 UTC');
  });

  it('says each state in its own words', () => {
    const titles = states.map((state) => /<h1[^>]*>([^<]+)/.exec(show(state))?.[1]);
    expect(titles).toEqual([
      'Acknowledge receipt',
      'Acknowledge receipt',
      'Too many wrong codes',
      'This address is no longer valid',
      'Receipt is already acknowledged',
      'Receipt acknowledged',
      'This request is withdrawn',
    ]);
  });

  it('knows nothing about a link that is unknown', () => {
    const html = ackPage({ ...frame, state: 'unknown' });
    expect(html).toContain('Unknown address');
    expect(html).not.toMatch(/TLP:|AR-2026|<form/);
  });

  it('marks an exercise first and last, a test and a sample', () => {
    const html = show(open, 'en', { ...request, traffic: 'exercise' });
    expect(html.match(/EXERCISE EXERCISE EXERCISE/g)).toHaveLength(2);
    expect(show(open, 'en', { ...request, traffic: 'test' })).toContain('TEST: ');
    expect(show(open)).not.toMatch(/EXERCISE|TEST: |SAMPLE/);
    expect(ackPage({ ...frame, ...open, request, instance: 'sample' })).toContain('SAMPLE: ');
    expect(ackPage({ ...frame, state: 'unknown', instance: 'sample' })).toContain('SAMPLE: ');
  });

  it('escapes every value that somebody wrote', () => {
    const bad = `"><script>alert('1')</script>`;
    const written = { text: bad, language: bad };
    const hostile = { ...request, reference: bad, from: bad, to: bad, sentence: written, text: written };
    for (const state of states) {
      const html = show('byName' in state ? { ...state, byName: bad } : state, 'en', hostile);
      expect(html).not.toMatch(/<script/i);
      expect(html.split(escapeHtml(bad)).length).toBeGreaterThan(6);
    }
  });

  it('stays under 15,000 bytes whatever was written, and says when it shortened it', () => {
    for (const long of ['"', '汉', 'é', 'word ', '👩‍👩‍👧'].map((part) => part.repeat(20_000))) {
      const written = { text: long, language: long };
      const given = { ...request, reference: long, from: long, to: long, sentence: written, text: written };
      for (const language of languages) {
        for (const state of states) {
          const more =
            state.state === 'wrong-code' ? { name: long } : 'byName' in state ? { byName: long } : {};
          const html = ackPage({
            ...{ ...frame, ...state, ...more, language, instance: 'sample' },
            ...{ request: { ...given, traffic: 'exercise' }, responsibility: 'offered' },
          });
          expect(byteLength(html)).toBeLessThan(15_000);
          expect(html).toContain(language === 'en' ? 'Shortened here.' : 'Texte abrégé ici.');
        }
      }
    }
  });
});
