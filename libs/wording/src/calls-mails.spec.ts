import { callsMail, managerCallsMail } from './calls-mails.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';
import { textsIn } from './texts.js';
import type { RequestFacts } from './request-mails.js';

const facts = {
  ...({
    instance: 'real',
    traffic: 'actual',
    reference: 'AR-2026-7K3M9Q',
    urgency: 'U1',
    tlp: 'RED',
  } as const),
  ...{ from: 'Fictional State A', to: 'Fictional State B', sentAt: new Date('2026-11-21T20:43:59Z') },
  ...{ publicUrl: 'https://aldis.example', count: 2 },
  sentence: { text: 'Hospital systems SENTENCE', language: 'en' },
} satisfies Omit<RequestFacts, 'language'> & { count: number };
const ofManagers = {
  ...({ instance: 'real', traffic: 'actual', party: 'Fictional State B\r\nBcc: a@xa.example' } as const),
  ...{ publicUrl: 'https://aldis.example', count: 2, reason: 'request' as const },
};

describe('the mails that ask people to call', () => {
  it.each(languages)('say in %s where calls are taken, and nothing of what the request says', (language) => {
    const mails = [callsMail({ ...facts, language }), managerCallsMail({ ...ofManagers, language })];
    for (const mail of mails)
      for (const rendered of [renderText(mail, undefined), renderHtml(mail, undefined)]) {
        expect(rendered).toContain('https://aldis.example/api/v1/call-tasks');
        expect(rendered).not.toContain('SENTENCE');
      }
    expect(mails[0]?.subject).toContain('U1 TLP:RED AR-2026-7K3M9Q ');
    expect(renderText(mails[0] as never)).toContain('Fictional State A');
  });

  it.each(languages)('tell the secretariat in %s no reference, no urgency and not who asks', (language) => {
    const mail = managerCallsMail({ ...ofManagers, language });
    expect(mail.subject + renderText(mail)).not.toMatch(/AR-|U1|TLP|State A/);
    expect(renderText(mail)).toContain('Fictional State B Bcc');
  });

  it.each(languages)(
    'tell the secretariat in %s that it is a request that waits, or a change',
    (language) => {
      const [request, change] = (['request', 'change'] as const).map((reason) =>
        renderText(managerCallsMail({ ...ofManagers, language, reason }), undefined).replace(
          /[ \r\n]+/g,
          ' ',
        ),
      );
      const { calls, announcedChange } = textsIn(language);
      for (const [text, said, unsaid] of [
        [request, calls, announcedChange.calls],
        [change, announcedChange.calls, calls],
      ] as const)
        expect(
          [said.ofSecretariat, said.what, unsaid.ofSecretariat].map((one) => text?.includes(one)),
        ).toEqual([...[true, true, false]]);
      expect(change).toContain('disputed');
    },
  );

  it('bear the marks of exercises, tests and samples', () => {
    const exercise = managerCallsMail({ ...ofManagers, language: 'en', traffic: 'exercise' });
    expect(exercise.subject).toMatch(/^\[EXERCISE\] /);
    expect([exercise.blocks.at(0)?.kind, exercise.blocks.at(-1)?.kind]).toEqual(['fixed', 'fixed']);
    const test = managerCallsMail({ ...ofManagers, language: 'en', traffic: 'test', instance: 'sample' });
    expect(test.blocks.filter(({ kind }) => kind === 'marking')).toHaveLength(2);
    expect(callsMail({ ...facts, language: 'en', traffic: 'exercise' }).subject).toMatch(/^\[EXERCISE\] U1/);
  });
});
