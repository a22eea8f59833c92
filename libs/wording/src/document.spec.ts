import fc from 'fast-check';
import { renderDocumentHtml } from './document-html.js';
import { renderDocumentText } from './document-plain-text.js';
import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';
import { languages } from './language.js';
import { escapeHtml } from './markup.js';
import { plainLine, plainText } from './plain-line.js';
import { tlpCodes } from './tlp.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.lorem({ maxCount: 40 }),
  fc.constantFrom('f'.repeat(128), '请求协助'.repeat(30), 'نطلب المساعدة', '> a\r\n<b>\u202e', ' '),
);
const language = fc.constantFrom('en', 'ar', 'zh-Hans', 'ru', 'und', '');

const { entry } = fc.letrec<{ value: DocumentValue; entry: DocumentEntry }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    fc.record({ kind: fc.constant('written'), text, language }),
    fc.record({ kind: fc.constant('plain'), text }),
    fc.record({ kind: fc.constant('absent'), text }),
    fc.record({ kind: fc.constant('list'), items: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('group'), entries: fc.array(tie('entry'), { maxLength: 4 }) }),
  ),
  entry: fc.record({ label: text, value: tie('value') }),
}));
const entries = fc.array(entry, { maxLength: 5 });
const documents: fc.Arbitrary<DocumentText> = fc.record({
  language: fc.constantFrom(...languages),
  instance: fc.constantFrom('sample', 'real'),
  traffic: fc.constantFrom('actual', 'exercise', 'test'),
  tlp: fc.constantFrom(...tlpCodes),
  title: text,
  reference: text,
  producedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  entries,
  sections: fc.array(fc.record({ title: text, level: fc.constantFrom(1, 2), source: text, entries }), {
    maxLength: 3,
  }),
  fixed: fc.constant([]),
});

const textsOf = (value: DocumentValue): string[] => {
  if (value.kind === 'list') return value.items.flatMap(textsOf);
  if (value.kind === 'group') return value.entries.flatMap(textsOfEntry);
  return [value.kind === 'written' ? plainText(value.text) : plainLine(value.text)];
};
const textsOfEntry = ({ label, value }: DocumentEntry): string[] => [plainLine(label), ...textsOf(value)];
const everything = ({ entries, sections, reference }: DocumentText): string[] => [
  plainLine(reference),
  ...entries.flatMap(textsOfEntry),
  ...sections.flatMap((section) => [
    plainLine(section.title),
    plainLine(section.source ?? ''),
    ...section.entries.flatMap(textsOfEntry),
  ]),
];

/** Lines are broken and marked anew: what counts are the characters between. */
const bare = (given: string): string => given.replace(/[\s>]/g, '');

/** Whether each text stands in the whole, one after the other. */
function standInOrder(whole: string, texts: readonly string[]): boolean {
  let from = 0;
  return texts.every((each) => {
    const at = whole.indexOf(each, from);
    from = at + each.length;
    return at !== -1;
  });
}

describe('a document', () => {
  it('loses no text of an entry as HTML, and keeps their order', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const html = bare(renderDocumentHtml(doc, { nonce: 'n' }).split('<main>')[1] ?? '');
        expect(
          standInOrder(
            html,
            everything(doc).map((each) => bare(escapeHtml(each))),
          ),
        ).toBe(true);
      }),
    );
  });

  it('loses no text of an entry as plain text, and keeps their order', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const shown = bare(renderDocumentText(doc));
        expect(standInOrder(shown, everything(doc).map(bare))).toBe(true);
      }),
    );
  });
});
