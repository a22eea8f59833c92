import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';
import type { MailText } from './mail-text.js';
import {
  acknowledgedMail,
  actMail,
  reminderMail,
  requestCopyMail,
  requestMail,
  unreachedMail,
  withdrawnMail,
  type RequestFacts,
} from './request-mails.js';
import { tlpCodes } from './tlp.js';

const facts: RequestFacts = {
  language: 'en',
  instance: 'real',
  traffic: 'actual',
  reference: 'AR-2026-7K3M9Q',
  urgency: 'U1',
  tlp: 'AMBER',
  from: 'Fictional State A',
  to: 'Fictional State B',
  sentAt: new Date('2026-11-21T20:43:59Z'),
  publicUrl: 'https://aldis.example',
  sentence: { text: 'Hospital systems SENTENCE', language: 'en' },
  text: { text: 'Longer FURTHER', language: 'fr' },
  neededBy: new Date('2026-11-22T06:00:00Z'),
};
const at = new Date('2026-11-21T21:05:00Z');
const all = (given: RequestFacts): MailText[] => [
  requestMail(given),
  requestCopyMail(given),
  acknowledgedMail({ ...given, acknowledgedAt: at, byName: 'Duty officer', selfStated: true }),
  withdrawnMail({ ...given, withdrawnAt: at }),
  unreachedMail(given),
];
const fixedIds = (mail: MailText) =>
  mail.blocks.flatMap((block) => (block.kind === 'fixed' ? [block.id] : []));
const written = (mail: MailText) => renderText(mail) + renderHtml(mail);

describe('the subject', () => {
  it('names traffic, urgency, label and reference, in that order', () => {
    expect(requestMail({ ...facts, traffic: 'exercise' }).subject).toBe(
      '[EXERCISE] U1 TLP:AMBER AR-2026-7K3M9Q Request for assistance',
    );
    expect(requestMail({ ...facts, traffic: 'test', tlp: 'AMBER+STRICT', urgency: 'U4' }).subject).toBe(
      '[TEST] U4 TLP:AMBER+STRICT AR-2026-7K3M9Q Request for assistance',
    );
    expect(requestMail({ ...facts, language: 'fr' }).subject).toBe(
      'U1 TLP:AMBER AR-2026-7K3M9Q Demande d’assistance',
    );
  });

  it('says what is asked for', () => {
    const mitigation = { ...facts, kind: 'mitigation' as const };
    expect(requestMail(mitigation).subject).toBe('U1 TLP:AMBER AR-2026-7K3M9Q Request for mitigation');
    expect(reminderMail({ ...mitigation, language: 'fr' }).subject).toMatch(
      /Rappel\u00a0: demande d’atténuation$/,
    );
    for (const mail of [requestMail(mitigation), requestCopyMail(mitigation)])
      expect(renderText(mail)).not.toMatch(/request for assistance is|Assistance sought/);
    expect(renderText(reminderMail(mitigation))).not.toContain('request for assistance');
    expect(actMail({ ...mitigation, act: 'ask' }).subject).toMatch(/Question to the requester$/);
  });

  it('never holds content, names or a character that ends a header', () => {
    const hostile = 'X\r\nBcc: a@xa.example\u0000\u2028\u202e';
    for (const language of languages) {
      for (const { subject } of all({ ...facts, language, reference: hostile, from: hostile, to: 'TO' })) {
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
        expect(subject).not.toMatch(/SENTENCE|FURTHER|TO\b/);
      }
    }
  });

  it('differs for each kind of mail', () => {
    expect(new Set(all(facts).map(({ subject }) => subject)).size).toBe(5);
  });
});

