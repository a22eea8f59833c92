import { disputedChangeMail, type DisputedChangeFacts } from './disputed-change-mail.js';
import { languages } from './language.js';
import { renderText } from './mail-plain-text.js';
import { textsIn } from './texts.js';

const facts: Omit<DisputedChangeFacts, 'language'> = {
  ...{ instance: 'sample', kind: 'replace-channel', ended: 'telephone', added: 'fax', called: 'telephone' },
  ...{ party: 'XB\r\nBcc: a@b.example', role: 'Desk', link: 'https://aldis.example/api/v1/entry-changes' },
  ...{ decidedAt: new Date('2026-11-23T09:00:00Z'), saidAt: new Date('2026-11-24T10:30:00Z') },
};
const textOf = (changes: Partial<DisputedChangeFacts> & Pick<DisputedChangeFacts, 'language'>) =>
  renderText(disputedChangeMail({ ...facts, ...changes }), undefined).replace(/[ \r\n]+/g, ' ');

describe('the mail that tells of a change that somebody knows nothing of', () => {
  it.each(languages)(
    'in %s says which change, when it was decided and disputed, and what to do',
    (language) => {
      const { disputed } = textsIn(language).announcedChange;
      const { kinds } = textsIn(language).channelChange;
      const text = textOf({ language });
      for (const part of [
        ...[
          '2026-11-23 09:00',
          '2026-11-24 10:30',
          facts.link,
          disputed.todo,
          disputed.whats['replace-channel'],
        ],
        ...[kinds.telephone, kinds.fax, 'Desk'],
      ])
        expect([part, text.includes(part)]).toEqual([part, true]);
      expect(disputedChangeMail({ ...facts, language }).subject).not.toMatch(/[\r\n]/);
      const whats = (['add-channel', 'end-channel', 'change-use', 'retire'] as const).map((kind) =>
        textOf({ language, kind }),
      );
      expect(new Set([text, ...whats]).size).toBe(5);
    },
  );

  it('names no kind of channel where none ended or came, and is marked in a sample world alone', () => {
    const text = textOf({ language: 'en', kind: 'retire', ended: null, added: null });
    expect(text).not.toMatch(/Old way|New way/);
    expect([
      text.includes('SAMPLE'),
      textOf({ language: 'en', instance: 'real' }).includes('SAMPLE'),
    ]).toEqual([...[true, false]]);
  });
});
