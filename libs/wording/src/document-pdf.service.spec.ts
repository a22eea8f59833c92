import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DocumentPdf } from './document-pdf.service.js';
import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';
import { fixedSentence } from './fixed-sentences.js';
import { tlpCodes, tlpLabel } from './tlp.js';

const pdf = new DocumentPdf();
const written = (text: string, language = 'en'): DocumentValue => ({ kind: 'written', text, language });
const plain = (text: string): DocumentValue => ({ kind: 'plain', text });
const entry = (label: string, value: DocumentValue): DocumentEntry => ({ label, value });

const doc: DocumentText = {
  language: 'en',
  instance: 'real',
  traffic: 'actual',
  tlp: 'AMBER',
  title: 'Request for assistance',
  reference: 'AR-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [entry('From', plain('Fictional State A'))],
  sections: [
    {
      title: 'The request',
      level: 1,
      source: 'A/76/135, paragraph 53',
      entries: [entry('Sought', written('Keep the logs.'))],
    },
  ],
  fixed: ['fs.assist.no-result'],
};
const holding = (...entries: DocumentEntry[]): DocumentText => ({
  ...doc,
  sections: [{ title: 'The request', level: 1, entries }],
});

interface Piece {
  readonly text: string;
  /** Points from the left and the bottom edge of the page. */
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

async function piecesOf(page: PDFPageProxy): Promise<Piece[]> {
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str === '') return [];
    const [left, y] = [Number(item.transform[4]), Number(item.transform[5])];
    return [{ text: item.str, left, right: left + item.width, y }];
  });
}