describe('the request mail', () => {
  it('holds facts, content, the slot and the sentences that belong beside it', () => {
    const mail = requestMail(facts);
    const text = renderText(mail);
    expect(text).toMatch(/Reference: +AR-2026-7K3M9Q\nFrom: +Fictional State A\nTo: +Fictional State B/);
    expect(text).toContain('U1 Immediate');
    expect(text).toContain('2026-11-21 20:43 UTC');
    expect(text).toContain('> Hospital systems SENTENCE');
    expect(text).toContain('> Longer FURTHER');
    expect(text).toMatch(/Needed by: 2026-11-22 06:00 UTC/);
    expect(fixedIds(mail)).toEqual(['fs.ack.request', 'fs.assist.no-result']);
    const kinds = mail.blocks.map(({ kind }) => kind);
    expect(kinds.indexOf('fixed')).toBe(kinds.indexOf('acknowledge') + 1);
  });

  it('gives each text its own language', () => {
    const quotes = requestMail(facts).blocks.flatMap((block) =>
      block.kind === 'quote' ? [block.language] : [],
    );
    expect(quotes).toEqual(['en', 'fr']);
  });

  it('holds what is sought under AMBER, GREEN and CLEAR alone, and else says where to read it', () => {
    for (const tlp of tlpCodes) {
      const open = ['AMBER', 'GREEN', 'CLEAR'].includes(tlp);
      for (const mail of [requestMail({ ...facts, tlp }), requestCopyMail({ ...facts, tlp })]) {
        expect(/SENTENCE|FURTHER|2026-11-22/.test(JSON.stringify(mail) + written(mail))).toBe(open);
        expect(written(mail)).toContain('https://aldis.example');
      }
    }
  });
});

describe('the other mails', () => {
  it('hold no content at all', () => {
    for (const mail of all(facts).slice(2)) expect(written(mail)).not.toMatch(/SENTENCE|FURTHER|2026-11-22/);
  });

  it('have no slot: nobody but the addressee is asked to acknowledge', () => {
    const withSlot = all(facts).map(({ blocks }) => blocks.some(({ kind }) => kind === 'acknowledge'));
    expect(withSlot).toEqual([true, false, false, false, false]);
  });

  it('say what the copy is and that it asks nothing', () => {
    const mail = requestCopyMail(facts);
    expect(renderText(mail)).toMatch(/^Copy for information/m);
    expect(renderText(mail)).toContain('Nothing is asked');
    expect(fixedIds(mail)).toEqual(['fs.assist.no-result']);
  });

  it('tell the requester when receipt was acknowledged, that the name is self-stated, and what it does not mean', () => {
    const mail = acknowledgedMail({ ...facts, acknowledgedAt: at, byName: 'Duty officer', selfStated: true });
    expect(renderText(mail)).toContain('2026-11-21 21:05 UTC');
    expect(renderText(mail)).toContain('Duty officer (name as stated, not verified)');
    expect(fixedIds(mail)).toEqual(['fs.ack.request']);
    const known = acknowledgedMail({
      ...facts,
      acknowledgedAt: at,
      byName: 'Duty officer',
      selfStated: false,
    });
    expect(renderText(known)).toMatch(/Duty officer$/m);
    const nameless = acknowledgedMail({ ...facts, acknowledgedAt: at, selfStated: true });
    expect(renderText(nameless)).not.toContain('Acknowledged by');
  });

  it('tell the addressee of a withdrawal and the requester of an unreached addressee', () => {
    expect(renderText(withdrawnMail({ ...facts, withdrawnAt: at }))).toMatch(
      /Withdrawn at: +2026-11-21 21:05 UTC/,
    );
    expect(renderText(unreachedMail(facts))).toMatch(/neither an\s+answer nor a refusal/);
  });
});

