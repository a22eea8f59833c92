import { announcedChange, announcedChangeShort, type AnnouncedChangeFacts } from './announced-change.js';
import { languages } from './language.js';
import { textsIn } from './texts.js';

const facts: Omit<AnnouncedChangeFacts, 'language'> = {
  ...{ instance: 'real', kind: 'replace-channel', ended: 'gateway', added: 'mail', isThisOne: true },
  ...{ party: 'Fictional State B', role: 'Permanence “de nuit”\r\n' },
};
const kinds = ['add-channel', 'end-channel', 'replace-channel', 'change-use', 'retire'] as const;

describe('what an endpoint is told of a change', () => {
  it.each(languages)('in %s says each change in words of its own, and whom to tell', (language) => {
    const said = kinds.flatMap((kind) =>
      [true, false].map((isThisOne) => announcedChange({ ...facts, language, kind, isThisOne })),
    );
    // What is added or removed is said alike to all.
    expect(new Set(said).size).toBe(8);
    const { unexpected } = textsIn(language).announcedChange;
    for (const text of said) expect(text.endsWith(` ${unexpected}`)).toBe(true);
    expect(said[4]).toContain(textsIn(language).channelChange.kinds.mail);
  });

  it.each(languages)(
    'in %s is short for a number, names whose it is, and travels in one piece',
    (language) => {
      for (const kind of kinds) {
        const text = announcedChangeShort({ ...facts, language, kind });
        expect(text).toMatch(/^Fictional State B, Permanence/);
        expect(text).toMatch(/^[ -_a-~àÅåÆæßÉÄÖÑÜäöñüèéùìòÇØø]+$/);
      }
    },
  );

  it('is marked in a sample world alone', () => {
    for (const write of [announcedChange, announcedChangeShort]) {
      expect(write({ ...facts, language: 'en', instance: 'sample' })).toMatch(/^SAMPLE/);
      expect(write({ ...facts, language: 'en' })).not.toContain('SAMPLE');
    }
  });
});