async function open(given: DocumentText) {
  const bytes = await pdf.render(given);
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const file = await task.promise;
  const { info, metadata } = await file.getMetadata();
  const numbers = Array.from({ length: file.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map(async (number) => piecesOf(await file.getPage(number))));
  const tree = await (await file.getPage(1)).getStructTree();
  await task.destroy();
  const body = pages.flat().filter(({ y }) => y > 100 && y < 745);
  return {
    info: info as Record<string, unknown>,
    accessible: String(metadata?.getRaw()).includes('pdfuaid'),
    tree: JSON.stringify(tree),
    pages,
    /** Of the pages' bodies, without spaces: a line may end anywhere in a hash. */
    said: bare(body.map(({ text }) => text).join('')),
    /** Of the pages' bodies, as it is copied, without the ends of lines. */
    copied: body.map(({ text }) => text).join(''),
  };
}
const bare = (text: string): string => text.replace(/\s/g, '');
const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join(' ');
const longText = 'The operator keeps its logs. '.repeat(690);

describe('a document as a PDF', () => {
  afterAll(() => pdf.close());

  it.each(tlpCodes)('has TLP:%s at the right of header and footer of each page', async (tlp) => {
    const { pages } = await open({ ...holding(entry('Text', written(longText))), tlp });
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) {
      const labels = page.filter(({ text, y }) => text === tlpLabel(tlp) && (y > 745 || y < 100));
      expect(labels.map(({ y }) => y > 400)).toEqual([true, false]);
      // A4 is 595 points wide, with a margin of 23 mm; the black box is 2.5 mm wider than the label.
      for (const { right } of labels) expect(595.28 - (25.5 / 25.4) * 72 - right).toBeLessThan(1);
    }
  });

  it('has reference and page number at the foot of each page', async () => {
    const { pages } = await open({ ...holding(entry('Text', written(longText))), language: 'fr' });
    pages.forEach((page, index) =>
      expect(bare(textOf(page.filter(({ y }) => y < 100)))).toContain(
        bare(`AR-2026-7K3M9Q – Page ${index + 1} sur ${pages.length}`),
      ),
    );
  });

  it('marks exercise and sample on each page, above and below, and around the text', async () => {
    const { pages, said } = await open({
      ...holding(entry('Text', written(longText))),
      traffic: 'exercise',
      instance: 'sample',
    });
    for (const page of pages)
      for (const margin of [page.filter(({ y }) => y > 745), page.filter(({ y }) => y < 100)])
        expect(bare(textOf(margin))).toMatch(/^EXERCISEEXERCISEEXERCISE:.*SAMPLE:.*TLP:AMBER/);
    expect(said).toMatch(/^(?:EXERCISE){3}:.*SAMPLE:.*Requestforassistance.*(?:EXERCISE){3}:[^:]*$/);
  });

  it('shows each entry, the sections, and the fixed sentences with their identity', async () => {
    const { said } = await open(doc);
    const texts = [
      'Request for assistance',
      'Marking',
      'TLP:AMBER',
      'Reference',
      'AR-2026-7K3M9Q',
      'Drawn up at',
    ];
    const more = [
      '2026-11-24 20:43 UTC',
      'From',
      'Fictional State A',
      'The request',
      'A/76/135, paragraph 53',
    ];
    const last = [
      'Sought',
      'Keep the logs.',
      fixedSentence('fs.assist.no-result', 'en').text,
      '[fs.assist.no-result, 1]',
    ];
    expect(said).toBe(bare([...texts, ...more, ...last].join('')));
  });

  it('says that a translation is unofficial', async () => {
    expect((await open({ ...doc, language: 'fr' })).said).toContain(bare('Traduction non officielle.'));
  });

  it('has title, language, date and structure for assistive technology (PDF/UA-1)', async () => {
    const { info, accessible, tree } = await open(holding(entry('Text', written('مرحبا', 'ar'))));
    expect(info).toMatchObject({
      Title: 'Request for assistance',
      Language: 'en',
      Keywords: 'AR-2026-7K3M9Q',
      CreationDate: 'D:20261124204310Z',
      ModDate: 'D:20261124204310Z',
    });
    expect(accessible).toBe(true);
    expect(tree).toMatch(/"role":"H1".*"lang":"ar"/);
  });

  it('shapes Latin, Cyrillic, Chinese and Arabic', async () => {
    const texts = {
      ru: 'Просим сохранить журналы с 1 по 21 ноября.',
      zh: '请保存“203.0.113.7”自11月1日至21日的日志，并回复。',
      fr: 'Œuvre, Noël\u00a0: «\u00a0à l’État\u00a0».',
      el: 'Παρακαλούμε διατηρήστε τα αρχεία.',
    };
    const { said, accessible } = await open(
      holding(
        ...Object.entries(texts).map(([language, text]) => entry(language, written(text, language))),
        entry('ar', written('نطلب المساعدة في حفظ السجلات قبل يوم الجمعة', 'ar')),
      ),
    );
    for (const text of Object.values(texts)) expect(said).toContain(bare(text));
    // Words with lam before alef are left out: that pair is one glyph, and comes back in the other order.
    for (const word of ['نطلب', 'المساعدة', 'حفظ', 'قبل', 'الجمعة']) expect(said).toContain(word);
    expect(accessible).toBe(true);
  });

  it('begins a text that runs from right to left at the right', async () => {
    const { pages } = await open(
      holding(entry('Text', written('السلام', 'ar')), entry('Text', written('Salaam'))),
    );
    const arabic = pages.flat().filter(({ text }) => /\p{Script=Arabic}/u.test(text));
    const latin = pages.flat().filter(({ text }) => text === 'Salaam');
    expect(Math.min(...arabic.map(({ left }) => left))).toBeGreaterThan(400);
    expect(Math.max(...latin.map(({ right }) => right))).toBeLessThan(300);
  });

  it('sets what somebody wrote as it is, never as code', async () => {
    const hostile = `#panic() #read("/etc/passwd") #import "x.typ" *bold* $x$ \\u{} = h _a_ @ref <l> // c \\ ~ -- ... "q"`;
    const given = [written(hostile), plain(hostile), { kind: 'absent', text: hostile } as const];
    const { said } = await open({
      ...holding(...given.map((value) => entry(hostile, value))),
      title: hostile,
    });
    expect(said.split(bare(hostile))).toHaveLength(1 + 7);
  });

  it('says so where a character has no shape, and stays whole otherwise', async () => {
    const { said, accessible } = await open(holding(entry('Text', written('before \u{1f600} after', 'en'))));
    expect(said).toContain(bare('Some characters cannot be printed'));
    expect(said).toMatch(/before.*after/);
    expect(accessible).toBe(false);
    expect((await open(doc)).said).not.toContain(bare('Some characters'));
  });

  it('takes controls, lone surrogates and language tags as they come', async () => {
    const { said } = await open(
      holding(entry('A\u0000\u202e', written('b\u0007\ud800\u202ec\ufeff', '"), panic("'))),
    );
    expect(said).toContain('Ab\ufffdc');
  });

  it('keeps hashes and addresses inside the margins, whole', async () => {
    const hash = '0123456789abcdef'.repeat(16);
    const address = `https://files.xa.example/${'W'.repeat(300)}?q=${hash}`;
    const joined = 'no\u00a0break\u00a0'.repeat(60);
    const group: DocumentValue = {
      kind: 'group',
      entries: [entry('W'.repeat(90), written(`${hash} ${address} ${joined}`))],
    };
    const { pages, said, copied } = await open(
      holding(entry('List', { kind: 'list', items: [group, written(hash)] })),
    );
    expect(Math.max(...pages.flat().map(({ right }) => right))).toBeLessThan(595.28 - (22.5 / 25.4) * 72);
    expect(said).toContain(hash + address + bare(joined));
    expect(copied).toContain(hash);
    expect(copied).toContain(address);
  });

  it('keeps lines, empty ones too, and what stands beside marks without end', async () => {
    const marks = `before e${'\u0301'.repeat(5000)} after`;
    const { pages, said } = await open(
      holding(entry('Text', written('one\ntwo\n\nthree')), entry('Text', written(marks))),
    );
    const height = (word: string): number => pages.flat().find(({ text }) => text === word)?.y ?? 0;
    expect(height('one') - height('two')).toBeGreaterThan(10);
    expect(height('two') - height('three')).toBeGreaterThan(height('one') - height('two'));
    expect(said).toMatch(/before.*after/);
  });

  it('lets texts and lists flow over pages without losing any', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `host-${index}.xa.example`);
    const items = names.map((name): DocumentValue => ({
      kind: 'group',
      entries: [entry('Name', written(name))],
    }));
    const { pages, said } = await open(
      holding(entry('Hosts', { kind: 'list', items }), entry('Text', written(longText))),
    );
    expect(pages.length).toBeGreaterThan(5);
    expect(said).toContain(names.map((name, index) => `${index + 1}.Name${name}`).join(''));
    expect(said).toContain(bare(longText));
  });

  it('is the same for the same document, whatever was set before', async () => {
    const other = new DocumentPdf();
    const first = await other.render(doc);
    await other.close();
    await pdf.render({ ...doc, title: 'Another' });
    expect(Buffer.compare(await pdf.render(doc), first)).toBe(0);
  });
});
