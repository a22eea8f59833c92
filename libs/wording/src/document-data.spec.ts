import { documentData } from './document-data.js';
import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';

const doc: DocumentText = {
  language: 'fr',
  instance: 'sample',
  traffic: 'exercise',
  tlp: 'RED',
  title: 'Demande',
  reference: 'EX-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [],
  sections: [],
  fixed: ['fs.ack.request', 'fs.exercise'],
};
const written = (text: string, language = 'en'): DocumentValue => ({ kind: 'written', text, language });
const read = (given: Partial<DocumentText>) =>
  JSON.parse(documentData({ ...doc, ...given })) as Record<string, unknown> & {
    entries: { label: string; value: Record<string, unknown> }[];
    sections: { level: number }[];
  };
const valueOf = (value: DocumentValue) => {
  const entry: DocumentEntry = { label: 'L', value };
  return read({ entries: [entry] }).entries.at(-1)?.value;
};

describe('a document as data for the typesetter', () => {
  it('names its marks, label, date and words in the language of the document', () => {
    expect(read({})).toMatchObject({
      language: 'fr',
      direction: 'ltr',
      date: { year: 2026, month: 11, day: 24, hour: 20, minute: 43, second: 10 },
      tlp: { label: 'TLP:RED', colour: '#FF2B2B' },
      marks: [
        {
          text: expect.stringContaining('EXERCICE'),
          last: true,
          note: expect.stringContaining('non officielle'),
        },
        { text: expect.stringContaining('EXEMPLE'), last: false, note: null },
      ],
      page: ['Page ', ' sur ', ''],
      notice: expect.stringContaining('cadres vides'),
      closing: [{ identity: '[fs.ack.request, 1]', note: expect.stringContaining('non officielle') }],
    });
    expect(read({}).entries.map(({ label }) => label)).toEqual(['Marquage', 'Référence', 'Établi le']);
  });

  it('holds no control, no direction override, and nothing that is no character', () => {
    expect(valueOf(written('\ufeffa\u0007\u202eb\ud800\tc'))).toMatchObject({
      paragraphs: ['ab\ufffd    c'],
    });
    expect(valueOf({ kind: 'plain', text: 'a\nb\u2066' })).toMatchObject({ text: 'a b' });
  });

  it('cuts a written text into paragraphs that keep their lines', () => {
    expect(valueOf(written('a\r\nb\n \n\nc'))).toMatchObject({ paragraphs: ['a\nb', 'c'] });
  });

  it('takes language, region and direction out of the tag, whatever the tag is', () => {
    const tags = ['ar', 'zh-Hant-tw', 'x-private', '"), panic(', ''];
    expect(tags.map((tag) => valueOf(written('x', tag)))).toMatchObject([
      { language: 'ar', region: null, direction: 'rtl' },
      { language: 'zh', region: 'TW', direction: 'ltr' },
      { language: 'und', region: null },
      { language: 'und', region: null },
      { language: 'und', region: null },
    ]);
  });

  it('gives groups the width of the page, and counts them', () => {
    const group: DocumentValue = { kind: 'group', entries: [{ label: 'L', value: written('x') }] };
    expect(valueOf(group)).toMatchObject({ wide: true });
    expect(valueOf({ kind: 'list', items: [group] })).toMatchObject({ wide: true, numbered: true });
    expect(valueOf({ kind: 'list', items: [written('x')] })).toMatchObject({ wide: false, numbered: false });
  });

  it('has no heading of level 2 before one of level 1', () => {
    const levels = (...given: (1 | 2)[]) =>
      read({ sections: given.map((level) => ({ title: 'S', level, entries: [] })) }).sections.map(
        ({ level }) => level,
      );
    expect([levels(2, 2, 1, 2), levels(2, 2), levels(1, 2, 2)]).toEqual([
      [1, 1, 1, 2],
      [1, 1],
      [1, 2, 2],
    ]);
  });
});
