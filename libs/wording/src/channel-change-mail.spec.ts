import { channelChangeMail, type ChannelChangeFacts } from './channel-change-mail.js';
import { languages } from './language.js';
import { renderHtml } from './mail-html.js';
import { renderText } from './mail-plain-text.js';

const facts: Omit<ChannelChangeFacts, 'language'> = {
  ...{
    instance: 'sample',
    kind: 'replace-channel',
    party: 'Fictional State B',
    role: 'Desk\r\nBcc: a@b.example',
  },
  ...{ ended: 'mail', added: 'telephone', isThisOne: true, at: new Date('2026-11-23T09:00:00Z') },
};
const kinds = ['add-channel', 'end-channel', 'replace-channel', 'change-use', 'retire'] as const;

describe('the mail about a change at a point of contact', () => {
  it.each(languages)('in %s says when it was decided and whose it is, and has no link', (language) => {
    for (const kind of kinds) {
      const mail = channelChangeMail({ ...facts, language, kind });
      expect(mail.subject).not.toMatch(/[\r\n]/);
      for (const rendered of [renderText(mail, undefined), renderHtml(mail, undefined)]) {
        expect(rendered).toContain('Fictional State B');
        expect(rendered).toContain('2026');
        expect(rendered).not.toMatch(/https?:/);
      }
    }
  });

  it.each(languages)(
    'in %s says each change in words of its own, to the old channel and to others',
    (language) => {
      const said = kinds.flatMap((kind) =>
        [true, false].map((isThisOne) => {
          const { blocks } = channelChangeMail({ ...facts, language, kind, isThisOne });
          return blocks.find((block) => block.kind === 'paragraph')?.text;
        }),
      );
      // What is added or removed is said alike to all.
      expect(new Set(said).size).toBe(8);
    },
  );

  it('says so in a sample world alone', () => {
    const [sample, real] = (['sample', 'real'] as const).map(
      (instance) => channelChangeMail({ ...facts, language: 'en', instance }).blocks[0]?.kind,
    );
    expect([sample, real]).toEqual(['marking', 'paragraph']);
  });
});