describe('markings', () => {
  it('begin and end every exercise mail, and no other', () => {
    for (const language of languages) {
      for (const mail of all({ ...facts, language, traffic: 'exercise', instance: 'sample' })) {
        expect(mail.blocks.at(0)).toMatchObject({ kind: 'fixed', id: 'fs.exercise' });
        expect(mail.blocks.at(-1)).toMatchObject({ kind: 'fixed', id: 'fs.exercise' });
      }
      for (const mail of all({ ...facts, language })) expect(fixedIds(mail)).not.toContain('fs.exercise');
    }
  });

  it('say plainly that a sample is a sample', () => {
    for (const mail of all({ ...facts, instance: 'sample' })) expect(renderText(mail)).toContain('SAMPLE');
    for (const mail of all({ ...facts, instance: 'sample', language: 'fr' })) {
      expect(renderText(mail)).toMatch(/fictifs/);
    }
    for (const mail of all(facts)) expect(renderText(mail)).not.toContain('SAMPLE');
  });

  it('put the label immediately before the text and again at the end', () => {
    for (const mail of all(facts)) {
      const label = { kind: 'tlp', code: 'AMBER' };
      expect([mail.blocks.at(0), mail.blocks.at(-1)]).toEqual([label, label]);
    }
    const exercise = requestMail({ ...facts, traffic: 'exercise', instance: 'sample' });
    expect(exercise.blocks.slice(0, 4).map(({ kind }) => kind)).toEqual([
      'fixed',
      'marking',
      'tlp',
      'paragraph',
    ]);
    expect(exercise.blocks.slice(-2).map(({ kind }) => kind)).toEqual(['tlp', 'fixed']);
  });

  it('say that a test is a test', () => {
    for (const mail of all({ ...facts, traffic: 'test' })) expect(renderText(mail)).toMatch(/^\*\*\* TEST:/);
  });
});

describe('every mail', () => {
  it('survives being kept as JSON', () => {
    for (const mail of all(facts)) expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
  });

  it('escapes hostile names in HTML', () => {
    const hostile = { ...facts, from: '<b>"x"', reference: '<i>' };
    for (const mail of all(hostile)) {
      expect(renderHtml(mail)).toContain('&lt;b&gt;&quot;x&quot;');
      expect(renderHtml(mail)).not.toMatch(/<b>|<i>/);
    }
  });
});

describe('what was said', () => {
  const entries = [{ label: 'Sectors', value: { kind: 'plain', text: 'DETAIL' } as const }];
  const sections = [{ title: 'Incident', level: 2 as const, entries }];
  const mails = (given: RequestFacts) => [
    requestMail({ ...given, sections }),
    requestCopyMail({ ...given, sections }),
    actMail({ ...given, act: 'determine', answered: sections }),
    actMail({ ...given, act: 'ask', said: { text: 'DETAIL', language: 'en' } }),
    acknowledgedMail({ ...given, acknowledgedAt: at, selfStated: false, answered: sections }),
  ];

  it('stands in a mail where the label lets it travel, and nowhere else', () => {
    for (const tlp of tlpCodes)
      for (const mail of mails({ ...facts, tlp }))
        expect([tlp, mail.subject, written(mail).includes('DETAIL')]).toEqual([
          tlp,
          mail.subject,
          tlp !== 'RED' && tlp !== 'AMBER+STRICT',
        ]);
  });

  it('is cut where a mail would grow too large for a relay', () => {
    const long = { kind: 'written', text: 'x'.repeat(10_000), language: 'en' } as const;
    const many = Array.from({ length: 100 }, (_, index) => ({
      ...{ title: `Part ${index}`, level: 2 as const },
      entries: [{ label: 'Text', value: long }],
    }));
    const mail = requestMail({ ...facts, sections: many });
    expect(written(mail).length).toBeLessThan(250_000);
    expect(renderText(mail)).toContain('Part 0');
    expect(renderText(mail)).toContain('can be read after signing in');
    expect(renderText(actMail({ ...facts, act: 'determine', answered: many })).length).toBeLessThan(100_000);
  });

  it('names others who were asked only where the label lets it travel', () => {
    for (const tlp of tlpCodes) {
      const text = renderText(actMail({ ...facts, tlp, act: 'disclose', alsoAsked: 'Fictional State C' }));
      expect(text).toContain('cannot be taken back');
      expect([tlp, text.includes('Fictional State C')]).toEqual([
        tlp,
        tlp !== 'RED' && tlp !== 'AMBER+STRICT',
      ]);
    }
  });

  it('comes after the slot to acknowledge, so that nobody searches for that', () => {
    const text = renderText(requestMail({ ...facts, sections }), {
      link: 'https://aldis.example/ack/x',
      code: '123456',
      expiresAt: at,
    });
    expect(text.indexOf('123 456')).toBeLessThan(text.indexOf('DETAIL'));
    expect(text.indexOf('SENTENCE')).toBeLessThan(text.indexOf('123 456'));
  });
});
